// Package deploy makes what template.yaml declares at an endpoint that is not
// AWS: an emulator. It reads the very file that is deployed.
//
// It makes the table (with stream, index and expiry), the queues, the key, the
// bucket of files and the state machine, and says what functions and event source mappings there
// are, with the environment that functions get. What is there already is used.
// Roles, log groups, APIs, schedules and the functions themselves are left to
// the process that plays them; backups, encryption, deletion protection and
// what keeps strangers and old files out of the bucket to AWS.
package deploy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"motorpool/shared/config"
)

// A Stack is what was made, and what the template says about it.
type Stack struct {
	Name      string
	Config    config.Config // what functions are told
	StreamARN string        // of the table
	Notes     string        // a table beside the product's, for the sources' own memory
	Functions map[string]Function
	Dead      map[string]string // by the URL of a queue, the URL of its dead letters
	queues    map[string]string // by ARN, the URL
}

// Queue is the URL of a queue whose ARN a mapping names.
func (s *Stack) Queue(arn string) string { return s.queues[arn] }

// A Function is one Lambda of the template.
type Function struct {
	Name    string // as _HANDLER names it
	ARN     string // as the state machine names it
	Timeout time.Duration
	Events  map[string]Event
}

// An Event is what wakes a function.
type Event struct {
	Type       string
	Properties Mapping
}

// Mapping is an event source mapping of a stream or a queue.
type Mapping struct {
	Queue                      string // its ARN
	BatchSize                  int32
	BisectBatchOnFunctionError bool
	MaximumRetryAttempts       int
	MaximumRecordAgeInSeconds  int
	FilterCriteria             struct{ Filters []struct{ Pattern string } }
	DestinationConfig          struct {
		OnFailure struct{ Destination string } // the ARN of a queue
	}
	ScalingConfig struct{ MaximumConcurrency int }
}

// Options say what is made where.
type Options struct {
	Template string // the path of template.yaml
	Stack    string // goes before every name: [A-Za-z][A-Za-z0-9-]*
	Frozen   bool   // the product's clock stands still: the emulator removes nothing that is old by the real one, and waits for no message
	Say      func(format string, a ...any)
}

// Run makes what is not there. It can be run again after it has failed.
func Run(ctx context.Context, c Clients, o Options) (*Stack, error) {
	t, err := read(o.Template)
	if err != nil {
		return nil, err
	}
	d := &deployment{Clients: c, o: o, template: t, made: map[string]map[string]string{}}
	s, err := d.run(ctx)
	if err != nil {
		return nil, fmt.Errorf("make %s at %s: %w", o.Stack, c.Where, err)
	}
	return s, nil
}

type deployment struct {
	Clients
	o        Options
	template *template
	account  string
	made     map[string]map[string]string // by logical id: Ref under "", attributes under their names
}

func (d *deployment) run(ctx context.Context) (*Stack, error) {
	s := &Stack{Name: d.o.Stack, Functions: map[string]Function{}, Dead: map[string]string{}, queues: map[string]string{}}
	r := d.reader(ctx)
	if _, err := d.accountID(ctx); err != nil {
		return nil, err
	}
	variables := map[string]string{"AWS_REGION": d.Region}
	for name, part := range d.template.Globals.Function.Environment.Variables {
		v, err := r.value(&part)
		if err != nil {
			return nil, err
		}
		variables[name] = fmt.Sprint(v)
	}
	var err error
	if s.Config, err = config.Load(func(name string) string { return variables[name] }); err != nil {
		return nil, err
	}
	if s.StreamARN, err = r.answer("Table", "StreamArn"); err != nil {
		return nil, err
	}
	if s.Notes, err = d.notes(ctx); err != nil {
		return nil, err
	}
	for id, part := range d.template.Resources {
		switch part.Type {
		case "AWS::SQS::Queue":
			err = d.queues(r, s, id)
		case "AWS::Serverless::Function":
			err = d.function(r, s, id, part)
		case "AWS::Serverless::StateMachine":
			_, err = r.answer(id, "")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
	}
	return s, nil
}

// queues remembers where a queue is, and where its dead letters lie.
func (d *deployment) queues(r reader, s *Stack, id string) error {
	url, err := r.answer(id, "")
	if err != nil {
		return err
	}
	s.queues[d.made[id]["Arn"]] = url
	if dead := d.made[id]["dead"]; dead != "" {
		s.Dead[url] = d.urlOf(dead)
	}
	return nil
}

// function reads what the template says of a function. Only streams and queues
// are mappings; an API or a schedule is another's to play.
func (d *deployment) function(r reader, s *Stack, id string, part resource) error {
	var p struct {
		Handler string              `yaml:"Handler"`
		Timeout int                 `yaml:"Timeout"`
		Events  map[string]resource `yaml:"Events"`
	}
	if err := part.Properties.Decode(&p); err != nil {
		return err
	}
	f := Function{
		Name: p.Handler, ARN: d.functionARN(id), Events: map[string]Event{},
		Timeout: time.Duration(cmp.Or(p.Timeout, d.template.Globals.Function.Timeout)) * time.Second,
	}
	for name, e := range p.Events {
		if e.Type != "SQS" && e.Type != "DynamoDB" {
			continue
		}
		var m Mapping
		if err := r.fill(&e.Properties, &m); err != nil {
			return err
		}
		f.Events[name] = Event{e.Type, m}
	}
	s.Functions[f.Name] = f
	return nil
}

// reader answers the template's references, making what they refer to.
func (d *deployment) reader(ctx context.Context) reader {
	return reader{d.template, func(name, attribute string) (string, error) {
		switch name {
		case "AWS::StackName":
			return d.o.Stack, nil
		case "AWS::Region":
			return d.Region, nil
		case "AWS::Partition":
			return "aws", nil
		case "AWS::URLSuffix":
			return "amazonaws.com", nil
		case "AWS::AccountId":
			return d.accountID(ctx)
		}
		if err := d.make(ctx, name); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		v, ok := d.made[name][attribute]
		if !ok {
			return "", fmt.Errorf("%s has no %q here", name, attribute)
		}
		return v, nil
	}}
}

// make makes a resource once.
func (d *deployment) make(ctx context.Context, id string) (err error) {
	if d.made[id] != nil {
		return nil
	}
	r, ok := d.template.Resources[id]
	if !ok {
		return errors.New("the template has no such resource")
	}
	var made map[string]string
	switch r.Type {
	case "AWS::DynamoDB::Table":
		made, err = d.table(ctx, &r.Properties)
	case "AWS::KMS::Key":
		made, err = d.key(ctx)
	case "AWS::S3::Bucket":
		made, err = d.bucket(ctx, &r.Properties)
	case "AWS::SQS::Queue":
		made, err = d.queue(ctx, id, &r.Properties)
	case "AWS::Serverless::StateMachine":
		made, err = d.machine(ctx, &r.Properties)
	case "AWS::Serverless::Function":
		made = map[string]string{"": id, "Arn": d.functionARN(id)}
	case "AWS::IAM::Role":
		made = map[string]string{"": id, "Arn": "arn:aws:iam::" + d.account + ":role/" + d.o.Stack + "-" + id}
	case "AWS::Serverless::HttpApi":
		made = map[string]string{"": id} // only part of addresses that nothing here uses
	default:
		err = fmt.Errorf("%s is not made here", r.Type)
	}
	d.made[id] = made
	return err
}

func (d *deployment) functionARN(id string) string {
	return "arn:aws:lambda:" + d.Region + ":" + d.account + ":function:" + d.o.Stack + "-" + id
}

// path is relative to the template.
func (d *deployment) path(name string) string {
	return filepath.Join(filepath.Dir(d.o.Template), filepath.FromSlash(name))
}
