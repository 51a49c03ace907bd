// Package inbox receives webhooks for people who have no receiver yet: a test
// URL, hosted by Motorpool, that keeps what it was sent so that people can look.
//
// An inbox lives for seven days. A workspace has at most MaxInboxes of them, an
// inbox keeps at most MaxRequests requests (the oldest goes first) and takes at
// most MaxPerSecond in a second. Whoever knows the token may send; only the
// workspace's people see what was received. Nothing received is ever trusted:
// bytes are kept as bytes, and cut at fixed sizes.
//
// Which secrets a signature should verify against is asked of Secrets; showing
// the bytes harmlessly is left to the pages.
package inbox

import (
	"slices"
	"time"

	"motorpool/shared/fault"
)

// Limits of inboxes and of what they keep.
const (
	MaxInboxes   = 20                 // of one workspace
	MaxRequests  = 100                // kept by one inbox
	MaxPerSecond = 200                // taken by one inbox; more are answered 429
	MaxBody      = 264 << 10          // bytes of one request's body; the rest is cut off. In base64 and with the rest it fits one item
	MaxHeader    = 16 << 10           // bytes of one request's headers; the rest is left out
	MaxPath      = 1 << 10            // bytes of one request's query
	MaxDelay     = 30 * time.Second   // before it answers
	Lifetime     = 7 * 24 * time.Hour // from its creation
)

// An Inbox is one test URL.
type Inbox struct {
	ID        string        `json:"id"` // inb_…
	Workspace string        `json:"workspace"`
	Token     string        `json:"token"` // what the URL ends with; the door item holds only its hash
	Name      string        `json:"name,omitempty"`
	Status    int           `json:"status"` // what it answers: 200 unless told otherwise
	Delay     time.Duration `json:"delay"`  // before it answers
	Created   time.Time     `json:"created"`
	Expires   time.Time     `json:"expires"`
	Received  int64         `json:"received"`         // ever, dropped ones included
	Last      time.Time     `json:"last,omitzero"`    // when the latest came
	Kept      []string      `json:"kept,omitempty"`   // references of the requests kept, oldest first
	Second    int64         `json:"second,omitempty"` // the second that Busy counts in
	Busy      int           `json:"busy,omitempty"`   // requests taken in that second
	URL       string        `json:"-"`                // where to send; filled in by the Service
	Version   int64         `json:"-"`                // for If-Match; every request received raises it
}

// Settings are what people can say about an inbox.
type Settings struct {
	Name   *string
	Status *int
	Delay  *time.Duration
}

// change applies s. It returns fault.Invalid with code "inbox.status",
// "inbox.delay" or "inbox.name".
func (i *Inbox) change(s Settings) error {
	if s.Status != nil {
		if *s.Status < 200 || *s.Status > 599 {
			return fault.New(fault.Invalid, "inbox.status", "An inbox answers a status from 200 to 599.").At("status")
		}
		i.Status = *s.Status
	}
	if s.Delay != nil {
		if *s.Delay < 0 || *s.Delay > MaxDelay {
			return fault.New(fault.Invalid, "inbox.delay", "An inbox waits 0 to %d seconds before it answers.", MaxDelay/time.Second).At("delay_seconds")
		}
		i.Delay = *s.Delay
	}
	if s.Name != nil {
		if len(*s.Name) > 100 {
			return fault.New(fault.Invalid, "inbox.name", "A name has at most 100 bytes.").At("name")
		}
		i.Name = *s.Name
	}
	return nil
}

// take counts one request in and answers which kept one has to go for it, if
// any. It returns fault.TooMany when the inbox has taken its share of a second.
func (i *Inbox) take(ref string, at time.Time) (drop string, err error) {
	if second := at.Unix(); second != i.Second {
		i.Second, i.Busy = second, 0
	}
	if i.Busy >= MaxPerSecond {
		busy := fault.New(fault.TooMany, "inbox.rate", "This test URL takes %d requests a second. Send it fewer.", MaxPerSecond)
		busy.After = time.Second
		return "", busy
	}
	i.Busy++
	i.Received++
	i.Last = at
	i.Kept = append(i.Kept, ref)
	if len(i.Kept) > MaxRequests {
		drop, i.Kept = i.Kept[0], slices.Clone(i.Kept[1:])
	}
	return drop, nil
}
