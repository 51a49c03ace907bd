package source_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"motorpool/infra/aws/local/source"
	"motorpool/infra/emulators"
)

const eventsOnly = `{"eventName":["INSERT"],"dynamodb":{"Keys":{"SK":{"S":[{"prefix":"EVENT#"}]}}}}`

func mapping(stream string) source.StreamMapping {
	return source.StreamMapping{
		Stream: stream, Function: source.Function{Name: "workers.test", Timeout: time.Minute}, BatchSize: 100,
		Patterns: []string{eventsOnly}, Bisect: true, MaxAge: 6 * time.Hour,
	}
}

func (s *scene) stream(m source.StreamMapping) *source.Stream {
	s.t.Helper()
	st, err := source.NewStream(s.world, dynamodbstreams.NewFromConfig(emulators.Config(emulators.DynamoDB(s.t))), m)
	if err != nil {
		s.t.Fatal(err)
	}
	return st
}

func TestTheStreamIsHandedOutInOrderAndFiltered(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	name := newID("table")
	arn := s.table(name, true)
	st := s.stream(mapping(arn))
	serve(t, st)
	s.store(name, "EVENT#", "a")
	s.store(name, "ASSET#", "not an event")
	s.store(name, "EVENT#", "b")
	s.store(name, "EVENT#", "a") // again: MODIFY, which the filter holds back
	s.store(name, "EVENT#", "c")
	rest(t, st)
	if got := strings.ReplaceAll(s.told(), " ", ","); got != "a,b,c" {
		t.Errorf("got %q, want a, b and c", got)
	}
}

func TestABatchIsNeverLargerThanTheMapping(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	name := newID("table")
	m := mapping(s.table(name, true))
	m.BatchSize = 2
	for _, n := range []string{"a", "b", "c", "d", "e"} {
		s.store(name, "EVENT#", n)
	}
	st := s.stream(m)
	serve(t, st)
	rest(t, st)
	if got := s.told(); got != "a,b c,d e" {
		t.Errorf("got %q, want two, two and one", got)
	}
}

// TestAPoisonRecordIsFoundByHalvingAndGivenUpWhenItIsTooOld: those before it and
// after it are done, those after it only when it is out of the way.
func TestAPoisonRecordIsFoundByHalvingAndGivenUpWhenItIsTooOld(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	name := newID("table")
	m := mapping(s.table(name, true))
	var given []string
	m.GiveUp = func(_ context.Context, about json.RawMessage) error {
		given = append(given, string(about))
		return nil
	}
	for _, n := range []string{"a", "b", "c", "d"} {
		s.store(name, "EVENT#", n)
	}
	s.breaks("c")
	st := s.stream(m)
	serve(t, st)
	rest(t, st)
	if got := s.told(); got != "a,b,c,d a,b c,d c" {
		t.Fatalf("got %q, want halves until c is alone", got)
	}
	for range 400 { // minutes at the most
		next, waits := st.Next()
		if !waits {
			break
		}
		s.advance(next.Sub(s.now()))
		st.Wake()
		rest(t, st)
	}
	got := strings.Fields(s.told())
	if n := len(got); n < 10 || got[0] != "c" || got[n-2] != "c" || got[n-1] != "d" {
		t.Errorf("got %q, want c again and again for six hours, then d", got)
	}
	if len(given) != 1 || !strings.Contains(given[0], `"condition":"RecordAgeExceeded"`) || !strings.Contains(given[0], `"batchSize":1`) {
		t.Errorf("given up: %q", given)
	}
}

func TestARecordThatFailsComesAgainUntilItGoesWell(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	name := newID("table")
	st := s.stream(mapping(s.table(name, true)))
	serve(t, st)
	s.breaks("a")
	s.store(name, "EVENT#", "a")
	rest(t, st)
	s.breaks()
	rest(t, st)
	if got := s.told(); got != "a" {
		t.Errorf("before its time has come: got %q, want one call", got)
	}
	s.advance(time.Second)
	st.Wake()
	rest(t, st)
	if got := s.told(); got != "a" {
		t.Errorf("when its time has come: got %q, want one call", got)
	}
	if _, waits := st.Next(); waits {
		t.Error("it still waits for something")
	}
}

// TestAStreamIsReadOnAfterARestart: what was done is not handed out again, what
// was not is. Without a note of how far it got, all is: the trim horizon.
func TestAStreamIsReadOnAfterARestart(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	name := newID("table")
	m := mapping(s.table(name, true))
	before := s.stream(m)
	stop := serve(t, before)
	s.store(name, "EVENT#", "a")
	rest(t, before)
	s.breaks("b")
	s.store(name, "EVENT#", "b")
	rest(t, before)
	stop()
	if got := s.told(); got != "a b" {
		t.Errorf("before: got %q", got)
	}
	s.breaks()
	s.store(name, "EVENT#", "c")
	after := s.stream(m)
	serve(t, after)
	rest(t, after)
	if got := s.told(); got != "b,c" {
		t.Errorf("after: got %q, want b, which was not done, and c", got)
	}
	s.world.Notes = newScene(t).world.Notes
	replay := s.stream(m)
	serve(t, replay)
	rest(t, replay)
	if got := s.told(); got != "a,b,c" {
		t.Errorf("from the trim horizon: got %q, want all", got)
	}
}

func TestAFilterThatIsNotUnderstoodIsRefused(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{`{"a":[{"numeric":[">",1]}]}`, `{"a":"b"}`, `nonsense`, `{"a":{"b":[{"prefix":"x","suffix":"y"}]}}`} {
		if _, err := source.NewStream(source.World{}, nil, source.StreamMapping{Patterns: []string{pattern}}); err == nil {
			t.Errorf("%s: got no error", pattern)
		}
	}
}
