package source

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"

	"motorpool/shared/table"
)

// StreamMapping is an event source mapping of a table's stream, as template.yaml
// declares it. It starts at the trim horizon.
type StreamMapping struct {
	Stream      string // its ARN
	Function    Function
	BatchSize   int32
	Patterns    []string      // of the filter; none lets everything through
	Bisect      bool          // halve a batch that failed
	MaxAttempts int           // retries of a batch; zero is no limit
	MaxAge      time.Duration // of a record that keeps failing; zero is no limit
	// GiveUp is told of a batch that is passed over, as the destination on
	// failure is.
	GiveUp func(ctx context.Context, about json.RawMessage) error
}

// A Stream hands a table's changes to a function: each shard in order, a child
// only after its parents, and a batch that fails again and again until it goes
// well or is too old. It is a host.Source.
type Stream struct {
	world  World
	client *dynamodbstreams.Client
	m      StreamMapping
	filter filter
	*pulse

	mu     sync.Mutex
	shards []*shard // in the order in which they are read
	known  map[string]*shard
}

// poll is how often Lambda looks into a shard.
const poll = 250 * time.Millisecond

// NewStream refuses a filter that it does not understand.
func NewStream(w World, client *dynamodbstreams.Client, m StreamMapping) (*Stream, error) {
	f, err := newFilter(m.Patterns)
	if err != nil {
		return nil, err
	}
	return &Stream{world: w, client: client, m: m, filter: f, pulse: newPulse(), known: map[string]*shard{}}, nil
}

// Ask makes Idle false until the stream has been read to its end.
func (s *Stream) Ask() { s.ask() }

// Idle reports that all that was stored before the last Ask has been handed out.
// What failed and waits for its time does not count.
func (s *Stream) Idle() bool {
	next, waits := s.Next()
	return s.rests() && (!waits || next.After(s.world.Now()))
}

// Next is when a batch that failed is handed out again.
func (s *Stream) Next() (next time.Time, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.shards {
		if len(h.pending) > 0 && (!ok || h.again.Before(next)) {
			next, ok = h.again, true
		}
	}
	return next, ok
}

// Wake looks at what has fallen due.
func (s *Stream) Wake() { s.nudge() }

// Serve reads until ctx ends. What cannot be read now is read later.
func (s *Stream) Serve(ctx context.Context) {
	for ctx.Err() == nil {
		began := s.look()
		found, err := s.pass(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			s.world.Log.WarnContext(ctx, "stream not read", "stream", s.m.Stream, "err", err)
			s.wait(ctx, time.Second)
		case err == nil && !found:
			s.nothing(began)
			s.wait(ctx, poll)
		}
	}
}

// pass looks into every shard once, and reports whether it found anything.
func (s *Stream) pass(ctx context.Context) (found bool, err error) {
	if err := s.describe(ctx); err != nil {
		return false, err
	}
	for _, h := range s.shards {
		some, one := s.read(ctx, h)
		found, err = found || some, errors.Join(err, one)
	}
	return found, err
}

// describe takes note of new shards. The stream lists a parent before its
// children or has forgotten it.
func (s *Stream) describe(ctx context.Context) error {
	in := &dynamodbstreams.DescribeStreamInput{StreamArn: &s.m.Stream}
	for {
		out, err := s.client.DescribeStream(ctx, in)
		if err != nil {
			return err
		}
		for _, d := range out.StreamDescription.Shards {
			if err := s.meet(ctx, d); err != nil {
				return err
			}
		}
		if out.StreamDescription.LastEvaluatedShardId == nil {
			return nil
		}
		in.ExclusiveStartShardId = out.StreamDescription.LastEvaluatedShardId
	}
}

// meet remembers where a shard that is new to this process had been read to.
func (s *Stream) meet(ctx context.Context, d types.Shard) error {
	id := aws.ToString(d.ShardId)
	if s.known[id] != nil {
		return nil
	}
	h := &shard{id: id, parent: aws.ToString(d.ParentShardId), key: table.Key{PK: "STREAM#" + s.m.Stream, SK: id}}
	var err error
	if h.version, err = s.world.note(ctx, h.key, &h.position); err != nil {
		return err
	}
	h.read = h.position.After
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[id], s.shards = h, append(s.shards, h)
	return nil
}

// read hands out what failed before and is due again, or else one page of h.
func (s *Stream) read(ctx context.Context, h *shard) (found bool, err error) {
	parent := s.known[h.parent]
	if h.position.Done || parent != nil && !parent.position.Done {
		return false, nil
	}
	if len(h.pending) > 0 {
		return s.hand(ctx, h)
	}
	page, err := s.page(ctx, h)
	if err != nil {
		return false, err
	}
	var batch []record
	for _, r := range page {
		h.read = r.number
		if s.filter.passes(r.body) {
			batch = append(batch, r)
		}
	}
	if len(batch) > 0 {
		s.set(h, [][]record{batch}, time.Time{})
		return s.hand(ctx, h)
	}
	if len(page) > 0 || h.ended {
		return true, s.position(ctx, h)
	}
	return false, nil
}

// page reads on. An iterator that has expired, or points to what the stream has
// forgotten, is asked for again.
func (s *Stream) page(ctx context.Context, h *shard) ([]record, error) {
	if h.iterator == "" {
		if err := s.iterate(ctx, h); err != nil {
			return nil, err
		}
	}
	out, err := s.client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: &h.iterator, Limit: &s.m.BatchSize})
	if err != nil {
		h.iterator = ""
		if _, trimmed := errors.AsType[*types.TrimmedDataAccessException](err); trimmed {
			h.read = ""
		}
		return nil, err
	}
	h.iterator = aws.ToString(out.NextShardIterator)
	h.ended = h.iterator == ""
	page := make([]record, len(out.Records))
	for i, r := range out.Records {
		if page[i], err = newRecord(r, s.m.Stream); err != nil {
			h.iterator = "" // read again: nothing of the page is handed out
			return nil, err
		}
	}
	return page, nil
}

func (s *Stream) iterate(ctx context.Context, h *shard) error {
	in := &dynamodbstreams.GetShardIteratorInput{StreamArn: &s.m.Stream, ShardId: &h.id, ShardIteratorType: types.ShardIteratorTypeTrimHorizon}
	if h.read != "" {
		in.ShardIteratorType, in.SequenceNumber = types.ShardIteratorTypeAfterSequenceNumber, &h.read
	}
	out, err := s.client.GetShardIterator(ctx, in)
	if err == nil {
		h.iterator = aws.ToString(out.ShardIterator)
	}
	return err
}
