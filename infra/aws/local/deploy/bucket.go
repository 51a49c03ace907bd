package deploy

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"gopkg.in/yaml.v3"
)

// bucket is where files rest. Browsers send them there from our pages, so it gets
// the template's rules on who may ask from where.
func (d *deployment) bucket(ctx context.Context, part *yaml.Node) (map[string]string, error) {
	var p struct {
		CorsConfiguration struct {
			CorsRules []struct {
				AllowedOrigins, AllowedMethods, AllowedHeaders []string
				MaxAge                                         int32
			}
		}
	}
	if err := d.reader(ctx).fill(part, &p); err != nil {
		return nil, err
	}
	name := strings.ToLower(d.o.Stack) + "-files" // CloudFormation makes one up: the names of all accounts are in one list
	in := &s3.CreateBucketInput{Bucket: &name}
	if d.Region != "us-east-1" { // which has to go without saying
		in.CreateBucketConfiguration = &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(d.Region)}
	}
	_, err := d.S3.CreateBucket(ctx, in)
	_, there := errors.AsType[*types.BucketAlreadyOwnedByYou](err)
	if err != nil && !there {
		return nil, err
	}
	rules := &types.CORSConfiguration{}
	for _, r := range p.CorsConfiguration.CorsRules {
		rules.CORSRules = append(rules.CORSRules, types.CORSRule{
			AllowedOrigins: r.AllowedOrigins, AllowedMethods: r.AllowedMethods, AllowedHeaders: r.AllowedHeaders, MaxAgeSeconds: aws.Int32(r.MaxAge),
		})
	}
	if _, err := d.S3.PutBucketCors(ctx, &s3.PutBucketCorsInput{Bucket: &name, CORSConfiguration: rules}); err != nil {
		return nil, err
	}
	d.say("bucket", name, !there)
	return map[string]string{"": name, "Arn": "arn:aws:s3:::" + name}, nil
}
