package emulators

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// line is what goes to interpreter.cjs and what comes back.
type line struct {
	Now        int64           `json:"now,omitempty"`
	Definition json.RawMessage `json:"definition,omitempty"`
	Begin      string          `json:"begin,omitempty"`
	Input      json.RawMessage `json:"input,omitempty"`
	Answer     int             `json:"answer,omitempty"`
	Result     any             `json:"result,omitempty"`
	Failure    any             `json:"error,omitempty"`

	Call      int      `json:"call,omitempty"`
	Execution string   `json:"execution,omitempty"`
	State     string   `json:"state,omitempty"`
	Resource  string   `json:"resource,omitempty"`
	Ended     string   `json:"ended,omitempty"`
	Status    string   `json:"status,omitempty"`
	Cause     string   `json:"cause,omitempty"`
	Visits    []string `json:"visits,omitempty"`
	Rest      bool     `json:"rest,omitempty"`
	Next      *int64   `json:"next,omitempty"`
}

func (i *Interpreter) say(l line) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.sayLocked(l)
}

func (i *Interpreter) sayLocked(l line) error {
	if i.err != nil {
		return i.err
	}
	l.Now = i.now().UnixMilli()
	if err := i.to.Encode(l); err != nil {
		return fmt.Errorf("the interpreter of the state machine does not listen: %w", err)
	}
	i.pending++
	return nil
}

// listen reads what Node says until it ends.
func (i *Interpreter) listen(from io.Reader, cmd *exec.Cmd) {
	defer close(i.ended)
	lines := json.NewDecoder(from)
	for {
		var l line
		err := lines.Decode(&l)
		i.mu.Lock()
		switch {
		case err != nil:
			i.err = fmt.Errorf("the interpreter of the state machine ended: %w\n%s", errors.Join(err, cmd.Wait()), cmd.Stderr)
			i.tell()
			i.mu.Unlock()
			return
		case l.Rest:
			i.pending--
			i.next = l.Next
			i.tell()
		case l.Ended != "":
			failed, _ := l.Failure.(string)
			i.known[l.Ended] = Execution{l.Status, failed, l.Cause, l.Visits}
		case l.Call != 0:
			i.calling++
			go i.invoke(l)
		}
		i.mu.Unlock()
	}
}

// tell wakes who waits for a change. i.mu is held.
func (i *Interpreter) tell() {
	close(i.changed)
	i.changed = make(chan struct{})
}

func (i *Interpreter) invoke(l line) {
	result, err := i.call(i.ctx, Invocation{l.Execution, l.State, l.Resource, l.Input})
	answer := line{Answer: l.Call, Result: result}
	if err != nil {
		answer.Result, answer.Failure = nil, Failure(err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.calling--
	_ = i.sayLocked(answer) // Err tells
}

// Failure is what the Lambda runtime makes of the error of a Go function.
func Failure(err error) messages.InvokeResponse_Error {
	if named, ok := err.(messages.InvokeResponse_Error); ok { //nolint:errorlint // as the runtime does
		return named
	}
	return messages.InvokeResponse_Error{Type: "errorString", Message: err.Error()}
}

// NodeModules returns the folder with the packages that .ci/package.json names:
// MOTORPOOL_NODE_MODULES, else .ci/node_modules. Its error says what to install.
func NodeModules() (string, error) {
	dir := os.Getenv("MOTORPOOL_NODE_MODULES")
	if dir == "" {
		root, err := root()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, ".ci", "node_modules")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	_, err = os.Stat(filepath.Join(dir, "aws-local-stepfunctions"))
	if _, nodeless := exec.LookPath("node"); err != nil || nodeless != nil {
		return "", fmt.Errorf("aws-local-stepfunctions or Node is not installed; install Node and run npm ci --prefix .ci: %w", errors.Join(err, nodeless))
	}
	return dir, nil
}

// Tools is NodeModules for a test, which is skipped where there are none, except
// where CI=true: there it fails.
func Tools(t testing.TB) string {
	t.Helper()
	dir, err := NodeModules()
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	case err != nil:
		t.Skipf("SKIPPED, NOT TESTED: %v; then run this test again.", err)
	}
	return dir
}
