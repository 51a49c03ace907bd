package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// facts are what the deployment says about its own price.
type facts struct {
	memory       map[string]float64 // megabytes, by function
	deliverBatch float64            // messages that one invocation is given
	queues       float64            // that Lambda polls
	longPoll     float64            // seconds
	logDays      float64
	platformLog  bool               // Lambda writes lines of its own for each invocation
	ticks        map[string]float64 // invocations by schedules in a month, by function
	failing      float64            // transitions of a run in which all attempts fail
	second       float64            // … in which the first of the run succeeds
}

// templateFile and machineFile are what is deployed, from the root of the repository.
const (
	templateFile = "template.yaml"
	machineFile  = "infra/aws/template/retry.asl.json"
)

type resource struct {
	Type       string `yaml:"Type"`
	Properties struct {
		Handler                       string  `yaml:"Handler"`
		MemorySize                    float64 `yaml:"MemorySize"`
		ReceiveMessageWaitTimeSeconds float64 `yaml:"ReceiveMessageWaitTimeSeconds"`
		ScheduleExpression            string  `yaml:"ScheduleExpression"`
		Target                        struct {
			Arn string `yaml:"Arn"`
		} `yaml:"Target"`
		LoggingConfig struct {
			SystemLogLevel string `yaml:"SystemLogLevel"`
		} `yaml:"LoggingConfig"`
		Events map[string]struct {
			Type       string `yaml:"Type"`
			Properties struct {
				BatchSize float64 `yaml:"BatchSize"`
			} `yaml:"Properties"`
		} `yaml:"Events"`
	} `yaml:"Properties"`
}

// deployment is template.yaml, as far as it has a price.
type deployment struct {
	Parameters map[string]struct {
		Default any `yaml:"Default"`
	} `yaml:"Parameters"`
	Globals struct {
		Function struct {
			MemorySize    float64 `yaml:"MemorySize"`
			LoggingConfig struct {
				SystemLogLevel string `yaml:"SystemLogLevel"`
			} `yaml:"LoggingConfig"`
		} `yaml:"Function"`
	} `yaml:"Globals"`
	Resources map[string]yaml.Node `yaml:"Resources"`
}

func readFacts(root string) (f facts, err error) {
	text, err := os.ReadFile(filepath.Join(root, templateFile))
	if err != nil {
		return f, err
	}
	var t deployment
	if err := yaml.Unmarshal(text, &t); err != nil {
		return f, err
	}
	f.memory, f.ticks = map[string]float64{}, map[string]float64{}
	handlers, woken := map[string]string{}, map[string]float64{} // by logical id
	for id, node := range t.Resources {
		var r resource
		if err := node.Decode(&r); err != nil && r.Type == "AWS::Serverless::Function" {
			return f, fmt.Errorf("%s: %s: %w", templateFile, id, err)
		}
		f.look(r, t.Globals.Function.MemorySize)
		handlers[id] = r.Properties.Handler
		if r.Type == "AWS::Scheduler::Schedule" {
			woken[strings.TrimSuffix(r.Properties.Target.Arn, ".Arn")] += perMonth(r.Properties.ScheduleExpression)
		}
	}
	for id, times := range woken {
		f.ticks[handlers[id]] += times
	}
	days, is := t.Parameters["LogRetention"].Default.(int)
	if !is || f.deliverBatch == 0 || f.queues == 0 || f.longPoll == 0 || f.memory["workers.deliver"] == 0 {
		return f, fmt.Errorf("%s does not say what a bill needs: %+v", templateFile, f)
	}
	f.logDays = float64(days)
	return f, f.transitions(root)
}

func (f *facts) look(r resource, memory float64) {
	p := r.Properties
	switch r.Type {
	case "AWS::Serverless::Function":
		if p.MemorySize > 0 {
			memory = p.MemorySize
		}
		f.memory[p.Handler] = memory
		f.platformLog = f.platformLog || p.LoggingConfig.SystemLogLevel != "WARN"
		for _, e := range p.Events {
			if e.Type == "SQS" {
				f.queues++
			}
			if e.Type == "SQS" && p.Handler == "workers.deliver" {
				f.deliverBatch = e.Properties.BatchSize
			}
		}
	case "AWS::SQS::Queue":
		f.longPoll = max(f.longPoll, p.ReceiveMessageWaitTimeSeconds)
	}
}

var rate = regexp.MustCompile(`^rate\((\d+) (minute|hour|day)s?\)$`)

// perMonth is how often a schedule fires; a cron expression counts as daily.
func perMonth(expression string) float64 {
	m := rate.FindStringSubmatch(expression)
	if m == nil {
		return month
	}
	n, _ := strconv.ParseFloat(m[1], 64) // the expression has digits there
	return month * map[string]float64{"minute": 24 * 60, "hour": 24, "day": 1}[m[2]] / n
}

// transitions plays the state machine: each state that is entered counts, and so
// does each retry.
func (f *facts) transitions(root string) error {
	text, err := os.ReadFile(filepath.Join(root, machineFile))
	if err != nil {
		return err
	}
	var m struct {
		StartAt string
		States  map[string]struct {
			Type, Next, Default string
			End                 bool
			Retry               []struct {
				ErrorEquals []string
				MaxAttempts float64
			}
		}
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	for at := m.StartAt; at != "" && f.failing < 100; {
		s, is := m.States[at]
		if !is {
			return fmt.Errorf("%s has no state %q", machineFile, at)
		}
		f.failing, f.second = f.failing+1, f.second+1
		for _, r := range s.Retry {
			if attempt.MatchString(r.ErrorEquals[0]) {
				f.failing += r.MaxAttempts
			}
		}
		if at = s.Next; s.Type == "Choice" {
			at = s.Default
		}
	}
	return nil
}

var attempt = regexp.MustCompile(`^Attempt\dFailed$`)
