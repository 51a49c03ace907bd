package main

import (
	"context"
	"fmt"
	"math"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// DynamoDB Local adds up the bytes of a transaction's items before it rounds
// them to units; DynamoDB rounds each item up by itself, and counts it twice.
// So a transaction is counted here, by the rule; every other call is counted as
// DynamoDB Local does, which follows it.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html (index updates)
//
// Whether AWS counts a transaction's index updates twice too, its pages do not
// say; DynamoDB Local does, and so does this: if it is wrong, it is too much.

type image = map[string]types.AttributeValue

// transaction is the write units of one, to be counted before it is done.
func transaction(ctx context.Context, db *dynamodb.Client, in *dynamodb.TransactWriteItemsInput) (units float64, err error) {
	for _, step := range in.TransactItems {
		var was, is image
		var key image
		switch {
		case step.Put != nil:
			is, key = step.Put.Item, place(step.Put.Item)
		case step.Delete != nil:
			key = step.Delete.Key
		default:
			key = step.ConditionCheck.Key
		}
		if was, err = before(ctx, db, in, key); err != nil {
			return 0, err
		}
		if step.ConditionCheck != nil {
			units += 2 * kilobytes(was)
			continue
		}
		units += 2 * (max(kilobytes(was), kilobytes(is)) + indexUnits(was, is))
	}
	return units, nil
}

func place(it image) image { return image{"PK": it["PK"], "SK": it["SK"]} }

func before(ctx context.Context, db *dynamodb.Client, in *dynamodb.TransactWriteItemsInput, key image) (image, error) {
	out, err := db.GetItem(ctx, &dynamodb.GetItemInput{TableName: tableOf(in.TransactItems[0]), Key: key, ConsistentRead: aws.Bool(true)})
	if err != nil {
		return nil, err
	}
	return out.Item, nil
}

func tableOf(step types.TransactWriteItem) *string {
	switch {
	case step.Put != nil:
		return step.Put.TableName
	case step.Delete != nil:
		return step.Delete.TableName
	}
	return step.ConditionCheck.TableName
}

// kilobytes is the units of one write of an item, at least one.
func kilobytes(it image) float64 { return max(1, math.Ceil(bytesOf(it)/1024)) }

func bytesOf(it image) (n float64) {
	for name, v := range it {
		n += float64(len(name)) + weight(v)
	}
	return n
}

// indexUnits is what the index's copy costs: all of the item is in it.
func indexUnits(was, is image) float64 {
	from, to := spot(was), spot(is)
	switch {
	case from == to && to == "":
		return 0
	case from == "":
		return kilobytes(is)
	case to == "":
		return kilobytes(was)
	case from == to:
		return max(kilobytes(was), kilobytes(is))
	}
	return kilobytes(was) + kilobytes(is)
}

func spot(it image) string {
	pk, is := it["I1PK"].(*types.AttributeValueMemberS)
	if !is {
		return ""
	}
	return pk.Value + "\x00" + it["I1SK"].(*types.AttributeValueMemberS).Value
}

func weight(v types.AttributeValue) float64 {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return float64(len(v.Value))
	case *types.AttributeValueMemberB:
		return float64(len(v.Value))
	case *types.AttributeValueMemberN:
		return float64(len(v.Value)/2 + 1)
	}
	panic(fmt.Sprintf("an attribute of type %T", v))
}
