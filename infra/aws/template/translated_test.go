package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"motorpool/functions"
)

// TestThereIsRoomOnceTranslated counts what CloudFormation counts.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
func TestThereIsRoomOnceTranslated(t *testing.T) {
	doc := translated(t)
	n := len(doc["Resources"].(map[string]any))
	if ours := count(resources(t, functions.Areas)); n != ours {
		t.Errorf("SAM makes %d resources, and we count %d", n, ours)
	}
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if t.Logf("%d resources, %d bytes", n, len(text)); n >= 500 || len(text) >= 1_000_000 {
		t.Errorf("%d resources in %d bytes; CloudFormation takes 500 in 1 MB", n, len(text))
	}
	if in, out := len(doc["Parameters"].(map[string]any)), len(doc["Outputs"].(map[string]any)); in > 200 || out > 200 {
		t.Errorf("%d parameters and %d outputs; CloudFormation takes 200 of each", in, out)
	}
}

// TestSAMAddsNoRights: whatever SAM expands, the roles are those that were
// written, and nobody may call a function but by a role.
func TestSAMAddsNoRights(t *testing.T) {
	doc, mine := translated(t), written(t)
	roles := doc.of("AWS::IAM::Role")
	if got, want := slices.Sorted(maps.Keys(roles)), slices.Sorted(maps.Keys(mine.of("AWS::IAM::Role"))); !slices.Equal(got, want) {
		t.Errorf("roles %v, want %v", got, want)
	}
	for _, typ := range []string{"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::User"} {
		if n := len(doc.of(typ)); n > 0 {
			t.Errorf("%d of %s", n, typ)
		}
	}
	for id, r := range roles {
		if got, want := fmt.Sprint(part(r, "Policies"), part(r, "ManagedPolicyArns")), fmt.Sprint(part(mine.of("AWS::IAM::Role")[id], "Policies"), part(mine.of("AWS::IAM::Role")[id], "ManagedPolicyArns")); got != want {
			t.Errorf("%s: SAM made %s\nof %s", id, got, want)
		}
	}
	leastPrivilege(t, doc)
	for id := range doc.of("AWS::Lambda::Permission") {
		t.Errorf("%s lets somebody in who has no role", id)
	}
}

// TestEveryTightRouteIsThere: a throttle of a route that does not exist fails
// the deployment.
func TestEveryTightRouteIsThere(t *testing.T) {
	doc, n := translated(t), 0
	for id, stage := range doc.of("AWS::ApiGatewayV2::Stage") {
		api := target(part(stage, "ApiId"))
		paths, _ := part(doc.of("AWS::ApiGatewayV2::Api")[api], "Body", "paths").(map[string]any)
		tight, _ := part(stage, "RouteSettings").(map[string]any)
		for route := range tight {
			n++
			method, path, _ := strings.Cut(route, " ")
			method = strings.ToLower(method)
			if method == "any" {
				method = "x-amazon-apigateway-any-method"
			}
			if part(paths[path], method) == nil {
				t.Errorf("%s: there is no %s", id, route)
			}
		}
		if part(stage, "AccessLogSettings", "DestinationArn") == nil || number(part(stage, "DefaultRouteSettings", "ThrottlingBurstLimit")) == 0 {
			t.Errorf("%s has no access log or no throttle", id)
		}
	}
	if n != len(throttles) {
		t.Errorf("%d throttles came of %d", n, len(throttles))
	}
}

// TestOnlyOpenRoutesHaveNoAuthorizer: every other route of the API for programs
// asks whose key it is.
func TestOnlyOpenRoutesHaveNoAuthorizer(t *testing.T) {
	doc, guarded, open := translated(t), 0, []string{}
	paths, _ := part(doc.of("AWS::ApiGatewayV2::Api")["Api"], "Body", "paths").(map[string]any)
	for path, methods := range paths {
		for method, r := range methods.(map[string]any) {
			if strings.Contains(fmt.Sprint(part(r, "security")), "Key:") {
				guarded++
			} else {
				open = append(open, method+" "+path)
			}
		}
	}
	slices.Sort(open)
	if t.Logf("%d routes with a key, without: %v", guarded, open); guarded == 0 {
		t.Error("no route asks for a key")
	}
	for _, route := range open {
		if !slices.Contains(openRoutes(), route) {
			t.Errorf("%s asks nobody", route)
		}
	}
}

// TestNoCircleOnceTranslated follows every reference as CloudFormation does when
// it decides what to make first.
func TestNoCircleOnceTranslated(t *testing.T) {
	all := translated(t)["Resources"].(map[string]any)
	state := map[string]int{}
	var visit func(id string, path []string)
	visit = func(id string, path []string) {
		if path = append(path, id); state[id] == 1 {
			t.Fatalf("a circle: %s", strings.Join(path, " → "))
		}
		if state[id] != 0 {
			return
		}
		state[id] = 1
		for _, next := range names(all[id]) {
			if _, ok := all[next]; ok && next != id {
				visit(next, path)
			}
		}
		state[id] = 2
	}
	for id := range all {
		visit(id, nil)
	}
}

// names are the ids that v refers to.
func names(v any) (ids []string) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			ids = append(ids, names(one)...)
		}
	case map[string]any:
		if id := target(v); id != "" {
			return []string{id}
		}
		for key, one := range v {
			text, _ := one.(string)
			if list, ok := one.([]any); ok && key == "Fn::Sub" {
				text, _ = list[0].(string)
			}
			if key == "Fn::Sub" {
				for _, m := range inSub.FindAllStringSubmatch(text, -1) {
					ids = append(ids, m[1])
				}
			}
			if key == "DependsOn" {
				for _, on := range many(one) {
					ids = append(ids, on.(string))
				}
			}
			ids = append(ids, names(one)...)
		}
	}
	return ids
}

var inSub = regexp.MustCompile(`\$\{([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\}`)
