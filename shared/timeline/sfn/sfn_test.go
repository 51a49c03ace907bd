package sfn_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
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
	emulators.Tools(t)
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
		w := &world{t: t, client: client, machine: *made.StateMachineArn, at: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), task: task, abandon: abandon}
		w.Interpreter = emulators.Interpreted(t, definition, w.now, w.call)
		return timelinetest.World{
			Timeline: sfn.New(func() *service.Client { return client }, w.machine, timelinetest.Plan),
			Now:      w.now, Play: w.play,
		}
	})
}

// world plays the executions that were started, on one clock.
type world struct {
	*emulators.Interpreter
	t       *testing.T
	client  *service.Client
	machine string
	task    timeline.Task
	abandon timeline.Abandon

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

// call is the two Lambdas.
func (w *world) call(ctx context.Context, in emulators.Invocation) (any, error) {
	if in.Resource == abandonARN {
		return nil, w.abandon(ctx, in.Input)
	}
	next, err := w.task(ctx, in.Input)
	if err != nil {
		return nil, err
	}
	return sfn.Answer(next, timelinetest.Plan)
}

func (w *world) play() {
	w.t.Helper()
	if w.client != nil {
		if err := w.Collect(w.t.Context(), w.client, w.machine); err != nil {
			w.t.Fatal(err)
		}
	}
	for {
		if err := w.Rest(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		next, more := w.Next()
		if !more {
			return
		}
		w.set(next)
		w.Wake()
	}
}

// played is how one execution goes that begins with the plan's first wait.
func played(t *testing.T, task timeline.Task) (end emulators.Execution, took time.Duration) {
	t.Helper()
	began := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	w := &world{t: t, at: began, task: task, abandon: func(context.Context, json.RawMessage) error { return nil }}
	w.Interpreter = emulators.Interpreted(t, definition, w.now, w.call)
	if err := w.Begin("one", json.RawMessage(`{"wait":5,"input":{}}`)); err != nil {
		t.Fatal(err)
	}
	w.play()
	end, _ = w.Execution("one")
	return end, w.now().Sub(began)
}

// TestEveryStateThatIsEnteredIsNeeded counts what AWS bills: each state that an
// execution enters, and each retry. The table is that of decision 0022.
func TestEveryStateThatIsEnteredIsNeeded(t *testing.T) {
	t.Parallel()
	fail := func(n int) timeline.Next { return timeline.Next{Failed: n, Wait: timelinetest.Plan[n-1]} }
	for _, tt := range []struct {
		name   string
		answer []timeline.Next
		visits string
		took   string
	}{
		{"the second attempt succeeds", []timeline.Next{{}}, "First wait > Attempt", "5s"},
		{"the third does", []timeline.Next{fail(2), {}}, "First wait > Attempt > Attempt", "5m5s"},
		{
			"all seven fail",
			[]timeline.Next{fail(2), fail(3), fail(4), fail(5), fail(6), {}},
			"First wait > Attempt > Attempt > Attempt > Attempt > Attempt > Attempt", "17h35m5s",
		},
		{
			"the receiver asks for more time after the second",
			[]timeline.Next{{Failed: 2, Wait: 10 * time.Minute}, {}},
			"First wait > Attempt > How long > Longer wait > Attempt", "10m5s",
		},
	} {
		end, took := played(t, func(context.Context, json.RawMessage) (timeline.Next, error) {
			next := tt.answer[0]
			tt.answer = tt.answer[1:]
			return next, nil
		})
		if got := strings.Join(end.Visits, " > "); got != tt.visits || len(end.Visits) > 8 {
			t.Errorf("%s: %d states\n got %s\nwant %s", tt.name, len(end.Visits), got, tt.visits)
		}
		if end.Status != "SUCCEEDED" || took.String() != tt.took {
			t.Errorf("%s: it %s after %s, want %s", tt.name, end.Status, took, tt.took)
		}
	}
}

// TestAnAbandonedRunFails so that the alarm on failed executions sees it.
func TestAnAbandonedRunFails(t *testing.T) {
	t.Parallel()
	end, _ := played(t, func(context.Context, json.RawMessage) (timeline.Next, error) {
		return timeline.Next{}, os.ErrDeadlineExceeded
	})
	if last := end.Visits[len(end.Visits)-1]; end.Status != "FAILED" || end.Error != "Abandoned" || last != "Abandoned" {
		t.Errorf("got %+v, want it FAILED in Abandoned", end)
	}
}

// TestLambdasOwnTroubleIsNoErrorOfTheTask: throttling is waited out for longer
// than errors of the task are, and counts for nothing.
func TestLambdasOwnTroubleIsNoErrorOfTheTask(t *testing.T) {
	t.Parallel()
	calls := 0
	end, _ := played(t, func(context.Context, json.RawMessage) (timeline.Next, error) {
		if calls++; calls <= timeline.ErrorRetries+4 {
			return timeline.Next{}, messages.InvokeResponse_Error{Type: "Lambda.TooManyRequestsException", Message: "Rate exceeded"}
		}
		return timeline.Next{}, nil
	})
	if end.Status != "SUCCEEDED" {
		t.Errorf("got %+v after %d calls, want it SUCCEEDED", end, calls)
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
	validator := filepath.Join(emulators.Tools(t), "asl-validator", "dist", "bin", "asl-validator.js")
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
		{timeline.Next{}, `{"done":true}`},
		{timeline.Next{Failed: 3, Wait: 30 * time.Minute}, `{"errorMessage":"Attempt 3 failed; the next follows in 30m0s.","errorType":"Attempt3Failed"}`},
		{timeline.Next{Failed: 3, Wait: time.Hour}, `{"errorMessage":"Attempt 3 failed; the next follows in |3600| seconds, as the receiver asks.","errorType":"LongerWait"}`},
	} {
		answer, said := sfn.Answer(tt.next, timelinetest.Plan)
		if said != nil {
			answer = emulators.Failure(said)
		}
		got, err := json.Marshal(answer)
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
