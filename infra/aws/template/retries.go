package main

import "motorpool/functions"

// machineFile is the state machine's definition, beside this program.
const machineFile = "infra/aws/template/retry.asl.json"

// retries is the state machine that makes a delivery happen again, and who it
// is while it calls the steps. It writes no log: Step Functions keeps the history
// of an execution for 90 days, and would need the right to change log deliveries
// of the whole account ("*"; decision 0019).
// https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
func retries(areas []functions.Area) block {
	names, arns := block{}, []any{}
	for _, a := range areas {
		for _, s := range a.Steps {
			names = append(names, entry{id(s.Name), att(id(s.Name) + ".Arn")})
			arns = append(arns, att(id(s.Name)+".Arn"))
		}
	}
	return block{
		{"RetryMachine", block{{"Type", "AWS::Serverless::StateMachine"}, {"Properties", block{
			{"Name", sub("${AWS::StackName}-retry")},
			{"Type", "STANDARD"},
			{"DefinitionUri", machineFile},
			{"DefinitionSubstitutions", names},
			{"Role", att("RetryRole.Arn")},
			{"Tracing", block{{"Enabled", either("IsTraced", true, false)}}},
			{"Tags", block{{"stage", ref("Stage")}}},
		}}}},
		{"RetryRole", role("states.amazonaws.com", "call", true, allow(arns, "lambda:InvokeFunction"))},
	}
}
