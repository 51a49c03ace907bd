package main

import (
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"motorpool/shared/table/dynamo"
)

// storage is what must outlive everything else: the table, made as its adapter
// says, and the key.
func storage() block {
	schema, expiry := dynamo.Schema(""), dynamo.TimeToLive("").TimeToLiveSpecification
	attributes, indexes := []block{}, []block{}
	for _, a := range schema.AttributeDefinitions {
		attributes = append(attributes, block{{"AttributeName", *a.AttributeName}, {"AttributeType", string(a.AttributeType)}})
	}
	for _, x := range schema.GlobalSecondaryIndexes {
		indexes = append(indexes, block{
			{"IndexName", *x.IndexName},
			{"KeySchema", keySchema(x.KeySchema)},
			{"Projection", block{{"ProjectionType", string(x.Projection.ProjectionType)}}},
		})
	}
	stage := []block{{{"Key", "stage"}, {"Value", ref("Stage")}}}
	return block{
		{"Table", kept(block{{"Type", "AWS::DynamoDB::Table"}, {"Properties", block{
			{"BillingMode", string(schema.BillingMode)},
			{"AttributeDefinitions", attributes},
			{"KeySchema", keySchema(schema.KeySchema)},
			{"GlobalSecondaryIndexes", indexes},
			{"StreamSpecification", block{{"StreamViewType", string(schema.StreamSpecification.StreamViewType)}}},
			{"TimeToLiveSpecification", block{{"AttributeName", *expiry.AttributeName}, {"Enabled", true}}},
			{"PointInTimeRecoverySpecification", block{{"PointInTimeRecoveryEnabled", true}}},
			{"SSESpecification", block{{"SSEEnabled", true}}},
			{"DeletionProtectionEnabled", true},
			{"Tags", stage},
		}}})},
		{"Key", kept(block{{"Type", "AWS::KMS::Key"}, {"Properties", block{
			{"Description", sub("${AWS::StackName}: seals signing secrets and credentials")},
			{"EnableKeyRotation", true},
			{"Tags", stage},
		}}})},
	}
}

func keySchema(keys []types.KeySchemaElement) (all []block) {
	for _, k := range keys {
		all = append(all, block{{"AttributeName", *k.AttributeName}, {"KeyType", string(k.KeyType)}})
	}
	return all
}

// kept stays when the stack goes.
func kept(resource block) block {
	return append(block{resource[0], {"DeletionPolicy", "Retain"}, {"UpdateReplacePolicy", "Retain"}}, resource[1:]...)
}

// queues are the product's queues, each with the place where a message lies
// that could not be done, and the place for what could not be published.
func queues() block {
	const fortnight = 14 * 24 * 60 * 60
	dead := func() block {
		return block{{"Type", "AWS::SQS::Queue"}, {"Properties", block{{"MessageRetentionPeriod", fortnight}, {"SqsManagedSseEnabled", true}}}}
	}
	all := block{}
	for _, q := range queueNeeds {
		all = append(all,
			entry{id(q.name), block{{"Type", "AWS::SQS::Queue"}, {"Properties", block{
				{"VisibilityTimeout", q.visibility},
				{"MessageRetentionPeriod", fortnight},
				{"ReceiveMessageWaitTimeSeconds", 20},
				{"RedrivePolicy", block{{"deadLetterTargetArn", att(id(q.name) + "Dead.Arn")}, {"maxReceiveCount", q.receives}}},
				{"SqsManagedSseEnabled", true},
			}}}},
			entry{id(q.name) + "Dead", dead()})
	}
	return append(all, entry{"Unpublished", dead()})
}

// A queueNeed is what one of app.Queues asks of SQS. AWS advises a visibility
// of six times the consumer's timeout.
type queueNeed struct {
	name                          string
	batch, timeout                int // messages in one call; seconds for all of them
	visibility, receives, atATime int // seconds; before it lies dead; calls at once, 0 is as many as the account has
}

var queueNeeds = []queueNeed{
	{name: "deliveries", batch: 10, timeout: 60, visibility: 360, receives: 20},
	{name: "jobs", batch: 1, timeout: 120, visibility: 720, receives: 20, atATime: 10},
}
