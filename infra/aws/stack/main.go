//go:build cdk

// Command stack is the CDK app: template.yaml, and around it what whoever
// operates the product needs: alarms, a dashboard, a budget, and if there is a
// domain, CloudFront with a certificate and a firewall before both APIs.
//
//	make deploy STAGE=prod       cdk deploy
//	make destroy STAGE=prod      cdk destroy
//
// It promises that every resource of template.yaml is deployed as it stands
// there, but for what a stage changes (stages.go) and for the places of code:
// a folder in template.yaml, an asset here. It looks nothing up, so that it can
// be synthesised without an account. What the product is made of is left to
// infra/aws/template.
//
// The build tag cdk keeps 180 MB of generated Go away from everybody who does
// not deploy: shared/decisions/0021-cdk-around-the-template.md.
package main

import (
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "stack:", err)
		os.Exit(1)
	}
}

func run() error {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	s, err := chosen(app.Node().TryGetContext)
	if err != nil {
		return err
	}
	where := place{account: os.Getenv("CDK_DEFAULT_ACCOUNT"), region: os.Getenv("CDK_DEFAULT_REGION"), top: "."}
	if err := assemble(app, s, where); err != nil {
		return err
	}
	app.Synth(nil)
	return nil
}

// A place is where a stack goes, and where its parts come from.
type place struct {
	account, region string // empty: whichever the command line has
	top             string // the repository: template.yaml, build/<area>
}

func (p place) env(region string) *awscdk.Environment {
	e := &awscdk.Environment{}
	if p.account != "" {
		e.Account = text(p.account)
	}
	if region != "" {
		e.Region = text(region)
	}
	return e
}

// assemble puts the stacks of one stage into app: the product, and the front if
// there is a domain.
func assemble(app awscdk.App, s stage, at place) error {
	def, err := readTemplate(at.top + "/template.yaml")
	if err != nil {
		return err
	}
	stack := awscdk.NewStack(app, text(s.stack()), &awscdk.StackProps{
		StackName:             text(s.stack()),
		Description:           text("Motorpool, " + s.name + ": the product, its alarms and its dashboard"),
		Env:                   at.env(at.region),
		CrossRegionReferences: boolean(s.Domain != ""),
	})
	p, err := include(stack, s, def, at.top)
	if err != nil {
		return err
	}
	told := notify(stack, s)
	budget(stack, s, told)
	if s.alarms {
		dashboard(stack, s, def, watch(stack, s, def, told))
	}
	if s.Domain != "" {
		if at.region == "" {
			return fmt.Errorf("%s has a domain: say which region the product is in (AWS_REGION), because the front is in %s", s.name, frontRegion)
		}
		front(app, s, at, p)
	}
	return nil
}

// What jsii wants pointers to.
func text(s string) *string          { return &s }
func number(n float64) *float64      { return &n }
func boolean(b bool) *bool           { return &b }
func texts(all ...string) *[]*string { return jsii.Strings(all...) }
