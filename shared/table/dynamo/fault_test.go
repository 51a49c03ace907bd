package dynamo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"motorpool/infra/emulators"
	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
)

// A line is the network to DynamoDB, with faults.
type line struct {
	mu    sync.Mutex
	fault func(*http.Request) (*http.Response, error) // of the next calls; nil, nil lets a call through
	calls int
}

func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
	if l.fault != nil {
		if res, err := l.fault(r); res != nil || err != nil {
			return res, err
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// lose lets the next n calls happen, and loses their answers.
func (l *line) lose(n int) {
	l.calls = 0
	l.fault = func(r *http.Request) (*http.Response, error) {
		if n--; n < 0 {
			return nil, nil
		}
		res, err := http.DefaultTransport.RoundTrip(r)
		if err == nil {
			io.Copy(io.Discard, res.Body)
			res.Body.Close()
		}
		return nil, io.ErrUnexpectedEOF
	}
}

// answer gives every call this answer instead of DynamoDB's.
func (l *line) answer(status int, body string) {
	l.calls = 0
	l.fault = func(*http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Body: io.NopCloser(strings.NewReader(body)),
			Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		}, nil
	}
}

func onLine(t *testing.T) (*dynamo.Table, *line) {
	t.Helper()
	l := &line{}
	client := dynamodb.NewFromConfig(emulators.Config(emulators.DynamoDB(t)), func(o *dynamodb.Options) {
		o.HTTPClient = &http.Client{Transport: l}
	})
	return dynamo.New(client, create(t, client), func() time.Time { return time.Unix(1_800_000_000, 0) }), l
}

func thing(sk string, version int64) table.Item {
	return table.Item{Key: table.Key{PK: "p", SK: sk}, Version: version, Doc: json.RawMessage(`{}`)}
}

// The answer to a write that was done may be lost on its way. Trying again then
// meets the version that the first try has written, which is no conflict.
func TestALostAnswerIsNoConflict(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	for _, tt := range []struct {
		name string
		ops  []table.Op
	}{
		{"a new item", []table.Op{table.Put(thing("x", 0))}},
		{"a changed item", []table.Op{table.Put(thing("x", 1))}},
		{"several items", []table.Op{table.Put(thing("x", 2)), table.Put(thing("y", 0)), table.Check(thing("z", 0).Key, 0)}},
		{"a deleted item", []table.Op{table.Delete(thing("x", 0).Key, 3)}},
	} {
		l.lose(2)
		if err := tb.Write(t.Context(), tt.ops...); err != nil || l.calls != 3 {
			t.Errorf("%s: got %v after %d calls, want success after 3", tt.name, err, l.calls)
		}
		if err := tb.Write(t.Context(), tt.ops...); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s, written by someone else: got %v, want a conflict", tt.name, err)
		}
	}
}

// TestAnAnswerThatBreaksOffIsAskedForAgain: the line breaks while it is read.
func TestAnAnswerThatBreaksOffIsAskedForAgain(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	it := thing("x", 0)
	for _, do := range []func() error{
		func() error { return tb.Write(t.Context(), table.Put(it)) },
		func() error { _, err := tb.Get(t.Context(), it.Key); return err },
		func() error { _, err := tb.Query(t.Context(), table.Query{PK: it.Key.PK}); return err },
	} {
		first := true
		l.fault = func(r *http.Request) (*http.Response, error) {
			if !first {
				return nil, nil
			}
			first = false
			res, err := http.DefaultTransport.RoundTrip(r)
			if err == nil {
				broken := errors.New("the line is gone")
				half := io.MultiReader(io.LimitReader(res.Body, 1), iotest.ErrReader(broken))
				res.Body = struct {
					io.Reader
					io.Closer
				}{half, res.Body}
			}
			return res, err
		}
		if err := do(); err != nil {
			t.Error(err)
		}
	}
}

func TestAConflictFoundByASecondTryIsAConflict(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	if err := tb.Write(t.Context(), table.Put(thing("x", 0))); err != nil {
		t.Fatal(err)
	}
	for _, ops := range [][]table.Op{
		{table.Put(thing("x", 0))},
		{table.Put(thing("y", 0)), table.Put(thing("x", 0))},
		{table.Delete(thing("x", 0).Key, 9)},
	} {
		l.lose(1)
		if err := tb.Write(t.Context(), ops...); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%+v: got %v, want a conflict", ops, err)
		}
	}
}

func TestADatabaseThatIsBusyForLongIsUnavailable(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	for name, answer := range map[string]struct {
		status int
		body   string
	}{
		"throttled":   {400, `{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"slow down"}`},
		"throttled 2": {400, `{"__type":"com.amazon.coral.availability#ThrottlingException","message":"slow down"}`},
		"failing":     {500, `{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"oops"}`},
		"a proxy":     {503, `<html>`},
		"in conflict": {400, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException","message":"busy"}`},
		"cancelled":   {400, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict"}]}`},
	} {
		l.answer(answer.status, answer.body)
		err := tb.Write(t.Context(), table.Put(thing("x", 0)), table.Put(thing("y", 0)))
		if fault.KindOf(err) != fault.Unavailable || fault.CodeOf(err) != "table.busy" || l.calls != 6 {
			t.Errorf("%s: got %v after %d calls, want unavailable after 6", name, err, l.calls)
		}
	}
	l.fault = nil
	if _, err := tb.Get(t.Context(), thing("x", 0).Key); fault.KindOf(err) != fault.NotFound {
		t.Errorf("afterwards: %v", err)
	}
}

// A transaction may collide and fail a condition at once: another try tells
// whether the condition fails without the collision.
func TestACollisionIsTriedAgain(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	l.answer(400, `{"__type":"TransactionCanceledException","CancellationReasons":[{"Code":"TransactionConflict"},{"Code":"ConditionalCheckFailed"}]}`)
	collide := l.fault
	l.fault = func(r *http.Request) (*http.Response, error) {
		if l.calls > 2 {
			return nil, nil
		}
		return collide(r)
	}
	if err := tb.Write(t.Context(), table.Put(thing("x", 0)), table.Put(thing("y", 0))); err != nil || l.calls != 3 {
		t.Errorf("got %v after %d calls", err, l.calls)
	}
}

func TestAMistakeIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	l.answer(400, `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no such table"}`)
	_, err := tb.Get(t.Context(), thing("x", 0).Key)
	if err == nil || fault.KindOf(err) != fault.Internal || l.calls != 1 {
		t.Errorf("got %v after %d calls, want an internal error after 1", err, l.calls)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	ctx, cancel := context.WithCancel(t.Context())
	l.answer(500, `{}`)
	failing := l.fault
	l.fault = func(r *http.Request) (*http.Response, error) {
		if l.calls == 2 {
			cancel()
		}
		return failing(r)
	}
	err := tb.Write(ctx, table.Put(thing("x", 0)))
	if !errors.Is(err, context.Canceled) || l.calls != 2 {
		t.Errorf("got %v after %d calls", err, l.calls)
	}
}

func TestARecordOfTheStreamIsTheItem(t *testing.T) {
	t.Parallel()
	got, err := dynamo.Record(json.RawMessage(`{"PK":{"S":"WS#w#AST#a"},"SK":{"S":"EVENT#1"},"I1PK":{"S":"WS#w#EVT"},"I1SK":{"S":"1"},
		"V":{"N":"1"},"X":{"N":"1800000000"},"D":{"S":" {\"n\": 9007199254740993, \"é\":\"\\u2603\"}"},"W":{"S":"mark"},"new":{"BOOL":true}}`))
	want := table.Item{
		Key: table.Key{PK: "WS#w#AST#a", SK: "EVENT#1"}, Index: table.Key{PK: "WS#w#EVT", SK: "1"},
		Version: 1, Expires: time.Unix(1_800_000_000, 0),
	}
	if err != nil || got.Key != want.Key || got.Index != want.Index || got.Version != 1 || !got.Expires.Equal(want.Expires) ||
		!bytes.Equal(got.Doc, []byte(` {"n": 9007199254740993, "é":"\u2603"}`)) {
		t.Errorf("got %+v %s, %v", got, got.Doc, err)
	}
	for _, bad := range []string{``, `[]`, `{}`, `{"PK":{"S":"p"},"SK":{"S":"s"}}`, `{"PK":{"S":"p"},"V":{"N":"1"}}`, `{"PK":"p"}`} {
		if _, err := dynamo.Record(json.RawMessage(bad)); err == nil {
			t.Errorf("%s was taken for an item", bad)
		}
	}
}

// A read that may be old costs half; every other sees the latest write.
func TestOnlyWhoAsksForItReadsLately(t *testing.T) {
	t.Parallel()
	tb, l := onLine(t)
	var sent []byte
	l.fault = func(r *http.Request) (*http.Response, error) {
		sent, _ = io.ReadAll(r.Body)
		return &http.Response{
			StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{}`)), Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		}, nil
	}
	for _, tt := range []struct {
		ctx  context.Context
		want string
	}{{t.Context(), `"ConsistentRead":true`}, {table.Lately(t.Context()), `"ConsistentRead":false`}} {
		if _, err := tb.Get(tt.ctx, thing("x", 0).Key); fault.KindOf(err) != fault.NotFound || !bytes.Contains(sent, []byte(tt.want)) {
			t.Errorf("sent %s, %v; want %s", sent, err, tt.want)
		}
	}
}
