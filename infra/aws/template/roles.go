package main

import (
	"fmt"
	"slices"

	"motorpool/functions"
	"motorpool/shared/table/dynamo"
)

// A grant is one thing that the functions of an area may do to a resource.
type grant string

const (
	admit   grant = "admit"   // find a key, and note when it was last used
	look    grant = "look"    // read
	store   grant = "store"   // everything the table port does
	seal    grant = "seal"    // secrets
	send    grant = "send"    // to both queues
	begin   grant = "begin"   // runs of retries
	follow  grant = "follow"  // the table's stream
	consume grant = "consume" // both queues
)

// needs is what each area's functions do, and so all that they may do.
var needs = map[string][]grant{
	authorizer: {admit},
	docs:       {look},
	operator:   {store},
	"console":  {store, seal, send},
	"fleet":    {store, seal},
	"settings": {store, seal},
	"steps":    {store, seal, send},
	"ticks":    {store, send},
	"webhooks": {store, seal, send},
	"workers":  {store, seal, send, begin, follow, consume},
}

var statements = map[grant][]block{
	admit: {allow(att("Table.Arn"), "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem")},
	look:  {allow(att("Table.Arn"), "dynamodb:GetItem", "dynamodb:Query")},
	store: {allow([]any{att("Table.Arn"), sub("${Table.Arn}/index/" + dynamo.Index)},
		"dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query")},
	seal:  {allow(att("Key.Arn"), "kms:Decrypt", "kms:GenerateDataKey")},
	send:  {allow([]any{att("Deliveries.Arn"), att("Jobs.Arn")}, "sqs:SendMessage")},
	begin: {allow(sub(machineARN), "states:StartExecution")},
	follow: {
		allow(att("Table.StreamArn"), "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
		allow(sub("${Table.Arn}/stream/*"), "dynamodb:ListStreams"),
		allow(att("Unpublished.Arn"), "sqs:SendMessage"),
	},
	consume: {allow([]any{att("Deliveries.Arn"), att("Jobs.Arn")},
		"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")},
}

// identity is what all functions of one area share: who they are and where they log.
func identity(name string, a functions.Area) (block, error) {
	grants, ok := needs[name]
	if !ok {
		return nil, fmt.Errorf("say in roles.go what the functions of %s may do", name)
	}
	if len(a.Streams) > 0 && !slices.Contains(grants, follow) || len(a.Consumers) > 0 && !slices.Contains(grants, consume) {
		return nil, fmt.Errorf("%s has streams or consumers but no grant to read them in roles.go", name)
	}
	may := []block{allow(att(id(name)+"Log.Arn"), "logs:CreateLogStream", "logs:PutLogEvents")}
	for _, g := range grants {
		may = append(may, statements[g]...)
	}
	return block{
		{id(name) + "Role", role("lambda.amazonaws.com", name, may...)},
		{id(name) + "Log", logGroup()},
	}, nil
}

func logGroup() block {
	return block{{"Type", "AWS::Logs::LogGroup"}, {"Properties", block{{"RetentionInDays", 90}}}}
}
