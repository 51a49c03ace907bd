package source_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"motorpool/infra/aws/local/source"
	"motorpool/infra/emulators"
)

const (
	testARN = "arn:aws:lambda:eu-west-1:123456789012:function:test"
	retries = `{"StartAt": "Wait", "States": {
		"Wait": {"Type": "Wait", "SecondsPath": "$.wait", "Next": "Ask"},
		"Ask": {"Type": "Task", "Resource": "` + testARN + `", "End": true,
			"Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 1, "BackoffRate": 1}]}
	}}`
)

// stage is a state machine at moto, and a way to start an execution of it.
func (s *scene) stage() (open func() *source.Machine, start func(name string)) {
	s.t.Helper()
	emulators.Tools(s.t)
	client := sfn.NewFromConfig(emulators.Config(emulators.AWS(s.t)))
	made, err := client.CreateStateMachine(s.t.Context(), &sfn.CreateStateMachineInput{
		Name: aws.String(newID("machine")), Definition: aws.String(retries), RoleArn: aws.String("arn:aws:iam::123456789012:role/any"),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	open = func() *source.Machine {
		m, err := source.NewMachine(s.t.Context(), s.world, client, *made.StateMachineArn, map[string]source.Function{testARN: {Name: "workers.test", Timeout: time.Minute}})
		if err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(func() { m.Close() })
		return m
	}
	start = func(name string) {
		_, err := client.StartExecution(s.t.Context(), &sfn.StartExecutionInput{
			StateMachineArn: made.StateMachineArn, Name: &name, Input: aws.String(`{"wait":5,"Records":[{"body":"{\"name\":\"` + name + `\"}"}]}`),
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
	return open, start
}

func TestExecutionsThatWereStartedAreFoundAndPlayedByTheClock(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	open, start := s.stage()
	m := open()
	serve(t, m)
	start("a")
	rest(t, m)
	s.breaks("a")
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{{4 * time.Second, ""}, {time.Second, "a"}, {59 * time.Second, ""}, {time.Second, "a"}, {time.Hour, ""}} {
		s.advance(tt.after)
		m.Wake()
		rest(t, m)
		if got := s.told(); got != tt.want {
			t.Errorf("%s later: told %q, want %q", tt.after, got, tt.want)
		}
	}
	if e, known := m.Execution("a"); !known || e.Status != "FAILED" {
		t.Errorf("it is %+v, %v", e, known)
	}
}

// TestAnExecutionBeginsAgainAfterARestart from its first state: the function has
// to know by itself what is done, as it has for every source.
func TestAnExecutionBeginsAgainAfterARestart(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	open, start := s.stage()
	before := open()
	stop := serve(t, before)
	start("a")
	rest(t, before)
	stop()
	after := open()
	serve(t, after)
	rest(t, after)
	s.advance(5 * time.Second)
	after.Wake()
	rest(t, after)
	if got := s.told(); got != "a" {
		t.Errorf("told %q, want one call", got)
	}
}

// TestServeReturnsWhenTheCallUnderWayHas, so that a shutdown interrupts nothing.
func TestServeReturnsWhenTheCallUnderWayHas(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	called, answer := make(chan struct{}), make(chan struct{})
	s.world.Invoke = func(context.Context, string, json.RawMessage) (json.RawMessage, error) {
		close(called)
		<-answer
		return nil, nil
	}
	open, start := s.stage()
	m := open()
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan struct{})
	go func() { defer close(served); m.Serve(ctx) }()
	start("a")
	rest(t, m)
	s.advance(5 * time.Second)
	m.Wake()
	<-called
	cancel()
	select {
	case <-served:
		t.Error("it returned before the call had")
	case <-time.After(50 * time.Millisecond):
	}
	close(answer)
	<-served
}
