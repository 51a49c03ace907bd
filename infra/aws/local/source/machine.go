package source

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"motorpool/infra/emulators"
)

// A Machine plays the executions of a state machine that were started at an
// emulator which keeps them but does not run them. It is a host.Source.
type Machine struct {
	world       World
	client      *sfn.Client
	arn         string
	functions   map[string]Function // by the ARN that the definition calls
	interpreter *emulators.Interpreter
	*pulse

	mu      sync.Mutex
	stopped bool
	running sync.WaitGroup
}

// NewMachine asks the emulator for the definition.
func NewMachine(ctx context.Context, w World, client *sfn.Client, arn string, functions map[string]Function) (*Machine, error) {
	about, err := client.DescribeStateMachine(ctx, &sfn.DescribeStateMachineInput{StateMachineArn: &arn})
	if err != nil {
		return nil, err
	}
	m := &Machine{world: w, client: client, arn: arn, functions: functions, pulse: newPulse()}
	m.interpreter, err = emulators.Interpret([]byte(aws.ToString(about.Definition)), w.Now, m.call)
	return m, err
}

// Ask makes Idle false until the executions have been listed.
func (m *Machine) Ask() { m.ask() }

// Idle reports that all executions that were started before the last Ask wait
// for their time or have ended.
func (m *Machine) Idle() bool { return m.rests() && m.interpreter.Idle() }

// Next is the earliest instant at which an execution goes on.
func (m *Machine) Next() (time.Time, bool) { return m.interpreter.Next() }

// Wake lets executions go on that are due.
func (m *Machine) Wake() { m.interpreter.Wake() }

// Execution tells how the execution called name went so far.
func (m *Machine) Execution(name string) (emulators.Execution, bool) {
	return m.interpreter.Execution(name)
}

// Serve looks for executions until ctx ends, and returns when the calls under
// way have. They go on, from their beginning, in the next process.
func (m *Machine) Serve(ctx context.Context) {
	var clock sync.WaitGroup
	if !m.world.Frozen {
		clock.Go(func() {
			if err := m.interpreter.Serve(ctx); err != nil {
				m.world.Log.ErrorContext(ctx, "executions stand still", "err", err)
			}
		})
	}
	for ctx.Err() == nil {
		began := m.look()
		switch err := m.interpreter.Collect(ctx, m.client, m.arn); {
		case err != nil && ctx.Err() == nil:
			m.world.Log.WarnContext(ctx, "executions not listed", "err", err)
		case err == nil:
			m.nothing(began)
		}
		m.wait(ctx, time.Second)
	}
	clock.Wait()
	m.mu.Lock()
	m.stopped = true
	m.mu.Unlock()
	m.running.Wait()
}

// Close ends the interpreter.
func (m *Machine) Close() error { return m.interpreter.Close() }

func (m *Machine) call(ctx context.Context, in emulators.Invocation) (any, error) {
	if !m.enter() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	defer m.running.Done()
	f, known := m.functions[in.Resource]
	if !known {
		return nil, fmt.Errorf("the state %s calls %s, which is no function of template.yaml", in.State, in.Resource)
	}
	answer, err := m.world.call(ctx, f, in.Input)
	return json.RawMessage(answer), err
}

func (m *Machine) enter() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped {
		return false
	}
	m.running.Add(1)
	return true
}
