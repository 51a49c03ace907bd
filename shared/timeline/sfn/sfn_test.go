package sfn_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-sdk-go-v2/aws"
	service "github.com/aws/aws-sdk-go-v2/service/sfn"

	"motorpool/infra/emulators"
	"motorpool/shared/ident"
	"motorpool/shared/timeline"
	"motorpool/shared/timeline/sfn"
	"motorpool/shared/timeline/timelinetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	taskARN    = "arn:aws:lambda:eu-west-1:123456789012:function:steps-redeliver"
	abandonARN = "arn:aws:lambda:eu-west-1:123456789012:function:steps-abandon"
)

var definition = sfn.Definition(timelinetest.Plan, taskARN, abandonARN)

// TestTheStateMachineIsATimeline begins runs with the Step Functions API of moto,
// which keeps executions but does not run them, and plays them with an
// interpreter of the very definition that was given to moto.
func TestTheStateMachineIsATimeline(t *testing.T) {
	t.Parallel()
	tools(t)
	client := service.NewFromConfig(emulators.Config(emulators.AWS(t)))
	names := ident.Sortable(time.Now)
	timelinetest.Run(t, func(t *testing.T, task timeline.Task, abandon timeline.Abandon) timelinetest.World {
		made, err := client.CreateStateMachine(t.Context(), &service.CreateStateMachineInput{
			Name: aws.String(names("sfn")), Definition: aws.String(string(definition)),
			RoleArn: aws.String("arn:aws:iam::123456789012:role/any"),
		})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{client: client, machine: *made.StateMachineArn, at: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), task: task, abandon: abandon}
		return timelinetest.World{
			Timeline: sfn.New(func() *service.Client { return client }, w.machine, timelinetest.Plan),
			Now:      w.now, Play: func() { w.play(t) },
		}
	})
}

// world plays the executions that were started. Each has a clock of its own that
// starts at the world's.
type world struct {
	client  *service.Client
	machine string
	task    timeline.Task
	abandon timeline.Abandon
	played  []string

	mu sync.Mutex
	at time.Time
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *world) set(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = at
}

func (w *world) play(t *testing.T) {
	t.Helper()
	list, err := w.client.ListExecutions(t.Context(), &service.ListExecutionsInput{StateMachineArn: &w.machine})
	if err != nil {
		t.Fatal(err)
	}
	began := w.now()
	for _, e := range list.Executions {
		if slices.Contains(w.played, *e.ExecutionArn) {
			continue
		}
		w.played = append(w.played, *e.ExecutionArn)
		started, err := w.client.DescribeExecution(t.Context(), &service.DescribeExecutionInput{ExecutionArn: e.ExecutionArn})
		if err != nil {
			t.Fatal(err)
		}
		at := func(s float64) { w.set(began.Add(time.Duration(s * float64(time.Second)))) }
		end := interpret(t, definition).run(t, json.RawMessage(*started.Input), map[string]lambda{
			"Attempt": func(ctx context.Context, s float64, input json.RawMessage) (any, error) {
				at(s)
				next, err := w.task(ctx, input)
				if err != nil {
					return nil, err
				}
				return sfn.Answer(next, timelinetest.Plan)
			},
			"Abandon": func(ctx context.Context, s float64, input json.RawMessage) (any, error) {
				at(s)
				return nil, w.abandon(ctx, input)
			},
		})
		if end.Ended != "Succeeded" && end.Ended != "Failed" {
			t.Errorf("the execution ended with %s", end.Ended)
		}
	}
}

// TestAPlainRunTakesEightTransitions counts the visits that the interpreter logs:
// each retry is one, and there is a transition between each two.
func TestAPlainRunTakesEightTransitions(t *testing.T) {
	t.Parallel()
	n := 1
	end := interpret(t, definition).run(t, json.RawMessage(`{"wait":5,"input":{}}`), map[string]lambda{
		"Attempt": func(context.Context, float64, json.RawMessage) (any, error) {
			if n++; n > len(timelinetest.Plan) {
				return sfn.Answer(timeline.Next{}, timelinetest.Plan)
			}
			return sfn.Answer(timeline.Next{Failed: n, Wait: timelinetest.Plan[n-1]}, timelinetest.Plan)
		},
	})
	got := strings.Join(end.Visits, " > ")
	want := "First wait > Attempt > Attempt > Attempt > Attempt > Attempt > Attempt > Longer? > Done"
	if got != want || len(end.Visits)-1 > 8 {
		t.Errorf("%d transitions\n got %s\nwant %s", len(end.Visits)-1, got, want)
	}
	if end.Ended != "Succeeded" || end.At != (17*time.Hour+35*time.Minute+5*time.Second).Seconds() {
		t.Errorf("it %s after %g s", end.Ended, end.At)
	}
}

// TestAnAbandonedRunFails so that the alarm on failed executions sees it.
func TestAnAbandonedRunFails(t *testing.T) {
	t.Parallel()
	end := interpret(t, definition).run(t, json.RawMessage(`{"wait":5,"input":{}}`), map[string]lambda{
		"Attempt": func(context.Context, float64, json.RawMessage) (any, error) { return nil, os.ErrDeadlineExceeded },
		"Abandon": func(context.Context, float64, json.RawMessage) (any, error) { return nil, nil },
	})
	if last := end.Visits[len(end.Visits)-1]; end.Ended != "Failed" || last != "Abandoned" {
		t.Errorf("got %s in %s, want Failed in Abandoned", end.Ended, last)
	}
}

func TestTheDefinitionIsAsAgreed(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "retry.asl.json")
	if *update {
		if err := os.WriteFile(path, definition, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(definition) {
		t.Errorf("the state machine differs from %s; if that is meant: go test ./shared/timeline/sfn -update\n%s", path, definition)
	}
}

func TestTheDefinitionIsValid(t *testing.T) {
	t.Parallel()
	validator := filepath.Join(tools(t), "asl-validator", "dist", "bin", "asl-validator.js")
	path := filepath.Join(t.TempDir(), "retry.asl.json")
	if err := os.WriteFile(path, definition, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("node", validator, "--json-path", path).CombinedOutput(); err != nil {
		t.Errorf("asl-validator: %v\n%s", err, out)
	}
}

func TestAnswersSayWhatTheStateMachineUnderstands(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		next   timeline.Next
		answer string // JSON of the answer, or of the error
	}{
		{timeline.Next{}, `{"result":{"done":true}}`},
		{timeline.Next{Failed: 3, Wait: 30 * time.Minute}, `{"errorMessage":"Attempt 3 failed; the next follows in 30m0s.","errorType":"Attempt3Failed"}`},
		{timeline.Next{Failed: 3, Wait: time.Hour}, `{"result":{"wait":3600}}`},
	} {
		got, err := json.Marshal(response(sfn.Answer(tt.next, timelinetest.Plan)))
		if err != nil || string(got) != tt.answer {
			t.Errorf("%+v: got %s, %v, want %s", tt.next, got, err, tt.answer)
		}
	}
	if _, err := sfn.Answer(timeline.Next{Failed: 7, Wait: time.Hour}, timelinetest.Plan); err == nil {
		t.Error("an impossible answer: got no error")
	} else if _, named := err.(messages.InvokeResponse_Error); named { //nolint:errorlint // as the runtime does
		t.Errorf("an impossible answer: got %v, which the state machine would take for a failed attempt", err)
	}
}
