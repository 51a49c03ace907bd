//go:build cdk

package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
)

// TestABadContextIsRefused before anything is made, with what is wrong.
func TestABadContextIsRefused(t *testing.T) {
	domain := func(more document) context {
		all := document{"domain": "pool.example.com"}
		for name, value := range more {
			all[name] = value
		}
		return context{"stage": "prod", "prod": all}
	}
	zone := document{"zone_id": "Z1", "zone_name": "example.com"}
	for _, tt := range []struct {
		context context
		want    string
	}{
		{context{}, `"" is no stage`},
		{context{"stage": "production"}, `"production" is no stage; -c stage=… takes [dev prod staging]`},
		{context{"stage": "dev-" + strings.Repeat("a", 20)}, "is no stage"},
		{context{"stage": "dev-Anna"}, "is no stage"},
		{context{"stage": "prod", "prod": document{"mail": "ops@example.com"}}, `unknown field "mail"`},
		{context{"stage": "prod", "prod": document{"budget": -1}}, "a budget of -1"},
		{context{"stage": "prod", "prod": zone}, "there is none"},
		{context{"stage": "prod", "prod": document{"firewall": true}}, "there is none"},
		{context{"stage": "prod", "prod": document{"parameters": document{"Stage": "other"}}}, "Stage is given by -c"},
		{domain(nil), "needs either zone_id and zone_name, or certificate"},
		{domain(document{"zone_id": "Z1"}), "a hosted zone has an id and a name"},
		{domain(document{"zone_id": "Z1", "zone_name": "example.org"}), "is not in the zone example.org"},
		{domain(document{"certificate": "arn:aws:acm:eu-west-1:111111111111:certificate/1"}), "CloudFront takes certificates from us-east-1 alone"},
		{domain(document{"certificate": "arn:aws:acm:us-east-1:111111111111:certificate/1", "zone_id": "Z1", "zone_name": "example.com"}), "needs either"},
	} {
		if _, err := chosen(tt.context.get); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: got %v, want %s", tt.context, err, tt.want)
		}
	}
}

func TestEachDeveloperMayHaveADeployment(t *testing.T) {
	s, err := chosen(context{"stage": "dev-anna"}.get)
	if err != nil || s.stack() != "motorpool-dev-anna" || s.kept || s.alarms {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestWhatCannotBeDeployedIsNotSynthesised: what lies on the disk is checked
// too, before half of it is uploaded.
func TestWhatCannotBeDeployedIsNotSynthesised(t *testing.T) {
	whole, unbuilt := built(t), built(t)
	if err := os.RemoveAll(unbuilt + "/build/workers"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at   place
		prod document
		want string
	}{
		{place{top: t.TempDir()}, nil, "template.yaml: no such file"},
		{place{top: unbuilt}, nil, "make build makes it"},
		{place{top: whole}, document{"parameters": document{"DeliveryConcurency": 1}}, "no parameter DeliveryConcurency"},
		{place{top: whole}, document{"domain": "a.example.com", "zone_id": "Z1", "zone_name": "example.com"}, "say which region the product is in"},
	} {
		s, err := chosen(context{"stage": "prod", "prod": tt.prod}.get)
		if err != nil {
			t.Fatal(err)
		}
		app := awscdk.NewApp(&awscdk.AppProps{Outdir: text(t.TempDir())})
		if err := assemble(app, s, tt.at); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

// TestTheFrontLeadsToBothAPIs follows a domain to the APIs behind it.
func TestTheFrontLeadsToBothAPIs(t *testing.T) {
	stacks := synth(t, withDomain)
	before, ok := stacks["motorpool-prod-front"]
	if !ok {
		t.Fatal("there is no front")
	}
	var front document
	for _, d := range resourcesOf(before, "AWS::CloudFront::Distribution") {
		front = d["DistributionConfig"].(document)
	}
	if !slices.Equal(front["Aliases"].([]any), []any{"pool.example.com"}) || front["WebACLId"] == nil || front["ViewerCertificate"] == nil {
		t.Errorf("the distribution: %v", front)
	}
	origins := map[string]string{} // id → which API
	for _, o := range front["Origins"].([]any) {
		o := o.(document)
		origins[o["Id"].(string)] = leadsTo(t, stacks, o["DomainName"])
	}
	behaviours := []any{front["DefaultCacheBehavior"]}
	behaviours = append(behaviours, front["CacheBehaviors"].([]any)...)
	got := map[string]string{}
	for _, b := range behaviours {
		b := b.(document)
		path, _ := b["PathPattern"].(string)
		got[path] = origins[b["TargetOriginId"].(string)]
		if b["ViewerProtocolPolicy"] != "redirect-to-https" {
			t.Errorf("%s: %v", path, b["ViewerProtocolPolicy"])
		}
		const disabled, allButHost = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "b689b0a8-53d0-40ab-baf2-68738e2966ac" // AWS's names of its managed policies
		if path != "/static/*" && (b["CachePolicyId"] != disabled || b["OriginRequestPolicyId"] != allButHost || len(b["AllowedMethods"].([]any)) != 7) {
			t.Errorf("%q keeps answers, or does not pass everything on: %v", path, b)
		}
	}
	if got[""] != "Console" || got["/v1/*"] != "Api" || got["/static/*"] != "Console" {
		t.Errorf("paths lead to %v", got)
	}
	if records := len(resourcesOf(before, "AWS::Route53::RecordSet")); records != 2 {
		t.Errorf("%d records", records)
	}
	if is := stacks["motorpool-prod"]["Parameters"].(document)["Domain"].(document)["Default"]; is != "pool.example.com" {
		t.Errorf("the product believes to be at %v", is)
	}
}

// leadsTo is the API in an origin's name: the front reads it from what the
// product's stack hands over to the other region.
func leadsTo(t *testing.T, stacks map[string]document, host any) string {
	t.Helper()
	for _, part := range host.(document)["Fn::Join"].([]any)[1].([]any) {
		at, _ := part.(document)["Fn::GetAtt"].([]any)
		if len(at) != 2 {
			continue
		}
		for _, w := range resourcesOf(stacks["motorpool-prod"], "Custom::CrossRegionExportWriter") {
			for name, value := range w["WriterProps"].(document)["exports"].(document) {
				if strings.TrimPrefix(at[1].(string), "/cdk/exports/motorpool-prod-front/") == strings.TrimPrefix(name, "/cdk/exports/motorpool-prod-front/") {
					return named(value)
				}
			}
		}
		t.Errorf("nothing hands over %v", at)
	}
	return ""
}

// TestInTheFrontsRegionNothingIsHandedOver: with a certificate of one's own and
// both stacks in us-east-1, CloudFormation's own exports are enough.
func TestInTheFrontsRegionNothingIsHandedOver(t *testing.T) {
	s, err := chosen(context{"stage": "prod", "prod": document{
		"domain": "pool.example.com", "certificate": "arn:aws:acm:us-east-1:111111111111:certificate/1",
	}}.get)
	if err != nil {
		t.Fatal(err)
	}
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: text(t.TempDir())})
	if err := assemble(app, s, place{account: "111111111111", region: frontRegion, top: built(t)}); err != nil {
		t.Fatal(err)
	}
	for _, stack := range *app.Synth(nil).Stacks() {
		raw, err := json.Marshal(stack.Template())
		if err != nil {
			t.Fatal(err)
		}
		for _, no := range []string{"CrossRegion", "Route53", "AWS::WAFv2", "AWS::CertificateManager::Certificate"} {
			if strings.Contains(string(raw), no) {
				t.Errorf("%s has a %s", *stack.StackName(), no)
			}
		}
	}
}

func TestTheFirewallLooksAtEverything(t *testing.T) {
	for _, acl := range resourcesOf(synth(t, withDomain)["motorpool-prod-front"], "AWS::WAFv2::WebACL") {
		rules := acl["Rules"].([]any)
		if acl["Scope"] != "CLOUDFRONT" || len(rules) != 4 {
			t.Errorf("%v", acl)
		}
		for i, r := range rules {
			r := r.(document)
			if r["Priority"] != float64(i) || (r["Action"] == nil) == (r["OverrideAction"] == nil) {
				t.Errorf("rule %d: %v", i, r)
			}
		}
	}
}

func TestWithoutADomainThereIsNoFront(t *testing.T) {
	for stage := range kinds {
		if n := len(synth(t, context{"stage": stage})); n != 1 {
			t.Errorf("%s has %d stacks", stage, n)
		}
	}
}
