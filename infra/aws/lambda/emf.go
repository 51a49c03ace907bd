package lambda

import (
	"encoding/json"
	"io"
	"sync"
	"time"

	"motorpool/shared/webhook"
)

// emf is the meter on AWS: what is counted during an invocation becomes one
// line in CloudWatch's embedded metric format, which CloudWatch Logs turns into
// metrics. Nothing is sent and nobody waits. An invocation that counted nothing
// writes nothing, because log bytes cost money.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
type emf struct {
	out   io.Writer // standard output; nil: nothing is written
	now   func() time.Time
	stage string

	mu     sync.Mutex
	counts [len(counted)]int
	took   []int64 // milliseconds, one an attempt
}

var _ webhook.Meter = (*emf)(nil)

// counted are the metrics that are counts, in the order of the line.
var counted = [...]string{attempts: "DeliveryAttempts", failures: "FailedAttempts", givenUp: "DeliveriesGivenUp", disabled: "EndpointsDisabled", published: "EventsPublished"}

const (
	attempts = iota
	failures
	givenUp
	disabled
	published
)

const (
	namespace   = "Motorpool"
	attemptTime = "AttemptTime"
	maxValues   = 100 // of one metric in one line; more are refused
)

func (m *emf) Attempted(took time.Duration, failed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[attempts]++
	if failed {
		m.counts[failures]++
	}
	if m.took = append(m.took, took.Milliseconds()); len(m.took) == maxValues {
		m.write()
	}
}

func (m *emf) GaveUp()         { m.add(givenUp, 1) }
func (m *emf) Disabled()       { m.add(disabled, 1) }
func (m *emf) Published(n int) { m.add(published, n) }

func (m *emf) add(metric, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[metric] += n
}

// flush writes what was counted since the flush before.
func (m *emf) flush() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.write()
}

type (
	emfMetric struct {
		Name, Unit string
	}
	emfDirective struct {
		Namespace  string
		Dimensions [][]string
		Metrics    []emfMetric
	}
	emfMetadata struct {
		Timestamp         int64
		CloudWatchMetrics []emfDirective
	}
)

// write needs the lock. A metric that is zero is left out, but failures are
// told with attempts, so that a rate of them is 0 % and not unknown.
func (m *emf) write() {
	counts, took := m.counts, m.took
	m.counts, m.took = [len(counted)]int{}, nil
	about := emfDirective{Namespace: namespace, Dimensions: [][]string{{"Stage"}}}
	line := map[string]any{"Stage": m.stage}
	for i, name := range counted {
		if counts[i] > 0 || i == failures && counts[attempts] > 0 {
			about.Metrics = append(about.Metrics, emfMetric{name, "Count"})
			line[name] = counts[i]
		}
	}
	if len(took) > 0 {
		about.Metrics = append(about.Metrics, emfMetric{attemptTime, "Milliseconds"})
		line[attemptTime] = took
	}
	if len(about.Metrics) == 0 || m.out == nil || m.stage == "" {
		return
	}
	line["_aws"] = emfMetadata{m.now().UnixMilli(), []emfDirective{about}}
	text, err := json.Marshal(line)
	if err == nil { // strings and numbers: there is no other way
		_, _ = m.out.Write(append(text, '\n'))
	}
}
