// Package emulators starts stand-ins for AWS, for the suites of the adapters:
// DynamoDB Local, and moto (SQS, KMS, Step Functions). Each is started once per
// test process on a free port, and ends with the process, even if that is
// killed. moto listens on the loopback only; DynamoDB Local has no such setting.
// moto keeps executions of state machines and an Interpreter runs them.
//
// They are looked for where .ci/emulators.sh DIR puts them: in the folder that
// MOTORPOOL_EMULATORS names, else in .cache at the root of the repository.
//
//	DIR/dynamodb/*.jar, *.so    DynamoDB Local and its libraries
//	DIR/moto/bin/moto_server    moto in a Python environment of its own
//
// A test that needs one which is not installed is skipped and says so, except
// where CI=true: there it fails.
package emulators

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// DynamoDB returns the endpoint of a DynamoDB Local that keeps its tables in
// memory. All tests of a process share it: give each table its own name.
func DynamoDB(t testing.TB) (endpoint string) { return dynamoDB.endpoint(t) }

// AWS returns the endpoint of a moto server. All tests of a process share it:
// give each queue, key and state machine its own name.
func AWS(t testing.TB) (endpoint string) { return moto.endpoint(t) }

// Config makes the SDK talk to endpoint, with credentials that mean nothing.
func Config(endpoint string) aws.Config {
	return aws.Config{
		Region:       "eu-west-1",
		BaseEndpoint: &endpoint,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "emulator", SecretAccessKey: "emulator"}, nil
		}),
	}
}

var dynamoDB = emulator{
	name:    "DynamoDB Local",
	program: "dynamodb",
	command: func(dir, port string) []string {
		return []string{
			"java", "-Xmx512m", "-Djava.library.path=" + dir, "-cp", filepath.Join(dir, "*"),
			"software.amazon.dynamodb.services.local.main.ServerRunner", "-inMemory", "-disableTelemetry", "-port", port,
		}
	},
}

var moto = emulator{
	name:    "moto",
	program: filepath.Join("moto", "bin", "moto_server"),
	command: func(program, port string) []string { return []string{program, "-H", "127.0.0.1", "-p", port} },
}

// An emulator is one program and, once it was needed, its process.
type emulator struct {
	name    string
	program string // what must be there, below the folder of emulators
	command func(program, port string) []string

	once   sync.Once
	absent bool
	url    string
	leash  io.Closer // held as long as the process lives, also against the garbage collector
	err    error
}

func (e *emulator) endpoint(t testing.TB) string {
	t.Helper()
	e.once.Do(e.start)
	switch {
	case e.absent && os.Getenv("CI") == "true":
		t.Fatalf("%s is not installed: %v. Run .ci/emulators.sh.", e.name, e.err)
	case e.absent:
		t.Skipf("SKIPPED, NOT TESTED: %s is not installed: %v. Run .ci/emulators.sh, then this test again.", e.name, e.err)
	case e.err != nil:
		t.Fatalf("%s does not start: %v", e.name, e.err)
	}
	return e.url
}

func (e *emulator) start() {
	program, err := find(e.program)
	if err != nil {
		e.absent, e.err = true, err
		return
	}
	for range 3 { // someone else may take the port before the emulator does
		if e.url, e.leash, e.err = run(e.command, program); e.err == nil {
			return
		}
	}
}

// guard keeps the emulator running until its standard input ends. The test
// process holds the other end, so that even SIGKILL leaves nothing behind.
const guard = `"$@" </dev/null & pid=$!; cat >/dev/null; kill $pid 2>/dev/null; wait $pid`

func run(command func(program, port string) []string, program string) (url string, leash io.Closer, err error) {
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	log, err := os.CreateTemp("", "emulator-*.log")
	if err != nil {
		return "", nil, err
	}
	defer os.Remove(log.Name())
	c := exec.Command("sh", append([]string{"-c", guard, "emulator"}, command(program, port)...)...)
	c.Stdout, c.Stderr = log, log
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for this process, which still has to drain
	if leash, err = c.StdinPipe(); err != nil {
		return "", nil, err
	}
	if err := c.Start(); err != nil {
		return "", nil, err
	}
	url = "http://127.0.0.1:" + port
	if err := answers(url); err != nil {
		leash.Close()
		c.Wait()
		said, _ := os.ReadFile(log.Name())
		return "", nil, fmt.Errorf("%w\n%s", err, said)
	}
	return url, leash, nil
}

// answers waits until something speaks HTTP at url, whatever it says.
func answers(url string) error {
	client := http.Client{Timeout: time.Second}
	for deadline := time.Now().Add(30 * time.Second); ; {
		res, err := client.Get(url)
		if err == nil {
			io.Copy(io.Discard, res.Body)
			return res.Body.Close()
		}
		if time.Now().After(deadline) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// find returns where program is installed.
func find(program string) (string, error) {
	dir := os.Getenv("MOTORPOOL_EMULATORS")
	if dir == "" {
		root, err := root()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, ".cache")
	}
	at, err := filepath.Abs(filepath.Join(dir, program))
	if err != nil {
		return "", err
	}
	_, err = os.Stat(at)
	return at, err
}

func root() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("there is no go.mod above the tests")
		}
	}
	return "", err
}
