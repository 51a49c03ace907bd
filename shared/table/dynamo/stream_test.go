package dynamo_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"motorpool/infra/emulators"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
)

// ask calls the API of DynamoDB Streams by hand: the adapter itself has no use for
// its SDK.
func ask(t *testing.T, endpoint, operation string, in map[string]any, out any) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, endpoint, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.0")
	r.Header.Set("X-Amz-Target", "DynamoDBStreams_20120810."+operation)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=emulator/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(out); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v, %v", operation, res.Status, err, out)
	}
}

// TestTheStreamMarksWhatWasLoaded: what came with a Load can be told from what
// was written or placed here.
func TestTheStreamMarksWhatWasLoaded(t *testing.T) {
	t.Parallel()
	endpoint := emulators.DynamoDB(t)
	client := dynamodb.NewFromConfig(emulators.Config(endpoint))
	name := create(t, client)
	tb := dynamo.NewMover(client, name, func() time.Time { return time.Unix(1_800_000_000, 0) })
	err := errors.Join(
		tb.Load(t.Context(), thing("EVENT#loaded", 3)), tb.Place(t.Context(), thing("EVENT#placed", 3)),
		tb.Write(t.Context(), table.Put(thing("EVENT#written", 0))), tb.Write(t.Context(), table.Put(thing("EVENT#loaded", 3))),
	)
	if err != nil {
		t.Fatal(err)
	}
	about, err := client.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, r := range records(t, endpoint, *about.Table.LatestStreamArn) {
		it, err := dynamo.Record(r.DynamoDB.NewImage)
		if err != nil {
			t.Fatal(err)
		}
		got[r.EventName+" "+it.Key.SK] = dynamo.Moved(r.DynamoDB.NewImage)
	}
	want := map[string]bool{"INSERT EVENT#loaded": true, "INSERT EVENT#placed": false, "INSERT EVENT#written": false, "MODIFY EVENT#loaded": false}
	if !maps.Equal(got, want) {
		t.Errorf("moved: got %v, want %v", got, want)
	}
}

func TestTheStreamTellsWhatWasWritten(t *testing.T) {
	t.Parallel()
	endpoint := emulators.DynamoDB(t)
	client := dynamodb.NewFromConfig(emulators.Config(endpoint))
	name := create(t, client)
	tb := dynamo.NewMover(client, name, func() time.Time { return time.Unix(1_800_000_000, 0) })
	event := thing("EVENT#1", 0)
	event.Index = table.Key{PK: "i", SK: "1"}
	event.Expires = time.Unix(1_900_000_000, 0)
	event.Doc = json.RawMessage(" {\"n\": 9007199254740993, \"é\":\"\\u2603\"}")
	for _, ops := range [][]table.Op{
		{table.Put(thing("AST", 0)), table.Put(event)},
		{table.Put(thing("AST", 1))},
		{table.Delete(thing("AST", 0).Key, 2)},
	} {
		if err := tb.Write(t.Context(), ops...); err != nil {
			t.Fatal(err)
		}
	}
	about, err := client.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		t.Fatal(err)
	}
	want := event
	want.Version = 1
	found := false
	for _, r := range records(t, endpoint, *about.Table.LatestStreamArn) {
		if r.EventName != "INSERT" {
			continue
		}
		it, err := dynamo.Record(r.DynamoDB.NewImage)
		if err != nil {
			t.Fatal(err)
		}
		if it.Key == want.Key {
			found = it.Index == want.Index && it.Version == 1 && it.Expires.Equal(want.Expires) && string(it.Doc) == string(want.Doc)
			t.Logf("the stream gave %+v %s", it, it.Doc)
		}
	}
	if !found {
		t.Errorf("the stream has no insertion of %+v", want)
	}
}

type record struct {
	EventName string `json:"eventName"`
	DynamoDB  struct {
		NewImage json.RawMessage
	} `json:"dynamodb"`
}

// records returns all that the stream holds, once it holds four.
func records(t *testing.T, endpoint, arn string) (all []record) {
	t.Helper()
	var stream struct {
		StreamDescription struct{ Shards []struct{ ShardId string } }
	}
	ask(t, endpoint, "DescribeStream", map[string]any{"StreamArn": arn}, &stream)
	for _, shard := range stream.StreamDescription.Shards {
		var from struct{ ShardIterator string }
		ask(t, endpoint, "GetShardIterator", map[string]any{
			"StreamArn": arn, "ShardId": shard.ShardId, "ShardIteratorType": "TRIM_HORIZON",
		}, &from)
		poll := time.NewTicker(20 * time.Millisecond)
		defer poll.Stop()
		for range 100 {
			var page struct {
				Records           []record
				NextShardIterator string
			}
			ask(t, endpoint, "GetRecords", map[string]any{"ShardIterator": from.ShardIterator}, &page)
			all = append(all, page.Records...)
			if from.ShardIterator = page.NextShardIterator; from.ShardIterator == "" || len(all) >= 4 {
				break
			}
			<-poll.C
		}
	}
	return all
}
