package sfn_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// interpreter runs executions of one state machine, one at a time, in a Node
// process that ends with the tests.
type interpreter struct {
	mu  sync.Mutex
	in  *json.Encoder
	out *json.Decoder
}

// said is a line from testdata/interpreter.cjs.
type said struct {
	Call   string
	Input  json.RawMessage
	At     float64
	Ended  string
	Visits []string
}

// tools returns the folder of the Node packages that .ci/package.json names.
func tools(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("MOTORPOOL_NODE_MODULES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", ".ci", "node_modules")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = os.Stat(filepath.Join(dir, "aws-local-stepfunctions"))
	_, nodeless := exec.LookPath("node")
	if err == nil && nodeless == nil {
		return dir
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("aws-local-stepfunctions is not installed. Run npm ci --prefix .ci.")
	}
	t.Skip("SKIPPED, NOT TESTED: aws-local-stepfunctions is not installed. Install Node, run npm ci --prefix .ci, then this test again.")
	return ""
}

var started sync.Map // definition -> func() (*interpreter, error)

func interpret(t *testing.T, definition []byte) *interpreter {
	t.Helper()
	dir := tools(t)
	start, _ := started.LoadOrStore(string(definition), sync.OnceValues(func() (*interpreter, error) {
		return newInterpreter(dir, definition)
	}))
	i, err := start.(func() (*interpreter, error))()
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func newInterpreter(dir string, definition []byte) (*interpreter, error) {
	cmd := exec.Command("node", filepath.Join("testdata", "interpreter.cjs"))
	cmd.Env = append(os.Environ(), "NODE_PATH="+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe() // closes, and so ends Node, when this process ends
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	i := &interpreter{in: json.NewEncoder(in), out: json.NewDecoder(bufio.NewReader(out))}
	return i, errors.Join(cmd.Start(), i.in.Encode(map[string]any{"definition": json.RawMessage(definition)}))
}

// lambda is a function that the state machine calls: at seconds after its start.
type lambda func(ctx context.Context, at float64, input json.RawMessage) (any, error)

// run interprets one execution to its end.
func (i *interpreter) run(t *testing.T, input json.RawMessage, functions map[string]lambda) said {
	t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.say(t, map[string]any{"input": input})
	for {
		var s said
		if err := i.out.Decode(&s); err != nil {
			if errors.Is(err, io.EOF) {
				t.Fatal("the interpreter ended")
			}
			t.Fatal(err)
		}
		if s.Ended != "" {
			return s
		}
		result, err := functions[s.Call](t.Context(), s.At, s.Input)
		i.say(t, response(result, err))
	}
}

func (i *interpreter) say(t *testing.T, v any) {
	t.Helper()
	if err := i.in.Encode(v); err != nil {
		t.Fatal(err)
	}
}

// response is what the Lambda runtime makes of a function's return values.
func response(result any, err error) any {
	if err == nil {
		return map[string]any{"result": result}
	}
	if named, ok := err.(messages.InvokeResponse_Error); ok { //nolint:errorlint // as the runtime does
		return named
	}
	return messages.InvokeResponse_Error{Type: "errorString", Message: err.Error()}
}
