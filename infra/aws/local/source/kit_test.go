package source_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"motorpool/infra/aws/local/source"
	"motorpool/infra/emulators"
	"motorpool/shared/ident"
	"motorpool/shared/table/dynamo"
)

var newID = ident.Sortable(time.Now)

// A scene is a world on a clock that stands still, with one function in it that
// notes what it gets and fails as it is told.
type scene struct {
	t     *testing.T
	world source.World
	notes string
	db    *dynamodb.Client

	mu     sync.Mutex
	at     time.Time
	calls  [][]string // the names in each call's event
	broken map[string]bool
	answer func(event json.RawMessage) (json.RawMessage, error)
}

var errBroken = errors.New("as the test wants it")

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{
		t: t, db: dynamodb.NewFromConfig(emulators.Config(emulators.DynamoDB(t))), notes: newID("notes"),
		at: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), broken: map[string]bool{},
	}
	s.table(s.notes, false)
	s.world = source.World{
		Invoke: s.invoke, Now: s.now, Frozen: true, Notes: dynamo.New(s.db, s.notes, time.Now),
		Log: slog.New(slog.DiscardHandler),
	}
	return s
}

// table makes a table of the product's shape, with a stream or without.
func (s *scene) table(name string, stream bool) (streamARN string) {
	s.t.Helper()
	in := dynamo.Schema(name)
	if !stream {
		in.StreamSpecification = nil
	}
	made, err := s.db.CreateTable(s.t.Context(), in)
	if err != nil {
		s.t.Fatal(err)
	}
	return aws.ToString(made.TableDescription.LatestStreamArn)
}

// store puts an item called name into a table.
func (s *scene) store(table, sort, name string) {
	s.t.Helper()
	_, err := s.db.PutItem(s.t.Context(), &dynamodb.PutItemInput{TableName: &table, Item: map[string]types.AttributeValue{
		"PK": &types.AttributeValueMemberS{Value: "WS#w"}, "SK": &types.AttributeValueMemberS{Value: sort + name},
		"V": &types.AttributeValueMemberN{Value: "1"}, "D": &types.AttributeValueMemberS{Value: `{"name":"` + name + `"}`},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *scene) advance(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(by)
}

// breaks makes the function fail whenever it is given one of the names.
func (s *scene) breaks(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.broken)
	for _, n := range names {
		s.broken[n] = true
	}
}

// invoke is the function.
func (s *scene) invoke(_ context.Context, name string, event json.RawMessage) (json.RawMessage, error) {
	if name != "workers.test" {
		return nil, fmt.Errorf("there is no function %s", name)
	}
	names, err := namesIn(event)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, names)
	if s.answer != nil {
		return s.answer(event)
	}
	if slices.ContainsFunc(names, func(n string) bool { return s.broken[n] }) {
		return nil, errBroken
	}
	return nil, nil
}

// namesIn reads the names out of a stream's records or a queue's messages.
func namesIn(event json.RawMessage) (names []string, err error) {
	var in struct {
		Records []struct {
			Body     string
			Dynamodb struct {
				NewImage map[string]struct{ S, N string }
			}
		}
	}
	if err := json.Unmarshal(event, &in); err != nil {
		return nil, err
	}
	for _, r := range in.Records {
		text := r.Body
		if image := r.Dynamodb.NewImage; image != nil {
			text = image["D"].S
		}
		var doc struct{ Name string }
		if err := json.Unmarshal([]byte(text), &doc); err != nil {
			return nil, err
		}
		names = append(names, doc.Name)
	}
	return names, nil
}

// told is what the function was called with, and forgets it: the names of a call
// by commas, calls by spaces.
func (s *scene) told() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, c := range s.calls {
		all = append(all, strings.Join(c, ","))
	}
	s.calls = nil
	return strings.Join(all, " ")
}

// A poller is a source as the tests need it.
type poller interface {
	Serve(context.Context)
	Ask()
	Idle() bool
	Wake()
}

// serve runs p until the test ends or stop is called.
func serve(t *testing.T, p poller) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Serve(ctx)
	}()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}

// rest lets p look, and returns when it has done what is due.
func rest(t *testing.T, p poller) {
	t.Helper()
	p.Ask()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(30 * time.Second); !p.Idle(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("it does not come to rest")
		}
	}
}
