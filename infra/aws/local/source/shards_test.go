package source_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"motorpool/infra/aws/local/source"
	"motorpool/infra/emulators"
)

// A splitStream answers as DynamoDB Streams does for a stream whose shard was
// split, which DynamoDB Local does by itself only after hours. A record is named
// by its sequence number. Children are listed before their parent, to make it
// hard.
type splitStream struct {
	mu      sync.Mutex
	shards  []splitShard
	expired int // iterators that are refused before one is taken
	from    []string
}

type splitShard struct {
	id, parent string
	records    []string
	open       bool
}

func (f *splitStream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var in struct{ ShardId, ShardIteratorType, SequenceNumber, ShardIterator string }
	json.NewDecoder(r.Body).Decode(&in)
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	switch operation {
	case "DescribeStream":
		var shards []string
		for _, s := range f.shards {
			parent := ""
			if s.parent != "" {
				parent = fmt.Sprintf(`,"ParentShardId":%q`, s.parent)
			}
			shards = append(shards, fmt.Sprintf(`{"ShardId":%q%s}`, s.id, parent))
		}
		fmt.Fprintf(w, `{"StreamDescription":{"Shards":[%s]}}`, strings.Join(shards, ","))
	case "GetShardIterator":
		f.from = append(f.from, in.ShardIteratorType+in.SequenceNumber)
		fmt.Fprintf(w, `{"ShardIterator":"%s/%s"}`, in.ShardId, in.SequenceNumber)
	case "GetRecords":
		f.records(w, in.ShardIterator)
	}
}

// records gives one record after the other, then none, and no way on if the
// shard is closed.
func (f *splitStream) records(w http.ResponseWriter, iterator string) {
	id, after, _ := strings.Cut(iterator, "/")
	if after != "" && f.expired > 0 {
		f.expired--
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"__type":"com.amazonaws.dynamodb.v20120810#ExpiredIteratorException","message":"15 minutes"}`)
		return
	}
	shard := f.shards[slices.IndexFunc(f.shards, func(s splitShard) bool { return s.id == id })]
	i := slices.Index(shard.records, after) + 1
	if i == len(shard.records) {
		if shard.open {
			fmt.Fprintf(w, `{"Records":[],"NextShardIterator":%q}`, iterator)
			return
		}
		fmt.Fprint(w, `{"Records":[]}`)
		return
	}
	n := shard.records[i]
	fmt.Fprintf(w, `{"Records":[{"eventName":"INSERT","dynamodb":{"SequenceNumber":%q,"Keys":{"SK":{"S":"EVENT#"}},"NewImage":{"D":{"S":"{\"name\":\"%s\"}"}}}}],"NextShardIterator":"%s/%s"}`,
		n, n, id, n)
}

func (s *scene) split(f *splitStream) *source.Stream {
	s.t.Helper()
	server := httptest.NewServer(f)
	s.t.Cleanup(server.Close)
	m := mapping("arn:split")
	st, err := source.NewStream(s.world, dynamodbstreams.NewFromConfig(emulators.Config(server.URL)), m)
	if err != nil {
		s.t.Fatal(err)
	}
	return st
}

func family() *splitStream {
	return &splitStream{shards: []splitShard{
		{id: "child-1", parent: "parent", records: []string{"3", "5"}, open: true},
		{id: "child-2", parent: "parent", records: []string{"4"}, open: true},
		{id: "parent", parent: "forgotten", records: []string{"1", "2"}},
	}}
}

func TestAShardIsReadAfterItsParent(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	st := s.split(family())
	serve(t, st)
	rest(t, st)
	got := strings.Fields(s.told())
	if len(got) != 5 || got[0] != "1" || got[1] != "2" || slices.Index(got, "3") > slices.Index(got, "5") {
		t.Errorf("got %q, want 1 and 2 first, and 3 before 5", got)
	}
}

// TestChildrenWaitForAParentThatFails, also after a restart.
func TestChildrenWaitForAParentThatFails(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	f := family()
	s.breaks("2")
	st := s.split(f)
	stop := serve(t, st)
	rest(t, st)
	if got := s.told(); got != "1 2" {
		t.Fatalf("got %q, want no child before its parent is done", got)
	}
	stop()
	s.breaks()
	st = s.split(f)
	serve(t, st)
	rest(t, st)
	got := strings.Fields(s.told())
	if len(got) != 4 || got[0] != "2" {
		t.Errorf("after a restart got %q, want 2 again, then the children's", got)
	}
}

func TestAClosedShardThatIsDoneIsNotReadAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	f := family()
	st := s.split(f)
	stop := serve(t, st)
	rest(t, st)
	stop()
	s.told()
	f.mu.Lock()
	f.from = nil
	f.mu.Unlock()
	st = s.split(f)
	serve(t, st)
	rest(t, st)
	f.mu.Lock()
	defer f.mu.Unlock()
	slices.Sort(f.from)
	if got := s.told(); got != "" || !slices.Equal(f.from, []string{"AFTER_SEQUENCE_NUMBER4", "AFTER_SEQUENCE_NUMBER5"}) {
		t.Errorf("handed out %q, read from %q; want only the children, from where they were left", got, f.from)
	}
}

func TestAnIteratorThatExpiredIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	f := &splitStream{shards: []splitShard{{id: "s", records: []string{"1", "2", "3"}, open: true}}, expired: 1}
	st := s.split(f)
	serve(t, st)
	deadline := time.Now().Add(30 * time.Second)
	var got []string
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for len(got) < 3 && time.Now().Before(deadline) {
		<-tick.C
		got = append(got, strings.Fields(s.told())...)
	}
	if !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Errorf("got %q, want each once", got)
	}
}
