//go:build cdk

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A stage is one deployment: what its kind settles, and what its operator says
// about it in cdk.json.
type stage struct {
	name string
	kind
	operator
}

// A kind is what a deployment is for. What is not here is the same everywhere.
type kind struct {
	logLevel string  // the least that is logged
	logDays  float64 // how long logs stay
	tracing  string  // Active, or PassThrough: only what somebody else traces
	kept     bool    // the table and the key stay when the stack goes, and the table cannot be deleted by mistake
	alarms   bool    // somebody is told when something is wrong; there is a dashboard
	budget   float64 // US dollars a month for the whole account, unless the operator says otherwise
}

// kinds is every difference between stages.
var kinds = map[string]kind{
	"prod":    {logLevel: "INFO", logDays: 90, tracing: "Active", kept: true, alarms: true, budget: 200},
	"staging": {logLevel: "INFO", logDays: 30, tracing: "Active", kept: true, alarms: true, budget: 50},
	"dev":     {logLevel: "DEBUG", logDays: 7, tracing: "PassThrough", kept: false, alarms: false, budget: 20},
}

// An operator says in cdk.json, under the name of the stage, what only they can
// know. All of it may be left out.
type operator struct {
	Email  string  `json:"email"`  // who is told of alarms
	Budget float64 `json:"budget"` // US dollars a month; nobody is told below 80 % of it

	Domain      string `json:"domain"`      // the host name under which the world reaches both APIs
	ZoneID      string `json:"zone_id"`     // Route 53's hosted zone of the domain; the certificate and the records are made in it …
	ZoneName    string `json:"zone_name"`   // … and its name: example.com
	Certificate string `json:"certificate"` // without a zone: the ARN of a certificate in us-east-1
	Firewall    bool   `json:"firewall"`    // AWS WAF before both APIs; costs money each month

	Parameters map[string]any `json:"parameters"` // of template.yaml, beyond what the stage sets: {"DeliveryConcurrency": 300}
}

// values are the parameters of template.yaml that are not as they stand there.
func (s stage) values() map[string]any {
	all := map[string]any{"Stage": s.name, "Domain": s.Domain, "LogLevel": s.logLevel, "LogRetention": s.logDays, "Tracing": s.tracing}
	maps.Copy(all, s.Parameters)
	return all
}

var names = regexp.MustCompile(`^[a-z][a-z0-9-]{0,19}$`)

// chosen is the stage that the context (-c stage=…, cdk.json) names. "dev" may
// be followed by a name, so that each developer has a deployment: dev-anna.
func chosen(context func(*string) any) (stage, error) {
	name, _ := context(text("stage")).(string)
	k, known := kinds[name]
	if !known && strings.HasPrefix(name, "dev-") {
		k, known = kinds["dev"], true
	}
	if !known || !names.MatchString(name) {
		return stage{}, fmt.Errorf("%q is no stage; -c stage=… takes %v or dev-<name>", name, slices.Sorted(maps.Keys(kinds)))
	}
	s := stage{name: name, kind: k}
	said, err := json.Marshal(context(text(name)))
	if err != nil {
		return stage{}, err
	}
	in := json.NewDecoder(strings.NewReader(string(said)))
	in.DisallowUnknownFields()
	if err := in.Decode(&s.operator); err != nil {
		return stage{}, fmt.Errorf("cdk.json: context %q: %w", name, err)
	}
	if s.Budget == 0 {
		s.Budget = k.budget
	}
	return s, s.check()
}

// check refuses what would fail half an hour into a deployment.
func (s stage) check() error {
	zone := s.ZoneID != "" && s.ZoneName != ""
	switch {
	case s.Parameters["Stage"] != nil || s.Parameters["Domain"] != nil:
		return fmt.Errorf("%s: Stage is given by -c stage=…, and Domain by domain", s.name)
	case s.Budget < 0:
		return fmt.Errorf("%s: a budget of %v", s.name, s.Budget)
	case (s.ZoneID == "") != (s.ZoneName == ""):
		return fmt.Errorf("%s: a hosted zone has an id and a name: zone_id and zone_name", s.name)
	case s.Domain == "" && (zone || s.Certificate != "" || s.Firewall):
		return fmt.Errorf("%s: zone, certificate and firewall are for a domain, and there is none", s.name)
	case s.Domain != "" && zone == (s.Certificate != ""):
		return fmt.Errorf("%s: %s needs either zone_id and zone_name, or certificate", s.name, s.Domain)
	case zone && s.Domain != s.ZoneName && !strings.HasSuffix(s.Domain, "."+s.ZoneName):
		return fmt.Errorf("%s: %s is not in the zone %s", s.name, s.Domain, s.ZoneName)
	case s.Certificate != "" && !strings.HasPrefix(s.Certificate, "arn:aws:acm:"+frontRegion+":"):
		return fmt.Errorf("%s: CloudFront takes certificates from %s alone, not %s", s.name, frontRegion, s.Certificate)
	}
	return nil
}

// stack is the name of the stage's stack, as in "sam deploy".
func (s stage) stack() string { return "motorpool-" + s.name }
