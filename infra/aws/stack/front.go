//go:build cdk

package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfrontorigins"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/cloudformationinclude"
)

// frontRegion is where CloudFront takes its certificates and firewalls from:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
const frontRegion = "us-east-1"

// front is the domain: one CloudFront before both APIs. It is a stack of its own
// because of its region; it knows the product, and the product knows of it no
// more than the domain's name. Nothing is kept there but static files,
// whose addresses hold their version.
func front(app awscdk.App, s stage, at place, p cloudformationinclude.CfnInclude) {
	stack := awscdk.NewStack(app, text(s.stack()+"-front"), &awscdk.StackProps{
		StackName:             text(s.stack() + "-front"),
		Description:           text("Motorpool, " + s.name + ": " + s.Domain + " before both APIs"),
		Env:                   at.env(frontRegion),
		CrossRegionReferences: boolean(true),
	})
	programs, people := origin(p, "Api", at.region), origin(p, "Console", at.region)
	props := &awscloudfront.DistributionProps{
		Comment:         text(s.stack()),
		DomainNames:     texts(s.Domain),
		DefaultBehavior: passing(people),
		AdditionalBehaviors: &map[string]*awscloudfront.BehaviorOptions{
			"/v1/*":     passing(programs),
			"/static/*": keeping(people),
		},
		HttpVersion:            awscloudfront.HttpVersion_HTTP2_AND_3,
		MinimumProtocolVersion: awscloudfront.SecurityPolicyProtocol_TLS_V1_2_2021,
	}
	var zone awsroute53.IHostedZone
	if s.ZoneID != "" {
		zone = awsroute53.HostedZone_FromHostedZoneAttributes(stack, text("Zone"), &awsroute53.HostedZoneAttributes{HostedZoneId: text(s.ZoneID), ZoneName: text(s.ZoneName)})
		props.Certificate = awscertificatemanager.NewCertificate(stack, text("Certificate"), &awscertificatemanager.CertificateProps{
			DomainName: text(s.Domain), Validation: awscertificatemanager.CertificateValidation_FromDns(zone),
		})
	} else {
		props.Certificate = awscertificatemanager.Certificate_FromCertificateArn(stack, text("Certificate"), text(s.Certificate))
	}
	if s.Firewall {
		props.WebAclId = firewall(stack, s).AttrArn()
	}
	front := awscloudfront.NewDistribution(stack, text("Front"), props)
	if zone != nil {
		to := awsroute53.RecordTarget_FromAlias(awsroute53targets.NewCloudFrontTarget(front))
		awsroute53.NewARecord(stack, text("V4"), &awsroute53.ARecordProps{Zone: zone, RecordName: text(s.Domain + "."), Target: to})
		awsroute53.NewAaaaRecord(stack, text("V6"), &awsroute53.AaaaRecordProps{Zone: zone, RecordName: text(s.Domain + "."), Target: to})
	}
	awscdk.NewCfnOutput(stack, text("PointTheDomainTo"), &awscdk.CfnOutputProps{
		Description: text("Where the domain's CNAME or ALIAS record leads, if it is not in Route 53"), Value: front.DistributionDomainName(),
	})
}

// origin is an API as CloudFront reaches it.
func origin(p cloudformationinclude.CfnInclude, api, region string) awscloudfront.IOrigin {
	host := *p.GetResource(text(api)).Ref() + ".execute-api." + region + ".amazonaws.com"
	return awscloudfrontorigins.NewHttpOrigin(text(host), &awscloudfrontorigins.HttpOriginProps{
		ProtocolPolicy:     awscloudfront.OriginProtocolPolicy_HTTPS_ONLY,
		OriginSslProtocols: &[]awscloudfront.OriginSslPolicy{awscloudfront.OriginSslPolicy_TLS_V1_2},
		ReadTimeout:        awscdk.Duration_Seconds(number(30)), // as long as API Gateway waits
	})
}

// passing hands every request on, with all that the client said but Host, by
// which API Gateway would not know the API.
func passing(to awscloudfront.IOrigin) *awscloudfront.BehaviorOptions {
	return &awscloudfront.BehaviorOptions{
		Origin:               to,
		AllowedMethods:       awscloudfront.AllowedMethods_ALLOW_ALL(),
		CachePolicy:          awscloudfront.CachePolicy_CACHING_DISABLED(),
		OriginRequestPolicy:  awscloudfront.OriginRequestPolicy_ALL_VIEWER_EXCEPT_HOST_HEADER(),
		ViewerProtocolPolicy: awscloudfront.ViewerProtocolPolicy_REDIRECT_TO_HTTPS,
	}
}

// keeping holds on to answers for as long as they say.
func keeping(from awscloudfront.IOrigin) *awscloudfront.BehaviorOptions {
	return &awscloudfront.BehaviorOptions{
		Origin:               from,
		CachePolicy:          awscloudfront.CachePolicy_CACHING_OPTIMIZED(),
		ViewerProtocolPolicy: awscloudfront.ViewerProtocolPolicy_REDIRECT_TO_HTTPS,
	}
}
