package host

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	queuedisk "motorpool/shared/queue/embed"
)

// metrics counts what the host does, for /metrics in Prometheus' text format.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	work     *prometheus.CounterVec
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
	}
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

// watch adds gauges for what waits in a queue.
func (m *metrics) watch(name string, q *queuedisk.Queue) {
	for state, read := range map[string]func(queuedisk.Depth) int{
		"ready":     func(d queuedisk.Depth) int { return d.Ready },
		"delayed":   func(d queuedisk.Depth) int { return d.Delayed },
		"in_flight": func(d queuedisk.Depth) int { return d.InFlight },
		"dead":      func(d queuedisk.Depth) int { return d.Dead },
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "motorpool_queue_messages", Help: "Messages in the queues, by state.",
			ConstLabels: prometheus.Labels{"queue": name, "state": state},
		}, func() float64 { return float64(read(q.Depth())) }))
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
