package lambda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

// parsed is a line of embedded metrics, read as CloudWatch reads it.
type parsed struct {
	at     time.Time
	stage  string
	units  map[string]string
	values map[string][]float64
}

// parse holds a line to the specification and fails if CloudWatch would refuse it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
func parse(t *testing.T, line []byte) parsed {
	t.Helper()
	var root map[string]json.RawMessage
	var about struct {
		Timestamp         int64
		CloudWatchMetrics []struct {
			Namespace  string
			Dimensions [][]string
			Metrics    []struct {
				Name, Unit        string
				StorageResolution int
			}
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	if err := decoder.Decode(&root); err != nil || decoder.More() || len(line) > 256<<10 {
		t.Fatalf("not one JSON object of at most 256 KB: %v: %s", err, line)
	}
	strict := json.NewDecoder(bytes.NewReader(root["_aws"]))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&about); err != nil || len(about.CloudWatchMetrics) != 1 {
		t.Fatalf("_aws: %v: %s", err, root["_aws"])
	}
	directive := about.CloudWatchMetrics[0]
	if n := len(directive.Namespace); n < 1 || n > 1024 || directive.Namespace != namespace {
		t.Errorf("the namespace is %q", directive.Namespace)
	}
	p := parsed{at: time.UnixMilli(about.Timestamp).UTC(), units: map[string]string{}, values: map[string][]float64{}}
	if fmt.Sprint(directive.Dimensions) != "[[Stage]]" || json.Unmarshal(root["Stage"], &p.stage) != nil || p.stage == "" || len(p.stage) > 1024 {
		t.Errorf("the dimensions are %v, and the stage %s", directive.Dimensions, root["Stage"])
	}
	if len(directive.Metrics) == 0 || len(directive.Metrics) > 100 {
		t.Errorf("%d metrics", len(directive.Metrics))
	}
	for _, m := range directive.Metrics {
		var one float64
		var many []float64
		if json.Unmarshal(root[m.Name], &one) == nil {
			many = []float64{one}
		} else if err := json.Unmarshal(root[m.Name], &many); err != nil || len(many) > 100 {
			t.Errorf("%s is not a number or 100 of them: %s", m.Name, root[m.Name])
		}
		if !slices.Contains([]string{"Count", "Milliseconds"}, m.Unit) || m.Name == "" || p.units[m.Name] != "" {
			t.Errorf("the metric %q in %q", m.Name, m.Unit)
		}
		p.units[m.Name], p.values[m.Name] = m.Unit, many
	}
	if len(root) != 2+len(directive.Metrics) {
		t.Errorf("%d members, of which _aws, Stage and %d metrics are known", len(root), len(directive.Metrics))
	}
	return p
}

func meter() (*emf, *bytes.Buffer) {
	out := &bytes.Buffer{}
	return &emf{out: out, stage: "staging", now: func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }}, out
}

func TestAnInvocationBecomesOneLineOfMetrics(t *testing.T) {
	m, out := meter()
	m.Attempted(120*time.Millisecond, false)
	m.Attempted(15*time.Second, true)
	m.GaveUp()
	m.Disabled()
	m.Published(3)
	m.flush()
	p := parse(t, out.Bytes())
	if p.stage != "staging" || !p.at.Equal(m.now()) {
		t.Errorf("got stage %s at %s", p.stage, p.at)
	}
	for name, want := range map[string]string{
		"DeliveryAttempts": "[2] Count", "FailedAttempts": "[1] Count", "AttemptTime": "[120 15000] Milliseconds",
		"DeliveriesGivenUp": "[1] Count", "EndpointsDisabled": "[1] Count", "EventsPublished": "[3] Count",
	} {
		if got := fmt.Sprint(p.values[name], " ", p.units[name]); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	out.Reset()
	if m.flush(); out.Len() > 0 {
		t.Errorf("what was written is written again: %s", out)
	}
}

func TestAnInvocationWithoutFailuresSaysSo(t *testing.T) {
	m, out := meter()
	m.Attempted(time.Millisecond, false)
	m.flush()
	p := parse(t, out.Bytes())
	if fmt.Sprint(p.values) != "map[AttemptTime:[1] DeliveryAttempts:[1] FailedAttempts:[0]]" {
		t.Errorf("got %v", p.values)
	}
}

func TestNothingIsWrittenWhereNothingWasCounted(t *testing.T) {
	m, out := meter()
	m.flush()
	m.stage = ""
	m.Published(1)
	if m.flush(); out.Len() > 0 {
		t.Errorf("got %s", out)
	}
}

// TestNoLineHasMoreValuesThanCloudWatchTakes counts 250 attempts in one invocation.
func TestNoLineHasMoreValuesThanCloudWatchTakes(t *testing.T) {
	m, out := meter()
	for range 250 {
		m.Attempted(time.Second, true)
	}
	m.flush()
	n, lines := 0.0, 0
	for line := range bytes.Lines(out.Bytes()) {
		p := parse(t, line)
		if n, lines = n+p.values["DeliveryAttempts"][0], lines+1; len(p.values["AttemptTime"]) != int(p.values["DeliveryAttempts"][0]) {
			t.Errorf("%d times of %v attempts", len(p.values["AttemptTime"]), p.values["DeliveryAttempts"])
		}
	}
	if n != 250 || lines != 3 {
		t.Errorf("got %v attempts in %d lines, want 250 in 3", n, lines)
	}
}

// TestADeployedFunctionTellsWhatItCounted runs two bootstraps as they are
// deployed, and reads what they wrote to standard output.
func TestADeployedFunctionTellsWhatItCounted(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	for name, want := range map[string][]string{
		"workers.publish_events": {"EventsPublished"},
		"workers.deliver":        {"AttemptTime", "DeliveryAttempts", "FailedAttempts"},
		"webhooks.list_events":   nil,
	} {
		var b *bootstrap
		t.Run(name, func(t *testing.T) { // its end ends the process
			b = d.start(t, name)
			if got := b.invoke(t, string(invocation(t, name))); got.kind != "response" {
				t.Fatalf("got an %s: %s", got.kind, got.body)
			}
		})
		var told []string
		for line := range bytes.Lines(b.said.Bytes()) {
			if bytes.Contains(line, []byte(`"_aws"`)) {
				p := parse(t, line)
				told = append(told, slices.Sorted(maps.Keys(p.units))...)
				if p.stage != "prod" {
					t.Errorf("%s: the stage is %q", name, p.stage)
				}
			}
		}
		if !slices.Equal(told, want) {
			t.Errorf("%s told %v, want %v", name, told, want)
		}
	}
}
