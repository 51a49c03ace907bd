// Package dynamo keeps the table in DynamoDB.
//
// An item has these attributes:
//
//	PK, SK       its place
//	I1PK, I1SK   its place in the index GSI1; absent if not indexed
//	V            its version
//	X            the second at which it expires (the table's TTL); absent if never
//	Z            its document, squeezed (squeeze.go); byte for byte when it is not
//	D            the document as JSON text, where that is as short
//	W            which PutItem wrote it, so that one whose answer was lost on
//	             the way is not taken for somebody else's
//	M            it came with a Load, and no change has been made to it since
//
// Reads of the table are consistent unless table.Lately allows otherwise; reads
// of the index lag. Throttled, failed
// and colliding calls are tried again for a few seconds; then the answer is
// fault.Unavailable.
package dynamo

import (
	"context"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"motorpool/shared/table"
)

// Index is the name of the table's one index.
const Index = "GSI1"

// Table is a table.Table in DynamoDB.
type Table struct {
	client calls
	name   string
	now    func() time.Time
}

var _ table.Table = (*Table)(nil)

// New returns the table called name, made as Schema says. Expiry is judged by
// now, because DynamoDB deletes what has expired only hours or days later.
func New(client *dynamodb.Client, name string, now func() time.Time) *Table {
	return &Table{calls{client.GetItem, client.Query, client.PutItem, client.TransactWriteItems}, name, now}
}

// calls are the operations of DynamoDB that are used. The adapter keeps them and not
// the client, which has a method for each there is: a binary with templates in it
// keeps all methods of all types that it can reach.
type calls struct {
	GetItem            func(context.Context, *dynamodb.GetItemInput, ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error)
	Query              func(context.Context, *dynamodb.QueryInput, ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error)
	PutItem            func(context.Context, *dynamodb.PutItemInput, ...func(*dynamodb.Options)) (*dynamodb.PutItemOutput, error)
	TransactWriteItems func(context.Context, *dynamodb.TransactWriteItemsInput, ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error)
}

// Get returns the item at k.
func (t *Table) Get(ctx context.Context, k table.Key) (it table.Item, err error) {
	if !k.Valid() {
		return it, table.NotFound(k)
	}
	in := &dynamodb.GetItemInput{TableName: &t.name, Key: place(k), ConsistentRead: aws.Bool(!table.IsLately(ctx))}
	err = try(ctx, func(ctx context.Context, _ int) error {
		out, err := t.client.GetItem(ctx, in, once)
		if err == nil {
			it, err = decode(out.Item)
		}
		return err
	})
	if err == nil && !t.live(it) {
		return table.Item{}, table.NotFound(k)
	}
	return it, err
}

// Query reads one page. Expired items count for its limit, so that it may be
// short.
func (t *Table) Query(ctx context.Context, q table.Query) (page table.Page, err error) {
	from, more, err := q.Resume()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil || q.Empty() {
		return page, err
	}
	in := t.query(q)
	if more {
		in.ExclusiveStartKey = startKey(q, from)
	}
	var out *dynamodb.QueryOutput
	if err := try(ctx, func(ctx context.Context, _ int) (err error) {
		out, err = t.client.Query(ctx, in, once)
		return err
	}); err != nil {
		return page, err
	}
	return t.page(q, out)
}

// page ends after table.MaxPageBytes of documents: DynamoDB counted them as
// they are stored, which is shorter.
func (t *Table) page(q table.Query, out *dynamodb.QueryOutput) (page table.Page, err error) {
	size := 0
	for i, a := range out.Items {
		it, err := decode(a)
		if err != nil {
			return table.Page{}, err
		}
		if t.live(it) {
			page.Items = append(page.Items, it)
		}
		if size += len(it.Doc); size >= table.MaxPageBytes && i < len(out.Items)-1 {
			page.Next = q.Next(endPlace(q, a))
			return page, nil
		}
	}
	if len(out.LastEvaluatedKey) > 0 {
		page.Next = q.Next(endPlace(q, out.LastEvaluatedKey))
	}
	return page, nil
}

func (t *Table) query(q table.Query) *dynamodb.QueryInput {
	pk, sk := "PK", "SK"
	in := &dynamodb.QueryInput{
		TableName:        &t.name,
		ScanIndexForward: aws.Bool(!q.Reverse),
		Limit:            aws.Int32(int32(q.Size())),
		ConsistentRead:   aws.Bool(!q.Index),
	}
	if q.Index {
		pk, sk, in.IndexName = "I1PK", "I1SK", aws.String(Index)
	}
	when, vals := pk+" = :pk", attrs{":pk": text(q.PK)}
	switch {
	case q.Prefix != "":
		when += " AND begins_with(" + sk + ", :from)"
		vals[":from"] = text(q.Prefix)
	case q.From != "" && q.To != "":
		when += " AND " + sk + " BETWEEN :from AND :to"
		vals[":from"], vals[":to"] = text(q.From), text(q.To)
	case q.From != "":
		when += " AND " + sk + " >= :from"
		vals[":from"] = text(q.From)
	case q.To != "":
		when += " AND " + sk + " <= :to"
		vals[":to"] = text(q.To)
	}
	in.KeyConditionExpression, in.ExpressionAttributeValues = &when, vals
	return in
}

// startKey and endPlace translate between a cursor's place and DynamoDB's. The
// partition is the query's own.
func startKey(q table.Query, at table.Place) attrs {
	if !q.Index {
		return place(table.Key{PK: q.PK, SK: at.SK})
	}
	a := place(at.Key)
	a["I1PK"], a["I1SK"] = text(q.PK), text(at.SK)
	return a
}

func endPlace(q table.Query, last attrs) table.Place {
	if !q.Index {
		return table.Place{SK: str(last["SK"])}
	}
	return table.Place{SK: str(last["I1SK"]), Key: table.Key{PK: str(last["PK"]), SK: str(last["SK"])}}
}

func (t *Table) live(it table.Item) bool {
	return it.Version > 0 && (it.Expires.IsZero() || it.Expires.After(t.now()))
}

type attrs = map[string]types.AttributeValue

func place(k table.Key) attrs { return attrs{"PK": text(k.PK), "SK": text(k.SK)} }

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

func str(v types.AttributeValue) string {
	if s, is := v.(*types.AttributeValueMemberS); is {
		return s.Value
	}
	return ""
}
