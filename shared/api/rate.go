package api

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"motorpool/shared/fault"
)

// Rate is how fast one caller may go. The zero Rate is DefaultRate.
type Rate struct {
	PerSecond float64 // lasting; negative means as fast as they like
	Burst     int     // at once
}

// DefaultRate is 200 requests a second, and 400 at once.
var DefaultRate = Rate{PerSecond: 200, Burst: 400}

// DefaultDoors is how fast one address may sign in, ask for links and give codes: 30
// times at once, and once in 5 seconds. Many people may share an address, and each
// e-mail address has a lock of its own; this is against one who tries many.
var DefaultDoors = Rate{PerSecond: 0.2, Burst: 30}

// maxPaced bounds how many callers are remembered. Who is forgotten starts
// again with a full burst.
const maxPaced = 10_000

// pace holds callers to a Rate, each for themselves. It reads the real clock:
// how fast somebody comes has nothing to do with the time in the product.
type pace struct {
	rate    Rate
	limit   string
	mu      sync.Mutex
	callers map[string]*rate.Limiter
}

func newPace(r Rate) *pace {
	if r == (Rate{}) {
		r = DefaultRate
	}
	return &pace{rate: r, limit: strconv.Itoa(r.Burst), callers: map[string]*rate.Limiter{}}
}

// admit takes one request of a caller's and says in h how many are left.
func (p *pace) admit(h http.Header, caller string) error {
	if p == nil || p.rate.PerSecond < 0 {
		return nil
	}
	now := time.Now()
	l := p.of(caller, now)
	ok := l.AllowN(now, 1)
	left := max(l.TokensAt(now), 0)
	h.Set("RateLimit-Limit", p.limit)
	h.Set("RateLimit-Remaining", strconv.Itoa(int(left)))
	h.Set("RateLimit-Reset", strconv.Itoa(int(math.Ceil((float64(p.rate.Burst)-left)/p.rate.PerSecond))))
	if ok {
		return nil
	}
	wait := time.Duration((1 - left) / p.rate.PerSecond * float64(time.Second))
	f := fault.New(fault.TooMany, "rate.limited", "Too many requests. Wait for as long as Retry-After says; %g a second are always fine.", p.rate.PerSecond)
	f.After = max(wait, time.Second)
	return f
}

func (p *pace) of(caller string, now time.Time) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.callers[caller]
	if l == nil {
		if len(p.callers) >= maxPaced {
			p.forget(now)
		}
		l = rate.NewLimiter(rate.Limit(p.rate.PerSecond), p.rate.Burst)
		p.callers[caller] = l
	}
	return l
}

// forget drops those who have their whole burst again, and everybody if that is
// nobody.
func (p *pace) forget(now time.Time) {
	for caller, l := range p.callers {
		if l.TokensAt(now) >= float64(p.rate.Burst) {
			delete(p.callers, caller)
		}
	}
	if len(p.callers) >= maxPaced {
		clear(p.callers)
	}
}
