package dynamo

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"golang.org/x/sync/errgroup"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// moved is the attribute of items that came with a Load. The stream's filter
// lets no item pass that has it, because what it tells of happened elsewhere.
const moved = "M"

// Moved reports whether a stream's new image, in DynamoDB's JSON, is of an item
// that came with a Load: for those who read a stream without its filter.
func Moved(image json.RawMessage) bool {
	var wire map[string]json.RawMessage
	return json.Unmarshal(image, &wire) == nil && wire[moved] != nil
}

// Mover is a Table with its second door, which takes operations that the
// product itself never asks for.
type Mover struct {
	*Table
	scan  func(context.Context, *dynamodb.ScanInput, ...func(*dynamodb.Options)) (*dynamodb.ScanOutput, error)
	write func(context.Context, *dynamodb.BatchWriteItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error)
}

var _ table.Mover = (*Mover)(nil)

// NewMover returns the DynamoDB table called name with both its doors.
func NewMover(client *dynamodb.Client, name string, now func() time.Time) *Mover {
	return &Mover{New(client, name, now), client.Scan, client.BatchWriteItem}
}

// Scan reads the whole table, page by page, and leaves away what has another
// prefix: DynamoDB has no order of partition keys to begin in the middle of.
func (t *Mover) Scan(ctx context.Context, s table.Scan) (page table.Page, err error) {
	in := &dynamodb.ScanInput{TableName: &t.name, ConsistentRead: aws.Bool(true), Limit: aws.Int32(int32(s.Size()))}
	when, vals := "", attrs{}
	for i, prefix := range s.Prefixes {
		if i > 0 {
			when += " OR "
		}
		name := ":p" + strconv.Itoa(i)
		when += "begins_with(PK, " + name + ")"
		vals[name] = text(prefix)
	}
	in.FilterExpression, in.ExpressionAttributeValues = &when, vals
	if in.ExclusiveStartKey, err = scanned(s.After); err != nil {
		return page, err
	}
	var out *dynamodb.ScanOutput
	if err := try(ctx, func(ctx context.Context, _ int) (err error) {
		out, err = t.scan(ctx, in, once)
		return err
	}); err != nil {
		return page, err
	}
	for _, a := range out.Items {
		it, err := decode(a)
		if err != nil {
			return table.Page{}, err
		}
		if t.live(it) {
			page.Items = append(page.Items, it)
		}
	}
	if last := out.LastEvaluatedKey; len(last) > 0 {
		key, err := json.Marshal([2]string{str(last["PK"]), str(last["SK"])})
		if err != nil {
			return page, err
		}
		page.Next = base64.RawURLEncoding.EncodeToString(key)
	}
	return page, nil
}

// scanned reads the cursor of a scan.
func scanned(after string) (attrs, error) {
	if after == "" {
		return nil, nil
	}
	var key [2]string
	b, err := base64.RawURLEncoding.Strict().DecodeString(after)
	if err = errors.Join(err, json.Unmarshal(b, &key)); err != nil {
		return nil, fault.New(fault.Invalid, "table.scan", "That is not where a scan ended.").Because(err)
	}
	return place(table.Key{PK: key[0], SK: key[1]}), nil
}

// Limits of a BatchWriteItem, and how many are sent side by side.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
const (
	batchItems = 25
	batches    = 8
)

// Load puts the items in batches, several at once. What DynamoDB is too busy to
// take is sent again.
func (t *Mover) Load(ctx context.Context, items ...table.Item) error {
	if err := table.ValidateLoad(items); err != nil {
		return err
	}
	some, ctx := errgroup.WithContext(ctx)
	some.SetLimit(batches)
	for batch := range slices.Chunk(items, batchItems) { // 25 items of 400 kB are less than 16 MB
		puts := make([]types.WriteRequest, len(batch))
		for i, it := range batch {
			puts[i].PutRequest = &types.PutRequest{Item: asItIs(it)}
			puts[i].PutRequest.Item[moved] = text("1")
		}
		some.Go(func() error { return t.batch(ctx, puts) })
	}
	return some.Wait()
}

// errBusy is what throttling of a part of a batch is called here.
var errBusy = &types.ProvisionedThroughputExceededException{Message: aws.String("part of a batch was not taken")}

func (t *Mover) batch(ctx context.Context, puts []types.WriteRequest) error {
	return try(ctx, func(ctx context.Context, _ int) error {
		out, err := t.write(ctx, &dynamodb.BatchWriteItemInput{
			RequestItems: map[string][]types.WriteRequest{t.name: puts},
		}, once)
		if err != nil {
			return err
		}
		if puts = out.UnprocessedItems[t.name]; len(puts) > 0 {
			return errBusy
		}
		return nil
	})
}

// Place puts one item where nothing is. The stream tells of it.
func (t *Mover) Place(ctx context.Context, it table.Item) error {
	if err := table.ValidateLoad([]table.Item{it}); err != nil {
		return err
	}
	it.Version--
	when := vacant
	in := &dynamodb.PutItemInput{
		TableName: &t.name, Item: encode(it), ConditionExpression: &when,
		ExpressionAttributeValues: attrs{":now": number(t.now().Unix())},
	}
	err := try(ctx, func(ctx context.Context, _ int) error {
		_, err := t.client.PutItem(ctx, in, once)
		return err
	})
	if _, is := errors.AsType[*types.ConditionalCheckFailedException](err); is {
		return &table.Conflict{Key: it.Key}
	}
	return err
}

// asItIs is the item under its own version, not under the next.
func asItIs(it table.Item) attrs {
	it.Version--
	return encode(it)
}
