//go:build cdk

package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awswafv2"
)

// tooMany is how many requests an address may send in five minutes.
const tooMany = 3000

// firewall refuses whoever asks too often, and what AWS knows to be an attack.
// Bodies are only counted: they are JSON and forms that the product checks field
// by field, some are larger than the 8 kB that AWS expects, and an endpoint's
// address in one looks like an attempt to include a remote file. So are requests
// that do not say what sent them, as small programs do.
func firewall(stack awscdk.Stack, s stage) awswafv2.CfnWebACL {
	counted := []string{
		"SizeRestrictions_BODY", "GenericRFI_BODY", "GenericLFI_BODY", "EC2MetaDataSSRF_BODY", "CrossSiteScripting_BODY", "NoUserAgent_HEADER",
	}
	nothing := map[string]any{}
	return awswafv2.NewCfnWebACL(stack, text("Firewall"), &awswafv2.CfnWebACLProps{
		Name: text(s.stack()), Scope: text("CLOUDFRONT"),
		DefaultAction:    &awswafv2.CfnWebACL_DefaultActionProperty{Allow: nothing},
		VisibilityConfig: visible(s.stack()),
		Rules: []*awswafv2.CfnWebACL_RuleProperty{
			{
				Name: text("too-many"), Priority: number(0), VisibilityConfig: visible("too-many"),
				Action: &awswafv2.CfnWebACL_RuleActionProperty{Block: &awswafv2.CfnWebACL_BlockActionProperty{
					CustomResponse: &awswafv2.CfnWebACL_CustomResponseProperty{ResponseCode: number(429)},
				}},
				Statement: &awswafv2.CfnWebACL_StatementProperty{RateBasedStatement: &awswafv2.CfnWebACL_RateBasedStatementProperty{
					AggregateKeyType: text("IP"), Limit: number(tooMany), EvaluationWindowSec: number(300),
				}},
			},
			managed(1, "AWSManagedRulesAmazonIpReputationList"),
			managed(2, "AWSManagedRulesKnownBadInputsRuleSet"),
			managed(3, "AWSManagedRulesCommonRuleSet", counted...),
		},
	})
}

// managed is a group of rules that AWS keeps; the counted ones block nothing.
func managed(priority float64, group string, counted ...string) *awswafv2.CfnWebACL_RuleProperty {
	rules := &awswafv2.CfnWebACL_ManagedRuleGroupStatementProperty{VendorName: text("AWS"), Name: text(group)}
	var overrides []*awswafv2.CfnWebACL_RuleActionOverrideProperty
	for _, rule := range counted {
		overrides = append(overrides, &awswafv2.CfnWebACL_RuleActionOverrideProperty{
			Name: text(rule), ActionToUse: &awswafv2.CfnWebACL_RuleActionProperty{Count: &awswafv2.CfnWebACL_CountActionProperty{}},
		})
	}
	if len(overrides) > 0 {
		rules.RuleActionOverrides = overrides
	}
	return &awswafv2.CfnWebACL_RuleProperty{
		Name: text(group), Priority: number(priority), VisibilityConfig: visible(group),
		OverrideAction: &awswafv2.CfnWebACL_OverrideActionProperty{None: map[string]any{}},
		Statement:      &awswafv2.CfnWebACL_StatementProperty{ManagedRuleGroupStatement: rules},
	}
}

func visible(name string) *awswafv2.CfnWebACL_VisibilityConfigProperty {
	return &awswafv2.CfnWebACL_VisibilityConfigProperty{CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: text(name)}
}
