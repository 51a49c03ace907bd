// Package config reads the environment of a deployed function once, at the
// start, and complains about everything that is missing or wrong at the same
// time.
//
// It knows names and shapes, never values: there is no default for where data
// rests or which key protects it. The machine is told by flags instead.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
)

// Config is what a deployed function is told. template.yaml sets all of it.
type Config struct {
	Region     string     // AWS_REGION
	Table      string     // TABLE: name of the DynamoDB table
	Key        string     // KEY: ARN of the KMS key that seals secrets
	Deliveries string     // DELIVERIES_QUEUE: address of the queue "deliveries"
	Jobs       string     // JOBS_QUEUE: address of the queue "jobs"
	Letters    string     // LETTERS_QUEUE: address of the queue "letters"
	Files      string     // FILES_BUCKET: name of the bucket with what was uploaded
	Machine    string     // RETRY_MACHINE: ARN of the state machine of retries
	Base       string     // BASE_URL: where the world finds us; empty in functions behind an API, which tells them per request
	MailFrom   string     // MAIL_FROM: the address that letters come from; empty: none can be sent yet
	Stage      string     // STAGE: the dimension of metrics; empty: none are written
	Level      slog.Level // LOG_LEVEL: debug, info, warn or error; info if not set
}

// Load reads the configuration through getenv, which is os.Getenv but in tests.
// Its error names every variable that is missing or wrong, one a line.
func Load(getenv func(string) string) (Config, error) {
	e := env{getenv: getenv}
	c := Config{
		Region:     e.need("AWS_REGION"),
		Table:      e.need("TABLE"),
		Key:        e.need("KEY"),
		Deliveries: e.need("DELIVERIES_QUEUE"),
		Jobs:       e.need("JOBS_QUEUE"),
		Letters:    e.need("LETTERS_QUEUE"),
		Files:      e.need("FILES_BUCKET"),
		Machine:    e.need("RETRY_MACHINE"),
		Base:       e.base("BASE_URL"),
		MailFrom:   getenv("MAIL_FROM"),
		Stage:      getenv("STAGE"),
		Level:      e.level("LOG_LEVEL"),
	}
	return c, errors.Join(e.wrong...)
}

type env struct {
	getenv func(string) string
	wrong  []error
}

func (e *env) need(name string) string {
	v := e.getenv(name)
	if v == "" {
		e.wrong = append(e.wrong, fmt.Errorf("%s is not set", name))
	}
	return v
}

func (e *env) base(name string) string {
	v := e.getenv(name)
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || v != u.Scheme+"://"+u.Host {
		e.wrong = append(e.wrong, fmt.Errorf("%s is %q, not a scheme and a host alone, like https://motorpool.example", name, v))
	}
	return v
}

func (e *env) level(name string) (l slog.Level) {
	v := e.getenv(name)
	if v == "" {
		return slog.LevelInfo
	}
	if err := l.UnmarshalText([]byte(v)); err != nil {
		e.wrong = append(e.wrong, fmt.Errorf("%s is %q, not debug, info, warn or error", name, v))
	}
	return l
}
