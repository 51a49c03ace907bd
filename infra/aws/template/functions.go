package main

import (
	"net/http"
	"strings"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/api"
)

// A function is one Lambda.
type function struct {
	area, name, about string
	events            block // what wakes it, by name; empty if that is declared elsewhere
	own               block // properties beyond those of all functions
}

// functionsOf lists the functions of an area in the order of its lists.
func functionsOf(a functions.Area) []function {
	var all []function
	add := func(name, about string, event, own block) {
		f := function{area: a.Name, name: name, about: about, own: own}
		if event != nil {
			f.events = block{{"On", event}}
		}
		all = append(all, f)
	}
	switch a.Name {
	case authorizer:
		add(lambda.CheckKey, "Find out whose API key this is", nil, block{{"Timeout", 5}})
	case operator:
		add(lambda.LetIn, "Make the first workspace, and a link that signs its owner in", nil, block{{"Timeout", 10}, baseURL()})
	case docs:
		add(lambda.ReadDocs, "Show the docs, the OpenAPI document and whether all is well", nil, block{{"Timeout", 5}})
		for _, at := range []entry{{"Index", "/docs"}, {"Page", "/docs/{page...}"}, {"Json", "/openapi.json"}, {"Yaml", "/openapi.yaml"}, {"Health", "/healthz"}} {
			all[0].events = append(all[0].events, entry{at.key, routeEvent(api.Route{Method: http.MethodGet, Path: at.value.(string)})})
		}
	}
	for _, r := range a.Routes {
		add(r.Name, r.Summary, routeEvent(r), nil)
	}
	for _, s := range a.Streams {
		add(s.Name, s.About, streamEvent(), block{{"Timeout", 60}, baseURL()})
	}
	for _, c := range a.Consumers {
		for _, q := range queueNeeds {
			if q.name == c.Queue {
				add(c.Name, c.About, queueEvent(q), block{{"Timeout", q.timeout}, baseURL()})
			}
		}
	}
	for _, s := range a.Steps {
		add(s.Name, s.About, nil, block{{"Timeout", 30}, baseURL()})
	}
	for _, t := range a.Ticks {
		add(t.Name, t.About, nil, block{{"Timeout", 300}, baseURL()})
	}
	return all
}

func baseURL() entry {
	return entry{"Environment", block{{"Variables", block{{"BASE_URL", base}}}}}
}

// resource is the function as SAM writes it. SAM merges Globals into it.
func (f function) resource() entry {
	properties := block{
		{"Description", strings.TrimSuffix(firstSentence(f.about), ".")},
		{"CodeUri", "build/" + f.area},
		{"Handler", f.name},
		{"Role", att(id(f.area) + "Role.Arn")},
		{"LoggingConfig", block{{"LogFormat", "JSON"}, {"ApplicationLogLevel", ref("LogLevel")}, {"LogGroup", ref(id(f.area) + "Log")}}},
	}
	properties = append(properties, f.own...)
	if f.events != nil {
		properties = append(properties, entry{"Events", f.events})
	}
	return entry{id(f.name), block{
		{"Type", "AWS::Serverless::Function"},
		{"Metadata", block{{"SkipBuild", true}}},
		{"Properties", properties},
	}}
}

// firstSentence is what fits into a function's description: 256 characters.
func firstSentence(text string) string {
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i]
	}
	return text[:min(len(text), 250)]
}

// programs says whether a route belongs to the API for programs; all others
// (the console, inboxes, docs) belong to the one for people.
func programs(r api.Route) bool { return strings.HasPrefix(r.Path, "/v1/") || r.Path == "/v1" }

func routeEvent(r api.Route) block {
	at := block{
		{"ApiId", ref("Console")},
		{"Method", r.Method},
		{"Path", gatewayPath(r.Path)},
	}
	if r.Method == "" {
		at[1].value = "ANY"
	}
	if programs(r) {
		at[0].value = ref("Api")
		if r.Door == api.OpenDoor {
			at = append(at, entry{"Auth", block{{"Authorizer", "NONE"}}})
		}
	}
	return block{{"Type", "HttpApi"}, {"Properties", at}}
}

// gatewayPath is a path as API Gateway writes it: net/http's {rest...} is its
// {rest+}, and it has no {$}.
func gatewayPath(path string) string {
	return strings.TrimSuffix(strings.ReplaceAll(path, "...}", "+}"), "{$}")
}

func streamEvent() block {
	return block{{"Type", "DynamoDB"}, {"Properties", block{
		{"Stream", att("Table.StreamArn")},
		{"StartingPosition", "TRIM_HORIZON"},
		{"BatchSize", 100},
		{"ParallelizationFactor", 10},
		{"BisectBatchOnFunctionError", true},
		{"MaximumRecordAgeInSeconds", 6 * 60 * 60},
		{"FilterCriteria", block{{"Filters", []block{{{"Pattern", `{"eventName":["INSERT"],"dynamodb":{"Keys":{"SK":{"S":[{"prefix":"EVENT#"}]}}}}`}}}}}},
		{"DestinationConfig", block{{"OnFailure", block{{"Type", "SQS"}, {"Destination", att("Unpublished.Arn")}}}}},
	}}}
}

func queueEvent(q queueNeed) block {
	at := block{
		{"Queue", att(id(q.name) + ".Arn")},
		{"BatchSize", q.batch},
		{"FunctionResponseTypes", []string{"ReportBatchItemFailures"}},
	}
	if q.atATime > 0 {
		at = append(at, entry{"ScalingConfig", block{{"MaximumConcurrency", q.atATime}}})
	}
	return block{{"Type", "SQS"}, {"Properties", at}}
}

// apis are two: HTTP APIs have room for 300 routes each.
func apis() block {
	shared := func(name string) block {
		return block{
			{"Name", sub("${AWS::StackName}-" + name)},
			{"FailOnWarnings", true},
			{"StageVariables", block{{"base", base}}},
			{"DefaultRouteSettings", block{{"ThrottlingBurstLimit", 500}, {"ThrottlingRateLimit", 1000}}},
			{"AccessLogSettings", block{
				{"DestinationArn", att("AccessLog.Arn")},
				{"Format", `{"at":"$context.requestTime","id":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.routeKey","status":"$context.status","ms":"$context.responseLatency","error":"$context.error.message","who":"$context.authorizer.error"}`},
			}},
			{"Tags", block{{"stage", ref("Stage")}}},
		}
	}
	key := block{
		{"FunctionArn", att(id(lambda.CheckKey) + ".Arn")},
		{"AuthorizerPayloadFormatVersion", "2.0"},
		{"EnableSimpleResponses", true},
		{"EnableFunctionDefaultPermissions", true},
		{"Identity", block{{"Headers", []string{http.CanonicalHeaderKey("Authorization")}}, {"ReauthorizeEvery", 60}}},
	}
	auth := block{{"DefaultAuthorizer", "Key"}, {"Authorizers", block{{"Key", key}}}}
	return block{
		{"Api", block{{"Type", "AWS::Serverless::HttpApi"}, {"Properties", append(shared("api"), entry{"Auth", auth})}}},
		{"Console", block{{"Type", "AWS::Serverless::HttpApi"}, {"Properties", shared("console")}}},
		{"AccessLog", logGroup()},
	}
}

// schedules wake the ticks. A tick that was missed is made good by the next.
func schedules(areas []functions.Area) block {
	all, arns := block{}, []any{}
	for _, a := range areas {
		for _, t := range a.Ticks {
			arns = append(arns, att(id(t.Name)+".Arn"))
			all = append(all, entry{id(t.Name) + "Schedule", block{{"Type", "AWS::Scheduler::Schedule"}, {"Properties", block{
				{"Description", "Wakes " + t.Name},
				{"ScheduleExpression", t.Schedule},
				{"ScheduleExpressionTimezone", "UTC"},
				{"FlexibleTimeWindow", block{{"Mode", "OFF"}}},
				{"Target", block{
					{"Arn", att(id(t.Name) + ".Arn")},
					{"RoleArn", att("SchedulesRole.Arn")},
					{"RetryPolicy", block{{"MaximumEventAgeInSeconds", 3600}, {"MaximumRetryAttempts", 3}}},
				}},
			}}}})
		}
	}
	if len(all) == 0 {
		return nil
	}
	return append(block{{"SchedulesRole", role("scheduler.amazonaws.com", "wake", allow(arns, "lambda:InvokeFunction"))}}, all...)
}
