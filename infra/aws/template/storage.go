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
			{"Tags", tags()},
		}}})},
		{"Key", kept(block{{"Type", "AWS::KMS::Key"}, {"Properties", block{
			{"Description", sub("${AWS::StackName}: seals signing secrets and credentials")},
			{"EnableKeyRotation", true},
			{"Tags", tags()},
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
