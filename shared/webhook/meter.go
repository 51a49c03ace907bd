package webhook

import "time"

// Meter counts what whoever runs the product watches. Its methods never block
// and may be called from several goroutines at once. Work that is done again
// after a crash may be counted again: it is a picture, not a ledger.
type Meter interface {
	// Attempted counts an attempt that was made and recorded. failed is anything
	// but a 2xx.
	Attempted(took time.Duration, failed bool)

	// GaveUp counts a delivery that failed for good: its attempts ran out, the
	// receiver answered 410, or attempts could not be made. One that ends because
	// its endpoint was deleted or disabled is not counted.
	GaveUp()

	// Disabled counts an endpoint that Motorpool disabled by itself.
	Disabled()

	// Published counts events for which all deliveries are ordered.
	Published(events int)
}

// unwatched is the meter of a service that was given none.
type unwatched struct{}

func (unwatched) Attempted(time.Duration, bool) {}
func (unwatched) GaveUp()                       {}
func (unwatched) Disabled()                     {}
func (unwatched) Published(int)                 {}

func (s *Service) meter() Meter {
	if s.Meter == nil {
		return unwatched{}
	}
	return s.Meter
}

// measure counts an attempt as it was recorded.
func (s *Service) measure(a Attempt) {
	s.meter().Attempted(a.Took.Duration(), a.Class != "")
	if a.Then == Exhausted || a.Then == Gone {
		s.meter().GaveUp()
	}
}
