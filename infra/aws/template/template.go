package main

import (
	"fmt"
	"slices"
	"strings"

	"motorpool/functions"
)

// The areas that package functions does not know.
const (
	authorizer = "authorizer" // API Gateway calls it, nobody else
	docs       = "docs"       // shows what the lists say
	operator   = "operator"   // whoever deploys calls it by hand
)

// template is the whole deployed system.
func template(areas []functions.Area) (block, error) {
	resources := block{}
	for _, part := range []block{storage(), bucket(), queues(), retries(areas), apis(areas)} {
		resources = append(resources, part...)
	}
	all := append([]functions.Area{{Name: authorizer}, {Name: docs}, {Name: operator}}, areas...)
	for _, a := range all {
		role, err := identity(a.Name, a)
		if err != nil {
			return nil, err
		}
		resources = append(resources, role...)
	}
	resources = append(resources, callers(all)...)
	for _, a := range all {
		for _, f := range functionsOf(a) {
			resources = append(resources, f.resource())
		}
	}
	resources = append(resources, schedules(areas)...)
	return block{
		{"AWSTemplateFormatVersion", "2010-09-09"},
		{"Transform", "AWS::Serverless-2016-10-31"},
		{"Description", "Motorpool: vehicle subscription and rental, and the webhooks that tell of it"},
		{"Metadata", metadata()},
		{"Parameters", parameters()},
		{"Conditions", conditions()},
		{"Globals", globals()},
		{"Resources", resources},
		{"Outputs", outputs()},
	}, nil
}

// base is where people find the product, and programsBase where programs do.
// Functions behind an API cannot name them in their environment (the API names
// the functions: a cycle); they are told by the stage variables "base" and "api".
var (
	base         = address("Console")
	programsBase = address("Api")
)

func address(api string) call {
	return either("HasDomain", sub("https://${Domain}"), sub("https://${"+api+"}.execute-api.${AWS::Region}.${AWS::URLSuffix}"))
}

// machineARN names the state machine without referring to it, because it refers
// to the functions that would have to know.
const machineARN = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-retry"

// routeTimeout is a second less than an HTTP API waits for an answer, so that the
// function itself says what was wrong.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const routeTimeout = 29

func globals() block {
	return block{{"Function", block{
		{"Runtime", "provided.al2023"},
		{"Architectures", []string{"arm64"}},
		{"MemorySize", 512},
		{"Timeout", routeTimeout},
		{"Tracing", ref("Tracing")},
		{"Environment", block{{"Variables", block{
			{"TABLE", ref("Table")},
			{"KEY", att("Key.Arn")},
			{"DELIVERIES_QUEUE", ref("Deliveries")},
			{"JOBS_QUEUE", ref("Jobs")},
			{"LETTERS_QUEUE", ref("Letters")},
			{"MAIL_FROM", ref("MailFrom")},
			{"FILES_BUCKET", ref("Files")},
			{"RETRY_MACHINE", sub(machineARN)},
			{"STAGE", ref("Stage")},
			{"LOG_LEVEL", ref("LogLevel")},
		}}}},
		{"Tags", block{{"stage", ref("Stage")}}},
	}}}
}

func outputs() block {
	output := func(about string, value any) block {
		return block{{"Description", about}, {"Value", value}}
	}
	return block{
		{"ApiUrl", output("Where programs call /v1", programsBase)},
		{"ConsoleUrl", output("Where people sign in", base)},
		{"ApiId", output("The HTTP API for programs", ref("Api"))},
		{"ConsoleId", output("The HTTP API for people", ref("Console"))},
		{"LetIn", output("The function that makes the first workspace and a link to sign in with: sam remote invoke", ref("OperatorLetIn"))},
		{"TableName", output("The table with everything in it", ref("Table"))},
		{"StreamArn", output("The table's stream, from which Unpublished is published again", att("Table.StreamArn"))},
		{"KeyArn", output("The key that seals secrets", att("Key.Arn"))},
		{"DeliveriesQueue", output("The queue of first attempts", ref("Deliveries"))},
		{"DeliveriesDeadQueue", output("First attempts that could not be made or recorded", ref("DeliveriesDead"))},
		{"FilesBucket", output("The bucket with what was uploaded", ref("Files"))},
		{"JobsQueue", output("The queue of long work, in pages", ref("Jobs"))},
		{"JobsDeadQueue", output("Pages that could not be done", ref("JobsDead"))},
		{"LettersQueue", output("The queue of letters to be sent", ref("Letters"))},
		{"LettersDeadQueue", output("Letters that could not be read", ref("LettersDead"))},
		{"UnpublishedQueue", output("Where in the stream the events lie that could not be published", ref("Unpublished"))},
		{"UnscheduledQueue", output("Ticks that could not be started", ref("Unscheduled"))},
		{"RetryMachine", output("The state machine of retries", ref("RetryMachine"))},
		{"AccessLog", output("The access log of both APIs", ref("AccessLog"))},
	}
}

// id is a name as CloudFormation writes it: webhooks.create_endpoint becomes
// WebhooksCreateEndpoint.
func id(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '_' || r == '-' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// allow is one statement of a role. It refuses what a role must never hold.
func allow(resource any, actions ...string) block {
	for _, a := range actions {
		if strings.Contains(a, "*") {
			panic(fmt.Sprintf("template: the action %s is too wide", a))
		}
	}
	return block{{"Effect", "Allow"}, {"Action", actions}, {"Resource", resource}}
}

// role is who a service of AWS is while it works for us, and for nobody else. One
// that traces may also write to X-Ray, which knows no resources that one could
// name; AWS's own policy for that is the one exception to "no stars" (decision
// 0019), and it is gone where tracing is off.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
func role(service, policy string, traces bool, statements ...block) block {
	trust := block{{"Effect", "Allow"}, {"Principal", block{{"Service", service}}}, {"Action", "sts:AssumeRole"}}
	if !slices.Contains(untold, service) {
		trust = append(trust, entry{"Condition", block{{"StringEquals", block{{"aws:SourceAccount", ref("AWS::AccountId")}}}}})
	}
	properties := block{{"AssumeRolePolicyDocument", block{{"Version", "2012-10-17"}, {"Statement", []block{trust}}}}}
	if traces {
		properties = append(properties, entry{"ManagedPolicyArns", either("IsTraced", []any{sub(tracingPolicy)}, ref("AWS::NoValue"))})
	}
	return block{{"Type", "AWS::IAM::Role"}, {"Properties", append(properties, block{
		{"Policies", []block{{
			{"PolicyName", policy},
			{"PolicyDocument", block{{"Version", "2012-10-17"}, {"Statement", statements}}},
		}}},
		{"Tags", tags()},
	}...)}}
}

// untold are the services that assume a role without saying for which account, or
// of which AWS does not write that they say it. Whoever makes them use a role
// needs iam:PassRole for it in its own account.
var untold = []string{"apigateway.amazonaws.com", "lambda.amazonaws.com"}

// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html
const tracingPolicy = "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"
