package emulators

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// An Interpreter runs executions of one state machine, as many side by side as
// are begun, in a Node process with aws-local-stepfunctions. It is for the clock
// of a test, which someone moves and then calls Wake, as for the real one, by
// which Serve calls Wake. It is safe for concurrent use.
//
// It does not speak the API of Step Functions: see Collect.
type Interpreter struct {
	now  func() time.Time
	call Call
	stop context.CancelFunc
	ctx  context.Context // of calls, until Close

	stdin io.Closer
	ended chan struct{} // closed when Node has

	mu      sync.Mutex
	to      *json.Encoder
	pending int // lines to which Node has not said that it rests
	calling int // functions that have not answered
	next    *int64
	changed chan struct{} // closed and made anew whenever Node rests, and when it ends
	known   map[string]Execution
	err     error
}

// An Invocation is what a Task state asks of a function.
type Invocation struct {
	Execution string // its name
	State     string // that asks
	Resource  string // the function, as the state machine's definition calls it
	Input     json.RawMessage
}

// A Call invokes a function. Its error reaches the state machine as the error of
// a Go function on Lambda does: by name only if it is a messages.InvokeResponse_Error.
type Call func(ctx context.Context, in Invocation) (result any, err error)

// An Execution is how one went.
type Execution struct {
	Status string   // RUNNING, SUCCEEDED or FAILED, as Step Functions calls them
	Error  string   // with which it failed
	Cause  string   // of that
	Visits []string // the states that it entered, each retry once more: what AWS bills
}

//go:embed interpreter.cjs
var script string

// Interpret starts an interpreter of a state machine in Amazon States Language.
// It ends with Close, or with this process.
func Interpret(definition []byte, now func() time.Time, call Call) (*Interpreter, error) {
	modules, err := NodeModules()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("node", "-e", script)
	cmd.Env = append(os.Environ(), "NODE_PATH="+modules)
	cmd.Stderr = &bytes.Buffer{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as in run
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	i := &Interpreter{
		now: now, call: call, stdin: stdin, to: json.NewEncoder(stdin),
		ended: make(chan struct{}), changed: make(chan struct{}), known: map[string]Execution{},
	}
	i.ctx, i.stop = context.WithCancel(context.Background())
	go i.listen(bufio.NewReader(stdout), cmd)
	return i, i.say(line{Definition: definition})
}

// Close ends Node and the executions that run. Calls under way lose their context.
func (i *Interpreter) Close() error {
	i.stop()
	err := i.stdin.Close()
	<-i.ended
	return err
}

// Begin starts the execution called name now, unless there was one before.
func (i *Interpreter) Begin(name string, input json.RawMessage) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if _, known := i.known[name]; known {
		return nil
	}
	if err := i.sayLocked(line{Begin: name, Input: input}); err != nil {
		return err
	}
	i.known[name] = Execution{Status: "RUNNING"}
	return nil
}

// Execution tells how the execution called name went so far.
func (i *Interpreter) Execution(name string) (e Execution, known bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	e, known = i.known[name]
	return e, known
}

// Next is the earliest instant at which an execution goes on.
func (i *Interpreter) Next() (time.Time, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.next == nil || i.err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(*i.next).UTC(), true
}

// Idle reports that nothing is due and that no function is being called.
func (i *Interpreter) Idle() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.idle()
}

func (i *Interpreter) idle() bool {
	return i.err != nil || i.pending == 0 && i.calling == 0 && (i.next == nil || *i.next > i.now().UnixMilli())
}

// Rest waits until it is idle. It returns an error if the interpreter ended.
func (i *Interpreter) Rest(ctx context.Context) error {
	for {
		i.mu.Lock()
		idle, changed, err := i.idle(), i.changed, i.err
		i.mu.Unlock()
		if idle {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// Wake lets executions go on that are due by the clock.
func (i *Interpreter) Wake() { _ = i.say(line{}) } // an error is told by Err

// Err says why the interpreter ended although nobody closed it.
func (i *Interpreter) Err() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.err
}

// Serve calls Wake whenever something falls due by a clock that runs, until ctx
// ends or the interpreter does.
func (i *Interpreter) Serve(ctx context.Context) error {
	for {
		i.mu.Lock()
		changed, wait := i.changed, time.Minute
		if i.next != nil {
			wait = min(wait, max(time.UnixMilli(*i.next).Sub(i.now()), time.Millisecond))
		}
		i.mu.Unlock()
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-i.ended:
			timer.Stop()
			return i.Err()
		case <-changed:
		case <-timer.C:
			i.Wake()
		}
		timer.Stop()
	}
}

// Interpreted is Interpret for a test, with which it ends.
func Interpreted(t testing.TB, definition []byte, now func() time.Time, call Call) *Interpreter {
	t.Helper()
	Tools(t)
	i, err := Interpret(definition, now, call)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := i.Err(); err != nil {
			t.Error(err)
		}
		i.Close()
	})
	return i
}
