package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/infra/aws/runtimeapi"
)

// processors is what a function of less than 3,008 MB sees; it gets the time of
// one of them.
const processors = "2"

// An area is one bootstrap and what was measured of it.
type area struct {
	name, source, path string
	function           string // the one that is measured

	inits, used, firsts, steady durations
	rss, peak, binary, zip      int64 // bytes
}

type durations []time.Duration

func (d durations) quantile(percent int) time.Duration {
	if len(d) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(d))
	return sorted[(len(sorted)-1)*percent/100]
}

// start starts the bootstrap once and invokes it once.
func (a *area) start(ctx context.Context, s *scene) error {
	p, event, err := a.process(ctx, s)
	if err != nil {
		return err
	}
	defer p.Close()
	took, err := p.Init()
	if err != nil {
		return err
	}
	a.inits, a.used = append(a.inits, took), append(a.used, cpu(p.ID()))
	first, err := timed(p, event)
	a.firsts = append(a.firsts, first)
	return err
}

// stay invokes one process n times.
func (a *area) stay(ctx context.Context, s *scene, n int) error {
	p, event, err := a.process(ctx, s)
	if err != nil {
		return err
	}
	defer p.Close()
	for i := range n + 1 {
		took, err := timed(p, event)
		if err != nil {
			return err
		}
		if i > 0 {
			a.steady = append(a.steady, took)
		}
	}
	a.rss, a.peak = memory(p.ID(), "VmRSS:"), memory(p.ID(), "VmHWM:")
	return nil
}

func (a *area) process(ctx context.Context, s *scene) (*runtimeapi.Process, []byte, error) {
	c, ok := s.calls[a.name]
	if !ok {
		return nil, nil, fmt.Errorf("say in scene.go which function of %s is measured, and how it is called", a.name)
	}
	a.function = c.function
	env := append([]string{"GOMAXPROCS=" + processors, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512"}, s.env...)
	var p *runtimeapi.Process
	err := pinning(func() (err error) {
		p, err = runtimeapi.Start(ctx, a.path, c.function, env...)
		return err
	})
	return p, c.event, err
}

func timed(p *runtimeapi.Process, event []byte) (time.Duration, error) {
	began := time.Now()
	a, err := p.Invoke(event)
	took := time.Since(began)
	if err == nil && (a.Kind != "response" || strings.Contains(string(a.Body), `"statusCode":5`)) {
		err = fmt.Errorf("%s answered with an %s: %.500s", p.Name, a.Kind, a.Body)
	}
	return took, err
}

// cpu is the processor time that all threads of a process have used; zero where
// the kernel does not say.
func cpu(pid int) (used time.Duration) {
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		return 0
	}
	for _, t := range threads {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/schedstat", pid, t.Name()))
		if err != nil {
			continue
		}
		ns, _, _ := strings.Cut(string(text), " ")
		n, _ := strconv.ParseInt(ns, 10, 64)
		used += time.Duration(n)
	}
	return used
}

// memory is a line of a process's status, in bytes; zero where there is none.
func memory(pid int, line string) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), line)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseInt(fields[0], 10, 64)
	return kB * 1024
}
