package runtimeapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

// A Process is one bootstrap, being one function.
type Process struct {
	Name  string
	Ended chan struct{} // closed when the process has ended
	Said  *bytes.Buffer // what it wrote; read it only once Ended is closed

	api     *api
	cmd     *exec.Cmd
	started time.Time
}

// Start runs bootstrap as the function called name, with nothing in its
// environment but env and what Lambda adds.
func Start(ctx context.Context, bootstrap, name string, env ...string) (*Process, error) {
	p := &Process{Name: name, Ended: make(chan struct{}), Said: &bytes.Buffer{}, api: newAPI()}
	p.cmd = exec.CommandContext(ctx, bootstrap)
	p.cmd.Env = append([]string{"AWS_LAMBDA_RUNTIME_API=" + p.api.address(), "_HANDLER=" + name, "LAMBDA_TASK_ROOT=" + filepath.Dir(bootstrap)}, env...)
	p.cmd.Stdout, p.cmd.Stderr = p.Said, p.Said
	p.started = time.Now()
	if err := p.cmd.Start(); err != nil {
		p.api.Close()
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.Ended)
	}()
	return p, nil
}

// Close kills the process and waits until it has ended.
func (p *Process) Close() {
	_ = p.cmd.Process.Kill()
	<-p.Ended
	p.api.Close()
}

// Init waits until the function asks for work, and returns how long that took
// from the start of its process. That is the phase which AWS reports as "Init
// Duration".
func (p *Process) Init() (time.Duration, error) {
	select {
	case <-p.api.ready:
		return p.api.since.Sub(p.started), nil
	case <-p.Ended:
		return 0, fmt.Errorf("%s ended before it asked for work: %s", p.Name, p.Said)
	case <-time.After(time.Minute):
		return 0, fmt.Errorf("%s does not ask for work", p.Name)
	}
}

// Invoke hands the function one event and waits for its answer, a minute at
// most.
func (p *Process) Invoke(event []byte) (Answer, error) {
	late := time.NewTimer(time.Minute)
	defer late.Stop()
	select {
	case p.api.next <- event:
	case <-p.Ended:
		return Answer{}, errors.New(p.Name + " ended before its invocation")
	case <-late.C:
		return Answer{}, errors.New(p.Name + " does not ask for work")
	}
	select {
	case a := <-p.api.answers:
		return a, nil
	case <-p.Ended:
		return Answer{}, errors.New(p.Name + " ended during its invocation")
	case <-late.C:
		return Answer{}, errors.New(p.Name + " does not answer")
	}
}

// ID is the number by which the operating system knows the process.
func (p *Process) ID() int { return p.cmd.Process.Pid }
