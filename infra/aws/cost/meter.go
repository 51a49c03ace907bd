package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Use is what some work used of AWS, as AWS counts it.
type Use struct {
	Writes float64        // write request units, of the table and its index
	Reads  float64        // read request units, of both
	SQS    float64        // requests; one of more than 64 KiB counts as several
	KMS    float64        // requests
	Starts float64        // executions begun
	Logged float64        // bytes that our code wrote to its log
	Calls  map[string]int // by operation
}

// A meter listens in on every call that the SDK makes. It asks DynamoDB what
// each has consumed.
type meter struct {
	raw *dynamodb.Client // not metered

	mu   sync.Mutex
	use  Use
	torn bool // a call got no answer, and was made again: it counts twice
}

// chunk is what SQS counts as one request.
// https://aws.amazon.com/sqs/pricing/
const chunk = 64 << 10

// listen makes clients of cfg tell m.
func (m *meter) listen(cfg aws.Config) aws.Config {
	cfg.APIOptions = append(cfg.APIOptions, func(stack *middleware.Stack) error {
		if err := stack.Initialize.Add(middleware.InitializeMiddlewareFunc("meter", m.call), middleware.After); err != nil {
			return err
		}
		return stack.Finalize.Add(middleware.FinalizeMiddlewareFunc("meter of requests", m.request), middleware.After)
	})
	return cfg
}

func (m *meter) call(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	ask(in.Parameters)
	if t, is := in.Parameters.(*dynamodb.TransactWriteItemsInput); is {
		units, err := transaction(ctx, m.raw, t)
		if err != nil {
			return middleware.InitializeOutput{}, middleware.Metadata{}, err
		}
		m.mu.Lock()
		m.use.Writes += units
		m.mu.Unlock()
	}
	out, meta, err := next.HandleInitialize(ctx, in)
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, answered := errors.AsType[smithy.APIError](err); err != nil {
		m.torn = m.torn || !answered
		return out, meta, err
	}
	writes, reads := consumed(out.Result)
	m.use.Writes += aws.ToFloat64(writes)
	m.use.Reads += aws.ToFloat64(reads)
	return out, meta, err
}

func (m *meter) request(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
	m.mu.Lock()
	name := awsmiddleware.GetOperationName(ctx)
	if m.use.Calls == nil {
		m.use.Calls = map[string]int{}
	}
	m.use.Calls[name]++
	switch awsmiddleware.GetServiceID(ctx) {
	case "SQS":
		m.use.SQS += chunks(in.Request)
	case "KMS":
		m.use.KMS++
	case "SFN":
		m.use.Starts++
	}
	m.mu.Unlock()
	return next.HandleFinalize(ctx, in)
}

func chunks(r any) float64 {
	if r, is := r.(*smithyhttp.Request); is && r.GetStream() != nil {
		if n, known, err := r.StreamLength(); err == nil && known {
			return float64((n + chunk - 1) / chunk)
		}
	}
	return 1
}

// ask has DynamoDB say what a call consumes.
func ask(in any) {
	const what = types.ReturnConsumedCapacityIndexes
	switch in := in.(type) {
	case *dynamodb.GetItemInput:
		in.ReturnConsumedCapacity = what
	case *dynamodb.QueryInput:
		in.ReturnConsumedCapacity = what
	case *dynamodb.PutItemInput:
		in.ReturnConsumedCapacity = what
	case *dynamodb.DeleteItemInput:
		in.ReturnConsumedCapacity = what
	}
}

// consumed is the units of a call, of the table and its index together.
func consumed(out any) (writes, reads *float64) {
	switch out := out.(type) {
	case *dynamodb.GetItemOutput:
		return nil, out.ConsumedCapacity.CapacityUnits
	case *dynamodb.QueryOutput:
		return nil, out.ConsumedCapacity.CapacityUnits
	case *dynamodb.PutItemOutput:
		return out.ConsumedCapacity.CapacityUnits, nil
	case *dynamodb.DeleteItemOutput:
		return out.ConsumedCapacity.CapacityUnits, nil
	}
	return nil, nil
}

// Write makes the meter the end of a log.
func (m *meter) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(`"level":"ERROR"`)) {
		os.Stderr.Write(line) // what the product complains of, beside being weighed
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.use.Logged += float64(len(line))
	return len(line), nil
}

var _ io.Writer = (*meter)(nil)

// take returns what was used since it was called last.
func (m *meter) take() Use {
	m.mu.Lock()
	defer m.mu.Unlock()
	u := m.use
	m.use = Use{}
	return u
}

// String is a line of the golden file.
func (u Use) String() string {
	var calls []string
	for _, name := range slices.Sorted(maps.Keys(u.Calls)) {
		calls = append(calls, fmt.Sprintf("%d %s", u.Calls[name], name))
	}
	return fmt.Sprintf("%g written, %g read, %g sqs, %g kms, %g starts; %s", u.Writes, u.Reads, u.SQS, u.KMS, u.Starts, strings.Join(calls, ", "))
}

// add makes p the sum of both.
func (p *Pattern) add(q Pattern) {
	u := &p.Use
	u.Writes, u.Reads, u.SQS, u.KMS = u.Writes+q.Use.Writes, u.Reads+q.Use.Reads, u.SQS+q.Use.SQS, u.KMS+q.Use.KMS
	u.Starts, u.Logged = u.Starts+q.Use.Starts, u.Logged+q.Use.Logged
	if u.Calls == nil {
		u.Calls = map[string]int{}
	}
	for name, n := range q.Use.Calls {
		u.Calls[name] += n
	}
	p.CPU, p.Sent, p.Stored = p.CPU+q.CPU, p.Sent+q.Sent, p.Stored+q.Stored
}
