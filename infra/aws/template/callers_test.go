package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/api"
)

// A way is what one route of an API leads to.
type way struct{ route, function, role string }

// ways are those of both APIs, and their authorizer's.
func ways(doc document) (all []way) {
	for id, a := range doc.of("AWS::Serverless::HttpApi") {
		paths, _ := part(a, "DefinitionBody", "paths").(map[string]any)
		for path, methods := range paths {
			for method, r := range methods.(map[string]any) {
				to := part(r, "x-amazon-apigateway-integration")
				all = append(all, way{method + " " + path, functionIn(part(to, "uri")), target(part(to, "credentials"))})
			}
		}
		if asks := part(a, "DefinitionBody", "components", "securitySchemes", "Key", "x-amazon-apigateway-authorizer"); asks != nil {
			all = append(all, way{id + "'s keys", functionIn(part(asks, "authorizerUri")), target(part(asks, "authorizerCredentials"))})
		}
	}
	return all
}

// called are the functions that API Gateway calls, by logical id.
func called(doc document) (all []string) {
	for _, w := range ways(doc) {
		all = append(all, w.function)
	}
	return all
}

// functionIn is the logical id of the function that an address of API Gateway's
// names.
func functionIn(uri any) string {
	text, _ := part(uri, "Fn::Sub").(string)
	_, after, _ := strings.Cut(text, "/functions/${")
	name, rest, _ := strings.Cut(after, ".Arn}")
	if rest != "/invocations" {
		return ""
	}
	return name
}

// TestAPIGatewayMayCallWhatItLeadsToAndNothingElse compares the routes with the
// roles by which API Gateway calls, both ways.
func TestAPIGatewayMayCallWhatItLeadsToAndNothingElse(t *testing.T) {
	doc, used := written(t), map[string]bool{}
	fns, roles := doc.of("AWS::Serverless::Function"), doc.of("AWS::IAM::Role")
	for _, w := range ways(doc) {
		if used[w.role+" "+w.function] = true; fns[w.function] == nil {
			t.Errorf("%s leads to %q, which is not there", w.route, w.function)
		}
		if trust := fmt.Sprint(part(roles[w.role], "AssumeRolePolicyDocument")); !strings.Contains(trust, "apigateway.amazonaws.com") {
			t.Errorf("%s is called by %q, which trusts %s", w.route, w.role, trust)
		}
	}
	may := map[string]bool{}
	for id, r := range roles {
		if !strings.Contains(fmt.Sprint(part(r, "AssumeRolePolicyDocument")), "apigateway") {
			continue
		}
		for _, p := range many(part(r, "Policies")) {
			for _, s := range many(part(p, "PolicyDocument", "Statement")) {
				if what := fmt.Sprint(part(s, "Action")); what != "[lambda:InvokeFunction]" {
					t.Errorf("%s may do %s", id, what)
				}
				for _, to := range many(part(s, "Resource")) {
					may[id+" "+target(to)] = true
				}
			}
		}
	}
	if got, want := slices.Sorted(maps.Keys(may)), slices.Sorted(maps.Keys(used)); !slices.Equal(got, want) {
		t.Errorf("roles may call\n%v\nAPIs lead to\n%v", got, want)
	}
}

// TestEveryRouteLeadsToItsFunction, and to no other: one way for each route and
// each address of the docs.
func TestEveryRouteLeadsToItsFunction(t *testing.T) {
	got := map[string]string{}
	for _, w := range ways(written(t)) {
		got[w.route] = w.function
	}
	for _, r := range append(slices.Clone(docsRoutes), functions.Routes()...) {
		at := method(r) + " " + gatewayPath(r.Path)
		if got[at] != id(r.Function()) {
			t.Errorf("%s leads to %q, want %s", at, got[at], id(r.Function()))
		}
		delete(got, at)
	}
	if want := map[string]string{"Api's keys": id(lambda.CheckKey)}; !maps.Equal(got, want) {
		t.Errorf("nobody answers %v", got)
	}
}

// bounds of an HTTP API and of a template.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const (
	mostRoutes    = 300
	mostResources = 500
	mostBytes     = 1_000_000
)

func TestEachAPIHasRoomForItsRoutes(t *testing.T) {
	n := map[bool]int{false: len(docsRoutes)}
	for _, r := range functions.Routes() {
		n[programs(r)]++
	}
	if n[true] > mostRoutes || n[false] > mostRoutes {
		t.Errorf("%d routes for programs and %d for people; an HTTP API takes %d", n[true], n[false], mostRoutes)
	}
}

// grown is the product with so many routes under /v1 and so many functions of the
// console, seven pages each: new areas have sixteen each.
func grown(t *testing.T, routes, subjects int) []functions.Area {
	t.Helper()
	areas := slices.Clone(functions.Areas)
	at := slices.IndexFunc(areas, func(a functions.Area) bool { return a.Name == "console" })
	pages := &areas[at].Routes
	*pages = slices.Clone(*pages)
	for n := len(answered(areas[at])); n < subjects; n++ {
		for page := range 7 {
			*pages = append(*pages, api.Route{Name: fmt.Sprintf("console.subject%d_page%d", n, page), Method: "GET", Path: fmt.Sprintf("/subject-%d/{id}/%d", n, page), Door: api.SessionDoor})
		}
	}
	const each = 16
	for _, r := range functions.Routes() {
		if programs(r) {
			routes--
		}
	}
	for n := range routes {
		if name := fmt.Sprintf("area%d", n/each); n%each == 0 {
			needs[name] = needs["webhooks"]
			t.Cleanup(func() { delete(needs, name) })
			areas = append(areas, functions.Area{Name: name})
		}
		a := &areas[len(areas)-1]
		a.Routes = append(a.Routes, api.Route{Name: fmt.Sprintf("%s.do_something_%d", a.Name, n), Method: "POST", Path: fmt.Sprintf("/v1/%s/{id}/something-%d", a.Name, n)})
	}
	return areas
}

// TestThereIsRoomForWhatComes counts what CloudFormation will count (decision
// 0029): as many routes as one HTTP API takes integrations and a console of some
// 240 pages are one template; with the CDK's alarms beside it, 255 routes are.
func TestThereIsRoomForWhatComes(t *testing.T) {
	python := interpreter(t)
	for _, tt := range []struct {
		routes int
		alarms bool
	}{{mostRoutes, false}, {255, true}} {
		areas := grown(t, tt.routes, 40)
		doc := translate(t, python, areas)
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		n, routes := len(doc["Resources"].(map[string]any)), 0
		paths, _ := part(doc.of("AWS::ApiGatewayV2::Api")["Api"], "Body", "paths").(map[string]any)
		for _, methods := range paths {
			routes += len(methods.(map[string]any))
		}
		if tt.alarms {
			n += cdkAdds + cdkAddsAnArea*(len(areas)+3) // the three areas that are in no list
		}
		t.Logf("%d routes under /v1, %d areas, %d functions: %d resources, %d bytes", routes, len(areas)+3, len(doc.of("AWS::Lambda::Function")), n, len(text))
		if routes != tt.routes || n > mostResources || len(text) > mostBytes {
			t.Errorf("%d routes make %d resources in %d bytes", routes, n, len(text))
		}
		if longest := policies(t, doc); longest > 10_240 {
			t.Errorf("a role has policies of %d characters", longest)
		}
	}
}

// What the CDK adds to the product: infra/aws/stack holds itself to it
// (TestWhatTheCDKAdds).
const cdkAdds, cdkAddsAnArea = 33, 2

// TestARouteCostsOneResource, its function; a page of a subject that is there
// costs none.
func TestARouteCostsOneResource(t *testing.T) {
	now := count(resources(t, functions.Areas))
	with := func(area string, r api.Route) int {
		more := slices.Clone(functions.Areas)
		i := slices.IndexFunc(more, func(a functions.Area) bool { return a.Name == area })
		more[i].Routes = append(slices.Clone(more[i].Routes), r)
		return count(resources(t, more)) - now
	}
	if n := with("fleet", api.Route{Name: "fleet.paint_asset", Method: "POST", Path: "/v1/assets/{id}/paint"}); n != 1 {
		t.Errorf("a route costs %d resources", n)
	}
	if n := with("console", api.Route{Name: "console.asset_paint", Method: "POST", Path: "/assets/{id}/paint", Door: api.SessionDoor}); n != 0 {
		t.Errorf("a page costs %d resources", n)
	}
}
