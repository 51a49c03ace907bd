//go:build cdk

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3assets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssam"
	"github.com/aws/aws-cdk-go/awscdk/v2/cloudformationinclude"
)

// include puts template.yaml into the stack. What a stage sets becomes the
// default of a parameter, and "make deploy" tells CloudFormation to take
// defaults rather than the values of the deployment before.
func include(stack awscdk.Stack, s stage, def *definition, top string) (cloudformationinclude.CfnInclude, error) {
	p := cloudformationinclude.NewCfnInclude(stack, text("Product"), &cloudformationinclude.CfnIncludeProps{
		TemplateFile: text(filepath.Join(top, "template.yaml")),
		// An API's stage variable names the API. SAM makes the stage a resource
		// of its own, so that this is no circle once it is deployed.
		AllowCyclicalReferences: boolean(true),
	})
	for name, value := range s.values() {
		if !slices.Contains(def.parameters, name) {
			return nil, fmt.Errorf("cdk.json: context %q: template.yaml has no parameter %s; it has %v", s.name, name, def.parameters)
		}
		p.GetParameter(text(name)).SetDefault(value)
	}
	if err := code(stack, p, def, top); err != nil {
		return nil, err
	}
	if err := machines(stack, p, def, top); err != nil {
		return nil, err
	}
	if !s.kept {
		discard(p, def)
	}
	return p, nil
}

// code makes an asset of each area's folder, for all its functions.
func code(stack awscdk.Stack, p cloudformationinclude.CfnInclude, def *definition, top string) error {
	places := map[string]*awssam.CfnFunction_S3LocationProperty{}
	for _, f := range def.functions {
		if places[f.code] == nil {
			folder := filepath.Join(top, f.code)
			if _, err := os.Stat(filepath.Join(folder, "bootstrap")); err != nil {
				return fmt.Errorf("%w (make build makes it)", err)
			}
			a := awss3assets.NewAsset(stack, text("Code-"+f.area), &awss3assets.AssetProps{Path: text(folder)})
			places[f.code] = &awssam.CfnFunction_S3LocationProperty{Bucket: a.S3BucketName(), Key: a.S3ObjectKey()}
		}
		p.GetResource(text(f.id)).(awssam.CfnFunction).SetCodeUri(places[f.code])
	}
	return nil
}

// machines makes an asset of each state machine's definition. What is put into
// it at deployment stays as template.yaml has it.
func machines(stack awscdk.Stack, p cloudformationinclude.CfnInclude, def *definition, top string) error {
	for _, id := range def.machines {
		m := p.GetResource(text(id)).(awssam.CfnStateMachine)
		file, ok := m.DefinitionUri().(string)
		if !ok {
			return fmt.Errorf("%s: DefinitionUri is %T, not a file", id, m.DefinitionUri())
		}
		a := awss3assets.NewAsset(stack, text("Definition-"+id), &awss3assets.AssetProps{Path: text(filepath.Join(top, file))})
		m.SetDefinitionUri(&awssam.CfnStateMachine_S3LocationProperty{Bucket: a.S3BucketName(), Key: a.S3ObjectKey()})
	}
	return nil
}

// discard lets the data go with the stack.
func discard(p cloudformationinclude.CfnInclude, def *definition) {
	for _, t := range def.tables {
		r := p.GetResource(text(t.id)).(awsdynamodb.CfnTable)
		r.SetDeletionProtectionEnabled(false)
		r.ApplyRemovalPolicy(awscdk.RemovalPolicy_DESTROY, nil)
	}
	key := p.GetResource(text("Key")).(awskms.CfnKey)
	key.SetPendingWindowInDays(number(7))
	key.ApplyRemovalPolicy(awscdk.RemovalPolicy_DESTROY, nil)
}
