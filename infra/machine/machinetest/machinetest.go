// Package machinetest runs the built machine as a child process and speaks to
// it as a client would: for crash tests and for make bench. It measures what
// the operating system says about the process and judges nothing.
package machinetest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"motorpool/infra/machine/client"
)

// Key is the API key that every machine started here knows.
const Key = "mp_test_machinetest0000000000000000"

// Build compiles the machine into dir and returns the binary's path.
func Build(ctx context.Context, dir string) (string, error) {
	bin := filepath.Join(dir, "motorpool")
	out, err := exec.CommandContext(ctx, "go", "build", "-o", bin, "motorpool/infra/machine").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the machine: %w\n%s", err, out)
	}
	return bin, nil
}

// A Machine is a running child process.
type Machine struct {
	client.Client
	Data string
	cmd  *exec.Cmd
	log  *os.File
}

// Start starts bin on the data directory, with more flags if given, and returns
// when /healthz answers 200.
func Start(bin, data string, flags ...string) (*Machine, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	logs, err := os.OpenFile(filepath.Join(data, "machine.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	args := append([]string{"-addr", addr, "-data", data, "-api-key", Key, "-allow-private-targets", "-rate-limit", "0"}, flags...)
	cmd := exec.Command(bin, args...)
	cmd.Stdout, cmd.Stderr = logs, logs
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	m := &Machine{
		Client: client.Client{
			URL: "http://" + addr, Key: Key,
			HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}, Timeout: 30 * time.Second},
		},
		Data: data, cmd: cmd, log: logs,
	}
	return m, m.ready(15 * time.Second)
}

func (m *Machine) ready(within time.Duration) error {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		res, err := m.HTTP.Get(m.URL + "/healthz")
		if err != nil {
			continue
		}
		res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return nil
		}
	}
	m.Kill()
	logs, _ := os.ReadFile(m.log.Name())
	return fmt.Errorf("the machine is not ready after %s; it says:\n%s", within, logs)
}

// Kill ends the process as power loss would: SIGKILL.
func (m *Machine) Kill() {
	m.cmd.Process.Kill()
	m.end()
}

// Stop asks the process to drain (SIGTERM) and waits for it.
func (m *Machine) Stop() error {
	m.cmd.Process.Signal(syscall.SIGTERM)
	return m.end()
}

func (m *Machine) end() error {
	err := m.cmd.Wait()
	m.HTTP.CloseIdleConnections()
	m.log.Close()
	return err
}

// Endpoint registers an address for the events and returns its id.
func (m *Machine) Endpoint(ctx context.Context, url string, events ...string) (string, error) {
	var out struct{ ID string }
	err := m.Call(ctx, http.MethodPost, "/v1/webhook-endpoints", map[string]any{"url": url, "events": events}, &out)
	return out.ID, err
}

// Event publishes a custom event and returns its id once it is acknowledged.
func (m *Machine) Event(ctx context.Context, kind string, data any) (string, error) {
	var out struct{ ID string }
	err := m.Call(ctx, http.MethodPost, "/v1/events", map[string]any{"type": kind, "data": data}, &out)
	return out.ID, err
}

// PID is the process's id.
func (m *Machine) PID() int { return m.cmd.Process.Pid }

// CPU returns the processor time that the process has used.
func (m *Machine) CPU() time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", m.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * (time.Second / 100) // USER_HZ is 100 on Linux
}

// Memory returns the process's resident memory now, in bytes.
func (m *Machine) Memory() int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", m.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseInt(strings.Fields(string(b))[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
