package main

import (
	"strings"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/inbox"
)

// programs says whether a route belongs to the API for programs; all others
// (the console, inboxes, docs) belong to the one for people.
func programs(r api.Route) bool { return strings.HasPrefix(r.Path, "/v1/") || r.Path == "/v1" }

// gatewayPath is a path as API Gateway writes it: net/http's {rest...} is its
// {rest+}, and it has no {$}.
func gatewayPath(path string) string {
	return strings.TrimSuffix(strings.ReplaceAll(path, "...}", "+}"), "{$}")
}

// A rate is requests a second in the long run, and at once.
type rate struct{ steady, burst int }

// everyRoute is the rate of a route that is not in throttles. An API Gateway
// account has 10,000 and 5,000 for all its APIs; a burst of 500 is half of the
// concurrency that a grown Lambda account has.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
var everyRoute = rate{1000, 500}

// throttles are tighter where nobody has shown yet who they are, so that a flood
// there leaves most of the account's concurrency to those who have. All callers
// share them, so they are not so tight that one guesser of sign-in links (who has
// 130 bits to guess) could keep everybody out for nothing; a limit for each
// address is WAF's to keep. A test URL takes what one inbox takes.
var throttles = map[string]rate{
	"console.sign_in":               {50, 100},
	"console.sign_in_confirm":       {50, 100},
	"console.sign_in_enter":         {50, 100},
	"console.upload_page":           {50, 100},
	"console.upload_take":           {50, 100},
	"webhooks.receive_test_request": {inbox.MaxPerSecond, 2 * inbox.MaxPerSecond},
}

// routeSettings are the throttles of an API's routes, by API Gateway's name of
// the route: "POST /sign-in/{token}".
func routeSettings(areas []functions.Area, ofPrograms bool) (all block) {
	for _, a := range areas {
		for _, r := range a.Routes {
			tight, ok := throttles[r.Name]
			if !ok || programs(r) != ofPrograms {
				continue
			}
			method := r.Method
			if method == "" {
				method = "ANY"
			}
			all = append(all, entry{method + " " + gatewayPath(r.Path), throttle(tight)})
		}
	}
	return all
}

func throttle(r rate) block {
	return block{{"ThrottlingBurstLimit", r.burst}, {"ThrottlingRateLimit", r.steady}}
}

// accessLog is a line of the access log: who asked for what, and what came of it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const accessLog = `{"at":"$context.requestTime","id":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.routeKey","status":"$context.status",` +
	`"ms":"$context.responseLatency","error":"$context.error.message","who":"$context.authorizer.error"}`

// apis are two: an HTTP API has room for 300 routes and no more integrations.
func apis(areas []functions.Area) block {
	shared := func(name string, ofPrograms bool) block {
		properties := block{
			{"FailOnWarnings", true},
			{"StageVariables", block{{"base", base}, {"api", programsBase}}},
			{"DefaultRouteSettings", throttle(everyRoute)},
		}
		if tight := routeSettings(areas, ofPrograms); tight != nil {
			properties = append(properties, entry{"RouteSettings", tight})
		}
		return append(properties, block{
			{"AccessLogSettings", block{{"DestinationArn", att("AccessLog.Arn")}, {"Format", accessLog}}},
			{"Tags", block{{"stage", ref("Stage")}}},
			{"DefinitionBody", body(name, areas, ofPrograms)},
		}...)
	}
	return block{
		{"Api", block{{"Type", "AWS::Serverless::HttpApi"}, {"Properties", shared("api", true)}}},
		{"Console", block{{"Type", "AWS::Serverless::HttpApi"}, {"Properties", shared("console", false)}}},
		{"AccessLog", logGroup()},
	}
}

// reauthorize is for how many seconds API Gateway remembers whose key it was: so
// long may a revoked key still be let in. An hour is the most it can.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
const reauthorize = 60
