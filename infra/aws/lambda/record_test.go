package lambda

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"motorpool/infra/aws/seed"
)

// TestTheRecordIsWhatDynamoDBSends plants the world of the fixtures at its own
// time, so that what it stores is equal to the last byte, and looks for the
// fixture's record in the table's stream. Of what the stream makes up itself,
// the names must be equal: an event source mapping adds only eventSourceARN.
func TestTheRecordIsWhatDynamoDBSends(t *testing.T) {
	t.Parallel()
	d := bare(t)
	w, err := seed.Plant(t.Context(), d.ports(t, func() time.Time { return seed.Epoch }), seed.Epoch, receive(t).URL)
	if err != nil {
		t.Fatal(err)
	}
	var batch struct{ Records []map[string]any }
	if err := json.Unmarshal(invocation(t, "workers.publish_events"), &batch); err != nil {
		t.Fatal(err)
	}
	got := batch.Records[0]
	change := got["dynamodb"].(map[string]any)
	want := d.sent(t, w.News.PK, w.News.SK)
	changed := want["dynamodb"].(map[string]any)
	for _, name := range []string{"Keys", "NewImage", "StreamViewType", "SizeBytes"} {
		if !reflect.DeepEqual(change[name], changed[name]) {
			t.Errorf("%s: the fixture has\n%v\nthe stream\n%v", name, change[name], changed[name])
		}
	}
	for _, name := range []string{"eventName", "eventVersion", "eventSource"} {
		if got[name] != want[name] {
			t.Errorf("%s: the fixture has %v, the stream %v", name, got[name], want[name])
		}
	}
	want["eventSourceARN"] = ""
	for _, pair := range [][2]map[string]any{{got, want}, {change, changed}} {
		if one, two := slices.Sorted(maps.Keys(pair[0])), slices.Sorted(maps.Keys(pair[1])); !slices.Equal(one, two) {
			t.Errorf("the fixture has the fields %v, the stream %v", one, two)
		}
	}
}

// sent is the record of an item's insertion in the table's stream.
func (d *deployment) sent(t *testing.T, pk, sk string) map[string]any {
	t.Helper()
	about, err := d.dynamodb().DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: aws.String(d.values["Table"])})
	if err != nil {
		t.Fatal(err)
	}
	arn := *about.Table.LatestStreamArn
	var stream struct {
		StreamDescription struct{ Shards []struct{ ShardId string } }
	}
	d.streams(t, "DescribeStream", map[string]any{"StreamArn": arn}, &stream)
	for _, shard := range stream.StreamDescription.Shards {
		var at struct{ ShardIterator string }
		d.streams(t, "GetShardIterator", map[string]any{"StreamArn": arn, "ShardId": shard.ShardId, "ShardIteratorType": "TRIM_HORIZON"}, &at)
		for range 50 { // pages; what was written before is there already
			var page struct {
				Records           []map[string]any
				NextShardIterator string
			}
			d.streams(t, "GetRecords", map[string]any{"ShardIterator": at.ShardIterator}, &page)
			for _, r := range page.Records {
				keys, _ := json.Marshal(r["dynamodb"].(map[string]any)["Keys"])
				if r["eventName"] == "INSERT" && strings.Contains(string(keys), `"`+pk+`"`) && strings.Contains(string(keys), `"`+sk+`"`) {
					return r
				}
			}
			if at.ShardIterator = page.NextShardIterator; at.ShardIterator == "" {
				break
			}
		}
	}
	t.Fatalf("the stream has no insertion of %s, %s", pk, sk)
	return nil
}

// streams calls the API of DynamoDB Streams by hand: its SDK would be a module
// that nothing else here needs.
func (d *deployment) streams(t *testing.T, operation string, in, out any) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.aws["AWS_ENDPOINT_URL_DYNAMODB"], strings.NewReader(string(body)))
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
		t.Fatalf("%s: %s, %v", operation, res.Status, err)
	}
}
