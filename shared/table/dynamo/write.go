package dynamo

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"motorpool/shared/table"
)

// An expired item that DynamoDB has not yet swept away counts as absent.
const (
	vacant    = "attribute_not_exists(PK) OR X <= :now"
	unchanged = "V = :v AND (attribute_not_exists(X) OR X > :now)"
)

// Write sends a single put as itself, which costs half, and all else as a
// transaction. A single delete is one too: if its answer is lost, only a
// transaction's token can tell whose delete it was.
func (t *Table) Write(ctx context.Context, ops ...table.Op) error {
	if err := table.Validate(ops); err != nil {
		return err
	}
	if len(ops) == 1 && ops[0].Kind == table.OpPut {
		return t.put(ctx, ops[0])
	}
	return t.transact(ctx, ops)
}

func (t *Table) put(ctx context.Context, op table.Op) error {
	when, vals := t.condition(op)
	mark := rand.Text()
	in := &dynamodb.PutItemInput{
		TableName: &t.name, Item: encode(op.Item),
		ConditionExpression: &when, ExpressionAttributeValues: vals,
	}
	in.Item["W"] = text(mark)
	return try(ctx, func(ctx context.Context, attempt int) error {
		if attempt > 0 { // the attempt before may have been done, and only its answer lost
			in.ReturnValuesOnConditionCheckFailure = types.ReturnValuesOnConditionCheckFailureAllOld
		}
		_, err := t.client.PutItem(ctx, in, once)
		if failed, is := errors.AsType[*types.ConditionalCheckFailedException](err); is {
			if str(failed.Item["W"]) == mark {
				return nil
			}
			return &table.Conflict{Op: 0, Key: op.Item.Key}
		}
		return err
	})
}

// transact gives all attempts one token: DynamoDB answers a transaction that it
// has done already as it did the first time.
func (t *Table) transact(ctx context.Context, ops []table.Op) error {
	in := &dynamodb.TransactWriteItemsInput{ClientRequestToken: aws.String(rand.Text())}
	for _, op := range ops {
		in.TransactItems = append(in.TransactItems, t.step(op))
	}
	return try(ctx, func(ctx context.Context, attempt int) error {
		_, err := t.client.TransactWriteItems(ctx, in, once)
		cancelled, is := errors.AsType[*types.TransactionCanceledException](err)
		if !is || attempt < attempts-1 && collided(cancelled) {
			return err
		}
		failed := func(r types.CancellationReason) bool { return aws.ToString(r.Code) == "ConditionalCheckFailed" }
		if i := slices.IndexFunc(cancelled.CancellationReasons, failed); i >= 0 {
			return &table.Conflict{Op: i, Key: ops[i].Item.Key}
		}
		return err
	})
}

func (t *Table) step(op table.Op) types.TransactWriteItem {
	when, vals := t.condition(op)
	switch op.Kind {
	case table.OpPut:
		return types.TransactWriteItem{Put: &types.Put{
			TableName: &t.name, Item: encode(op.Item), ConditionExpression: &when, ExpressionAttributeValues: vals,
		}}
	case table.OpDelete:
		return types.TransactWriteItem{Delete: &types.Delete{
			TableName: &t.name, Key: place(op.Item.Key), ConditionExpression: &when, ExpressionAttributeValues: vals,
		}}
	default:
		return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{
			TableName: &t.name, Key: place(op.Item.Key), ConditionExpression: &when, ExpressionAttributeValues: vals,
		}}
	}
}

func (t *Table) condition(op table.Op) (string, attrs) {
	vals := attrs{":now": number(t.now().Unix())}
	if op.Item.Version == 0 {
		return vacant, vals
	}
	vals[":v"] = number(op.Item.Version)
	return unchanged, vals
}
