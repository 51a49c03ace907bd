package path

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/infra/aws/runtimeapi"
	"motorpool/infra/machine/host"
)

// TestALambdaKilledAfterThePostIsMadeGood kills the process of the real bootstrap
// (SIGKILL) when the receiver has answered and before that is recorded. SQS hands
// the message out again by itself; another process sends it again with the same
// webhook-id, and the log has one attempt, which succeeded.
func TestALambdaKilledAfterThePostIsMadeGood(t *testing.T) {
	r, bootstrap, msgs := doomed(t)
	calls := newTrap(t)
	t.Cleanup(calls.open)
	r.gate.set(func(operation string, _ []byte) string {
		if len(r.receiver.posts()) == 0 || operation != "PutItem" && !strings.Contains(operation, "Write") {
			return ""
		}
		calls.spring()
		return `{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"the caller is dead"}`
	})
	calls.kill(start(t, bootstrap, r.vars), msgs)
	r.gate.set(nil)
	r.receiver.got(t, 1, 1)
	if d := r.log(); len(d) > 1 || len(d) == 1 && (d[0].Status != "pending" || len(d[0].Attempts) != 0) {
		t.Errorf("before the message comes again the log says %+v", d)
	}
	r.takenUp(bootstrap, msgs)
	r.receiver.got(t, 2, 1)
	r.each(1)
	if d := r.only(); len(d.Attempts) != 1 || d.ID != r.receiver.posts()[1].id || d.Attempts[0].Response.Status != http.StatusOK {
		t.Errorf("the log says %+v", d)
	}
}

// TestALambdaKilledBeforeItBeganTheRetriesIsMadeGood kills it when the failed
// attempt is recorded and Step Functions has not been told. The next process
// sends nothing: it begins the retries, once.
func TestALambdaKilledBeforeItBeganTheRetriesIsMadeGood(t *testing.T) {
	r, bootstrap, msgs := doomed(t)
	r.receiver.answer(http.StatusServiceUnavailable)
	calls := newTrap(t)
	deaf := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.spring()
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	t.Cleanup(deaf.Close)
	t.Cleanup(calls.open)
	vars := maps.Clone(r.vars)
	vars["AWS_ENDPOINT_URL_SFN"] = deaf.URL
	calls.kill(start(t, bootstrap, vars), msgs)
	if begun := r.executions(t); len(begun) != 0 {
		t.Fatalf("executions %q were begun, so nothing was killed in between", begun)
	}
	r.takenUp(bootstrap, msgs)
	r.receiver.got(t, 1, 1)
	d := r.only()
	if begun := r.executions(t); len(begun) != 1 || begun[0] != d.ID+"-r1" || d.Status != "retrying" || len(d.Attempts) != 1 {
		t.Errorf("the executions are %q, the log says %+v; want one execution and one attempt", begun, d)
	}
}

// doomed is a rig on the real clock with one message for a bootstrap. Messages
// that were taken are visible again after two seconds.
func doomed(t *testing.T) (r *rig, bootstrap string, msgs []message) {
	t.Helper()
	r = open(t, host.RealClock())
	r.soon(t, 2)
	r.endpoint("custom.*")
	r.events(1)
	r.published(r.next(2))
	bootstrap, err := workers()
	if err != nil {
		t.Fatal(err)
	}
	return r, bootstrap, r.take(1)
}

// A trap holds calls of a process until the process is dead.
type trap struct {
	t      *testing.T
	sprung chan struct{}
	over   chan struct{}
}

func newTrap(t *testing.T) *trap { return &trap{t, make(chan struct{}), make(chan struct{})} }

// open lets go what it holds. Servers wait for that when they are closed, so it
// has to be cleaned up before them.
func (p *trap) open() { close(p.over) }

// spring says that a call came, and holds it.
func (p *trap) spring() {
	select {
	case p.sprung <- struct{}{}:
		<-p.over
	case <-p.over:
	}
}

// kill invokes the process with messages and kills it when it is in the trap.
func (p *trap) kill(b *runtimeapi.Process, msgs []message) {
	p.t.Helper()
	answered := make(chan error, 1)
	go func() {
		_, err := b.Invoke(sqsEvent(msgs))
		answered <- err
	}()
	select {
	case <-p.sprung:
	case err := <-answered:
		p.t.Fatalf("the function came to its end (%v) before it was in the trap", err)
	case <-time.After(time.Minute):
		p.t.Fatal("the function does not come into the trap")
	}
	b.Close()
	if err := <-answered; err == nil {
		p.t.Fatal("the function answered, though it was killed")
	}
}

// takenUp gives the messages to another process when SQS hands them out again.
func (r *rig) takenUp(bootstrap string, msgs []message) {
	r.t.Helper()
	again := r.take(len(msgs))
	if again[0].MessageId != msgs[0].MessageId || again[0].Attributes["ApproximateReceiveCount"] != "2" {
		r.t.Errorf("got %+v, want %s for the second time", again[0], msgs[0].MessageId)
	}
	answer, err := start(r.t, bootstrap, r.vars).Invoke(sqsEvent(again))
	if err != nil || answer.Kind != "response" {
		r.t.Fatalf("got %s %s, %v", answer.Kind, answer.Body, err)
	}
	if failed := r.settle(answer.Body, again); len(failed) > 0 {
		r.t.Fatalf("failed: %+v", failed)
	}
}

func start(t *testing.T, bootstrap string, vars map[string]string) *runtimeapi.Process {
	t.Helper()
	var env []string
	for name, value := range vars {
		env = append(env, name+"="+value)
	}
	p, err := runtimeapi.Start(t.Context(), bootstrap, "workers.deliver", env...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Close()
		if t.Failed() {
			t.Logf("the bootstrap said: %s", p.Said)
		}
	})
	return p
}

// workers is the bootstrap of the area, built once for all tests.
var workers = sync.OnceValues(func() (string, error) { return build(filepath.Join(built, "workers")) })

// built is where it lies.
var built string

func TestMain(m *testing.M) {
	built = must(os.MkdirTemp("", "path"))
	code := m.Run()
	os.RemoveAll(built)
	os.Exit(code)
}

// build makes it as "make build" does, but for this computer.
func build(to string) (bootstrap string, err error) {
	cmd := exec.Command("go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", to, "./infra/aws/lambda/workers")
	cmd.Dir, cmd.Env = top(), append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return to, nil
}
