package path

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	r := open(t, host.RealClock())
	r.soon(t, 2)
	r.endpoint("custom.*")
	r.events(1)
	r.published(r.next(2))
	bootstrap := build(t, "workers")
	msgs := r.take(1)

	recording, release := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(release) })
	r.gate.set(func(operation string, _ []byte) string {
		if len(r.receiver.posts()) > 0 && (operation == "PutItem" || strings.Contains(operation, "Write")) {
			select {
			case recording <- struct{}{}:
				<-release // by then nobody waits for it
			case <-release:
			}
			return `{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"the caller is dead"}`
		}
		return ""
	})
	doomed := start(t, bootstrap, r.vars)
	answered := make(chan error, 1)
	go func() {
		_, err := doomed.Invoke(sqsEvent(msgs))
		answered <- err
	}()
	select {
	case <-recording:
	case err := <-answered:
		t.Fatalf("the function answered (%v) before it recorded anything", err)
	case <-time.After(time.Minute):
		t.Fatal("the function recorded nothing")
	}
	doomed.Close()
	if err := <-answered; err == nil {
		t.Fatal("the function answered, though it was killed")
	}
	r.gate.set(nil)
	r.receiver.got(t, 1, 1)
	if d := r.log(); len(d) > 1 || len(d) == 1 && (d[0].Status != "pending" || len(d[0].Attempts) != 0) {
		t.Errorf("before the message comes again the log says %+v", d)
	}

	again := r.take(1) // when its visibility timeout has passed
	if again[0].MessageId != msgs[0].MessageId || again[0].Attributes["ApproximateReceiveCount"] != "2" {
		t.Errorf("got %+v, want %s for the second time", again[0], msgs[0].MessageId)
	}
	answer, err := start(t, bootstrap, r.vars).Invoke(sqsEvent(again))
	if err != nil || answer.Kind != "response" {
		t.Fatalf("got %s %s, %v", answer.Kind, answer.Body, err)
	}
	if failed := r.settle(json.RawMessage(answer.Body), again); len(failed) > 0 {
		t.Fatalf("failed: %+v", failed)
	}
	r.receiver.got(t, 2, 1)
	r.each(1)
	if d := r.only(); len(d.Attempts) != 1 || d.ID != r.receiver.posts()[1].id || d.Attempts[0].Response.Status != http.StatusOK {
		t.Errorf("the log says %+v", d)
	}
}

func start(t *testing.T, bootstrap string, vars map[string]string) *runtimeapi.Process {
	t.Helper()
	var env []string
	for name, value := range vars {
		env = append(env, name+"="+value)
	}
	p, err := runtimeapi.Start(t.Context(), []string{bootstrap}, "workers.deliver", env...)
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

// build makes an area's bootstrap as "make build" does, but for this computer and
// with one word of its source replaced: a deployed function has no switch that
// lets it reach private addresses, and the receiver is at one.
func build(t *testing.T, area string) (bootstrap string) {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob(filepath.Join(top(), "infra", "aws", "lambda", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	replaced := map[string]string{}
	for _, file := range files {
		text := must(os.ReadFile(file))
		open := bytes.ReplaceAll(text, []byte("egress.Options{}"), []byte("egress.Options{AllowPrivate: true}"))
		if bytes.Equal(text, open) {
			continue
		}
		replaced[file] = filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(replaced[file], open, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(replaced) != 1 {
		t.Fatalf("egress.Options{} is in %d files of infra/aws/lambda, want 1", len(replaced))
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, must(json.Marshal(map[string]any{"Replace": replaced})), 0o600); err != nil {
		t.Fatal(err)
	}
	bootstrap = filepath.Join(dir, "bootstrap")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-overlay", overlay,
		"-ldflags", "-s -w -buildid=", "-o", bootstrap, "./infra/aws/lambda/"+area)
	cmd.Dir, cmd.Env = top(), append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bootstrap
}
