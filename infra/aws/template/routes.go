package main

import (
	"net/http"
	"regexp"
	"strings"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/api"
)

// docsRoutes are the five addresses of lambda.ReadDocs, which is in no list.
var docsRoutes = []api.Route{
	{Name: lambda.ReadDocs, Method: http.MethodGet, Path: "/docs", Door: api.OpenDoor},
	{Name: lambda.ReadDocs, Method: http.MethodGet, Path: "/docs/{page...}", Door: api.OpenDoor},
	{Name: lambda.ReadDocs, Method: http.MethodGet, Path: "/openapi.json", Door: api.OpenDoor},
	{Name: lambda.ReadDocs, Method: http.MethodGet, Path: "/openapi.yaml", Door: api.OpenDoor},
	{Name: lambda.ReadDocs, Method: http.MethodGet, Path: "/healthz", Door: api.OpenDoor},
}

// body is an API as API Gateway imports it: which function answers what, and
// by which role API Gateway calls it. Written out here, a route costs no resource
// beside its function; an event of SAM's would cost a permission (decision 0029).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
func body(name string, areas []functions.Area, ofPrograms bool) block {
	var order []string
	paths := map[string]block{}
	add := func(r api.Route) {
		if programs(r) != ofPrograms {
			return
		}
		path := gatewayPath(r.Path)
		if paths[path] == nil {
			order = append(order, path)
		}
		paths[path] = append(paths[path], entry{method(r), operation(r)})
	}
	for _, r := range docsRoutes {
		add(r)
	}
	for _, a := range areas {
		for _, r := range a.Routes {
			add(r)
		}
	}
	all := block{}
	for _, path := range order {
		all = append(all, entry{path, paths[path]})
	}
	doc := block{
		{"openapi", "3.0.1"},
		{"info", block{{"title", sub("${AWS::StackName}-" + name)}, {"version", "1.0"}}},
		{"paths", all},
	}
	if ofPrograms {
		doc = append(doc, entry{"components", block{{"securitySchemes", block{{"Key", keys()}}}}})
	}
	return doc
}

// method is a route's method as OpenAPI writes it.
func method(r api.Route) string {
	if r.Method == "" {
		return "x-amazon-apigateway-any-method"
	}
	return strings.ToLower(r.Method)
}

// operation leads one route to its function.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
func operation(r api.Route) block {
	op := block{}
	if named := inPath.FindAllStringSubmatch(gatewayPath(r.Path), -1); named != nil {
		var all []block
		for _, m := range named {
			all = append(all, block{{"name", m[1]}, {"in", "path"}, {"required", true}})
		}
		op = append(op, entry{"parameters", all})
	}
	if programs(r) && r.Door == api.KeyDoor {
		op = append(op, entry{"security", []block{{{"Key", []string{}}}}})
	}
	return append(op, block{
		{"responses", block{}},
		{"x-amazon-apigateway-integration", block{
			{"type", "aws_proxy"},
			{"httpMethod", http.MethodPost},
			{"payloadFormatVersion", "2.0"},
			{"credentials", att(caller(r.Area()) + ".Arn")},
			{"uri", invocation(r.Function())},
		}},
	}...)
}

// inPath finds the parameters of a path, as API Gateway names them.
var inPath = regexp.MustCompile(`\{([^}]+)\}`)

// invocation is a function as API Gateway calls it.
func invocation(function string) call {
	return sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${" + id(function) + ".Arn}/invocations")
}

// keys is the Lambda authorizer: it is asked once for each Authorization header
// in reauthorize seconds.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
func keys() block {
	return block{
		{"type", "apiKey"},
		{"name", "Authorization"},
		{"in", "header"},
		{"x-amazon-apigateway-authorizer", block{
			{"type", "request"},
			{"identitySource", "$request.header.Authorization"},
			{"authorizerPayloadFormatVersion", "2.0"},
			{"authorizerResultTtlInSeconds", reauthorize},
			{"enableSimpleResponses", true},
			{"authorizerCredentials", att(caller(authorizer) + ".Arn")},
			{"authorizerUri", invocation(lambda.CheckKey)},
		}},
	}
}

// caller is the role by which API Gateway calls the functions of an area.
func caller(area string) string { return id(area) + "Caller" }

// callers are the roles by which API Gateway calls what is behind it: one an area,
// because the names of all functions together are longer than a role's policies
// may be (10,240 characters; each takes up to 120). Nobody else can use such a
// role: to put it into an API one needs iam:PassRole for it in this account.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
func callers(areas []functions.Area) (all block) {
	for _, a := range areas {
		var names []string
		switch a.Name {
		case authorizer:
			names = []string{lambda.CheckKey}
		case docs:
			names = []string{lambda.ReadDocs}
		}
		for _, r := range answered(a) {
			names = append(names, r.function)
		}
		if len(names) == 0 {
			continue
		}
		var arns []any
		for _, name := range names {
			arns = append(arns, att(id(name)+".Arn"))
		}
		all = append(all, entry{caller(a.Name), role("apigateway.amazonaws.com", "call", false, allow(arns, "lambda:InvokeFunction"))})
	}
	return all
}

// An answering is a function behind an API, and the routes that it answers.
type answering struct {
	function string
	routes   []api.Route
}

// answered are the functions of an area's routes, in the order of its list.
func answered(a functions.Area) (all []answering) {
	at := map[string]int{}
	for _, r := range a.Routes {
		name := r.Function()
		if _, ok := at[name]; !ok {
			at[name] = len(all)
			all = append(all, answering{function: name})
		}
		all[at[name]].routes = append(all[at[name]].routes, r)
	}
	return all
}
