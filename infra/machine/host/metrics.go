package host

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"motorpool/shared/webhook"
)

// metrics counts what the host does, for /metrics in Prometheus' text format.
type metrics struct {
	registry                     *prometheus.Registry
	requests                     *prometheus.HistogramVec
	work                         *prometheus.CounterVec
	attempts                     *prometheus.HistogramVec
	givenUp, disabled, published prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "motorpool_http_request_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 15},
		}, []string{"route", "status"}),
		work: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "motorpool_work_total", Help: "Work that no request asked for, by function and outcome.",
		}, []string{"function", "outcome"}),
		attempts: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "motorpool_delivery_attempt_seconds", Help: "How long attempts at deliveries took, by outcome.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 15},
		}, []string{"outcome"}),
		givenUp:   counter("motorpool_deliveries_given_up_total", "Deliveries that failed for good."),
		disabled:  counter("motorpool_endpoints_disabled_total", "Endpoints that were disabled because they kept failing."),
		published: counter("motorpool_events_published_total", "Events whose deliveries were ordered."),
	}
	m.registry.MustRegister(m.attempts, m.givenUp, m.disabled, m.published)
	m.registry.MustRegister(m.requests, m.work, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// answered counts a request. It is api.Edge's Observe.
func (m *metrics) answered(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}

// worked counts a piece of work that no request asked for.
func (m *metrics) worked(function string, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	m.work.WithLabelValues(function, outcome).Inc()
}

var _ webhook.Meter = (*metrics)(nil)

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
}

func (m *metrics) Attempted(took time.Duration, failed bool) {
	outcome := "succeeded"
	if failed {
		outcome = "failed"
	}
	m.attempts.WithLabelValues(outcome).Observe(took.Seconds())
}

func (m *metrics) GaveUp()         { m.givenUp.Inc() }
func (m *metrics) Disabled()       { m.disabled.Inc() }
func (m *metrics) Published(n int) { m.published.Add(float64(n)) }

// watch adds gauges for what waits in a queue.
func (m *metrics) watch(name string, depth func() Depth) {
	for state, read := range map[string]func(Depth) int{
		"ready":     func(d Depth) int { return d.Ready },
		"delayed":   func(d Depth) int { return d.Delayed },
		"in_flight": func(d Depth) int { return d.InFlight },
		"dead":      func(d Depth) int { return d.Dead },
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "motorpool_queue_messages", Help: "Messages in the queues, by state.",
			ConstLabels: prometheus.Labels{"queue": name, "state": state},
		}, func() float64 { return float64(read(depth())) }))
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
