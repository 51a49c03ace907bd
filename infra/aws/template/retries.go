package main

import "motorpool/functions"

// machineFile is the state machine's definition, beside this program.
const machineFile = "infra/aws/template/retry.asl.json"

// retries is the state machine that makes a delivery happen again, and who it
// is while it calls the steps.
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
			{"Tags", block{{"stage", ref("Stage")}}},
		}}}},
		{"RetryRole", role("states.amazonaws.com", "call", allow(arns, "lambda:InvokeFunction"))},
	}
}
