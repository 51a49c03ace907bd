package main

import (
	"fmt"
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
	for _, part := range []block{storage(), queues(), retries(areas), apis()} {
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
		{"Parameters", parameters()},
		{"Conditions", block{{"HasDomain", call{"!Not", []any{call{"!Equals", []any{ref("Domain"), ""}}}}}}},
		{"Globals", globals()},
		{"Resources", resources},
		{"Outputs", outputs()},
	}, nil
}

func parameters() block {
	return block{
		{"Stage", block{
			{"Type", "String"},
			{"Default", "prod"},
			{"AllowedPattern", "[a-z][a-z0-9-]{0,19}"},
			{"Description", "What this deployment is for: prod, staging, a name"},
		}},
		{"LogLevel", block{
			{"Type", "String"},
			{"Default", "INFO"},
			{"AllowedValues", []string{"DEBUG", "INFO", "WARN", "ERROR"}},
			{"Description", "The least that is logged"},
		}},
		{"Domain", block{
			{"Type", "String"},
			{"Default", ""},
			{"AllowedPattern", "([a-z0-9-]+[.])*[a-z0-9-]*"},
			{"Description", "The host name under which the world reaches both APIs; empty: the addresses that API Gateway gives them"},
		}},
	}
}

// base is where people find the product. Functions behind an API cannot name it
// in their environment (the API names the functions: a cycle); they are told by
// the stage variable "base".
var base = either("HasDomain", sub("https://${Domain}"), sub("https://${Console}.execute-api.${AWS::Region}.${AWS::URLSuffix}"))

// machineARN names the state machine without referring to it, because it refers
// to the functions that would have to know.
const machineARN = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-retry"

func globals() block {
	return block{{"Function", block{
		{"Runtime", "provided.al2023"},
		{"Architectures", []string{"arm64"}},
		{"MemorySize", 512},
		{"Timeout", 29},
		{"Environment", block{{"Variables", block{
			{"TABLE", ref("Table")},
			{"KEY", att("Key.Arn")},
			{"DELIVERIES_QUEUE", ref("Deliveries")},
			{"JOBS_QUEUE", ref("Jobs")},
			{"RETRY_MACHINE", sub(machineARN)},
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
		{"ApiUrl", output("Where programs call /v1", either("HasDomain", sub("https://${Domain}"), sub("https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}")))},
		{"ConsoleUrl", output("Where people sign in", base)},
		{"TableName", output("The table with everything in it", ref("Table"))},
		{"RetryMachine", output("The state machine of retries", ref("RetryMachine"))},
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

// role is who a service of AWS is while it works for us.
func role(service, policy string, statements ...block) block {
	return block{{"Type", "AWS::IAM::Role"}, {"Properties", block{
		{"AssumeRolePolicyDocument", block{
			{"Version", "2012-10-17"},
			{"Statement", []block{{{"Effect", "Allow"}, {"Principal", block{{"Service", service}}}, {"Action", "sts:AssumeRole"}}}},
		}},
		{"Policies", []block{{
			{"PolicyName", policy},
			{"PolicyDocument", block{{"Version", "2012-10-17"}, {"Statement", statements}}},
		}}},
	}}}
}
