package path

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"motorpool/infra/emulators"
	"motorpool/infra/machine/host"
	"motorpool/shared/apitest"
	"motorpool/shared/table/dynamo"
)

// TestAShardThatSplitIsReadWhole: the poller reads what DynamoDB Local's stream
// has, presented as a shard that was closed and two that follow it. Every record
// comes once, and of one asset in the order of its versions.
func TestAShardThatSplitIsReadWhole(t *testing.T) {
	r, n := edited(t)
	b := r.read(apitest.Table(t, r.Now), r.split(), n+3) // and those of the ground and of the endpoint
	latest := map[string]int{}
	for _, record := range b {
		e := told(t, record)
		if e.version != latest[e.object]+1 {
			t.Errorf("version %d of %s comes after %d", e.version, e.object, latest[e.object])
		}
		latest[e.object] = e.version
	}
	r.published(b)
	r.deliverAll(n)
	r.receiver.got(t, n, n)
	r.each(n)
}

// TestRecordsOfASplitShardMayComeInAnyOrderAndTwice: a child before its parent,
// both at once, and again. No order is promised to receivers (specification, 2),
// so each event carries the version of its object; each is delivered once.
func TestRecordsOfASplitShardMayComeInAnyOrderAndTwice(t *testing.T) {
	r, n := edited(t)
	b := r.next(n)
	parent, children := b[:n/2], b[n/2:]
	r.published(children[len(children)/2:]) // while the parent is not read
	var both sync.WaitGroup
	for _, shard := range []batch{parent, children} {
		both.Go(func() {
			if err := r.publish(shard); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	backwards := slices.Clone(parent)
	slices.Reverse(backwards)
	r.published(backwards)
	r.deliverAll(n + n/2 + len(children) - len(children)/2)
	r.receiver.got(t, n, n)
	r.each(n)
	versions := map[string]bool{}
	for _, p := range r.receiver.posts() {
		versions[version(t, p.body).String()] = true
	}
	if len(versions) != n {
		t.Errorf("receivers can tell %d versions apart, want %d", len(versions), n)
	}
}

// edited has three assets, each edited often enough for a split to part its
// events, and an endpoint that wants them. It returns how many events there are.
func edited(t *testing.T) (r *rig, n int) {
	t.Helper()
	r = open(t, host.TestClock(began))
	r.ground()
	r.endpoint("asset.*")
	r.next(3) // nobody wants them
	var paths []string
	for range 3 {
		paths = append(paths, r.asset())
	}
	for i := range 4 {
		for _, path := range paths {
			r.call(http.MethodPatch, path, map[string]any{"model": fmt.Sprint("EV", i)}, nil)
		}
	}
	return r, 15
}

// versioned is an object and its version, as an event tells of them.
type versioned struct {
	object  string
	version int
}

func (v versioned) String() string { return v.object + " " + strconv.Itoa(v.version) }

func version(t *testing.T, envelope []byte) versioned {
	t.Helper()
	var e struct {
		Data struct {
			Object struct {
				ID      string
				Version int
			}
		}
	}
	if err := json.Unmarshal(envelope, &e); err != nil || e.Data.Object.Version == 0 {
		t.Fatalf("%v, no version in %s", err, envelope)
	}
	return versioned{e.Data.Object.ID, e.Data.Object.Version}
}

// told is the same of a stream's record.
func told(t *testing.T, record json.RawMessage) versioned {
	t.Helper()
	var change struct {
		DynamoDB struct{ NewImage json.RawMessage } `json:"dynamodb"`
	}
	if err := json.Unmarshal(record, &change); err != nil {
		t.Fatal(err)
	}
	it, err := dynamo.Record(change.DynamoDB.NewImage)
	if err != nil {
		t.Fatal(err)
	}
	return version(t, it.Doc)
}

// A splitter is a stand-in for DynamoDB Streams, because DynamoDB Local never
// splits a shard: it has the records of a real stream, of which the first half is
// in a closed shard and the rest, by their keys, in its two children.
type splitter struct {
	shards map[string][]change
}

// A change is a record as the Streams API writes it.
type change struct {
	raw    json.RawMessage
	number string
}

// split reads the rig's stream to its end and returns a client of the stand-in.
func (r *rig) split() *dynamodbstreams.Client {
	r.t.Helper()
	all := r.changes()
	s := &splitter{shards: map[string][]change{"shard-parent": all[:len(all)/2]}}
	child := map[string]string{} // of a partition; they take turns
	for _, c := range all[len(all)/2:] {
		var keys struct {
			DynamoDB struct {
				Keys struct{ PK struct{ S string } }
			} `json:"dynamodb"`
		}
		if err := json.Unmarshal(c.raw, &keys); err != nil {
			r.t.Fatal(err)
		}
		pk := keys.DynamoDB.Keys.PK.S
		if child[pk] == "" {
			child[pk] = []string{"shard-left", "shard-right"}[len(child)%2]
		}
		s.shards[child[pk]] = append(s.shards[child[pk]], c)
	}
	server := httptest.NewServer(s)
	r.t.Cleanup(server.Close)
	return dynamodbstreams.NewFromConfig(emulators.Config(server.URL))
}

// changes are all that the stream of DynamoDB Local has, in its own words.
func (r *rig) changes() (all []change) {
	r.t.Helper()
	var about struct {
		StreamDescription struct{ Shards []struct{ ShardId string } }
	}
	r.ask("DescribeStream", map[string]any{"StreamArn": r.StreamARN}, &about)
	for _, shard := range about.StreamDescription.Shards {
		var at struct{ ShardIterator string }
		r.ask("GetShardIterator", map[string]any{"StreamArn": r.StreamARN, "ShardId": shard.ShardId, "ShardIteratorType": "TRIM_HORIZON"}, &at)
		for at.ShardIterator != "" {
			var page struct {
				Records           []json.RawMessage
				NextShardIterator string
			}
			r.ask("GetRecords", map[string]any{"ShardIterator": at.ShardIterator}, &page)
			for _, raw := range page.Records {
				var c struct {
					DynamoDB struct{ SequenceNumber string } `json:"dynamodb"`
				}
				if err := json.Unmarshal(raw, &c); err != nil {
					r.t.Fatal(err)
				}
				all = append(all, change{raw, c.DynamoDB.SequenceNumber})
			}
			if at.ShardIterator = page.NextShardIterator; len(page.Records) == 0 {
				break
			}
		}
	}
	return all
}

// ask calls the Streams API of DynamoDB Local by hand, to get its words.
func (r *rig) ask(operation string, in map[string]any, out any) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, emulators.DynamoDB(r.t), strings.NewReader(string(must(json.Marshal(in)))))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-amz-json-1.0")
	req.Header.Set("X-Amz-Target", "DynamoDBStreams_20120810."+operation)
	req.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=emulator/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(out); err != nil || res.StatusCode != http.StatusOK {
		r.t.Fatalf("%s: %s, %v", operation, res.Status, err)
	}
}

func (s *splitter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ShardId, ShardIterator, ShardIteratorType, SequenceNumber string
		Limit                                                     int
	}
	body, _ := io.ReadAll(r.Body)
	_ = json.Unmarshal(body, &in)
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	var out any
	switch operation {
	case "DescribeStream":
		shards := []any{s.describe("shard-parent", "")}
		for _, child := range []string{"shard-left", "shard-right"} {
			shards = append(shards, s.describe(child, "shard-parent"))
		}
		out = map[string]any{"StreamDescription": map[string]any{"StreamStatus": "ENABLED", "Shards": shards}}
	case "GetShardIterator":
		from := 0
		if in.ShardIteratorType == "AFTER_SEQUENCE_NUMBER" {
			from = 1 + slices.IndexFunc(s.shards[in.ShardId], func(c change) bool { return c.number == in.SequenceNumber })
		}
		out = map[string]any{"ShardIterator": fmt.Sprintf("%s %d", in.ShardId, from)}
	case "GetRecords":
		out = s.page(in.ShardIterator)
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	_ = json.NewEncoder(w).Encode(out)
}

func (s *splitter) describe(id, parent string) map[string]any {
	numbers := map[string]string{"StartingSequenceNumber": s.shards[id][0].number}
	about := map[string]any{"ShardId": id, "SequenceNumberRange": numbers}
	if parent != "" {
		about["ParentShardId"] = parent
	} else {
		numbers["EndingSequenceNumber"] = s.shards[id][len(s.shards[id])-1].number
	}
	return about
}

// page is up to three records; after the parent's last there is no iterator.
func (s *splitter) page(iterator string) map[string]any {
	id, text, _ := strings.Cut(iterator, " ")
	from, _ := strconv.Atoi(text)
	all := s.shards[id]
	to := min(from+3, len(all))
	page := []json.RawMessage{}
	for _, c := range all[from:to] {
		page = append(page, c.raw)
	}
	out := map[string]any{"Records": page}
	if id != "shard-parent" || to < len(all) {
		out["NextShardIterator"] = fmt.Sprintf("%s %d", id, to)
	}
	return out
}
