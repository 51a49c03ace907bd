// Package checkup examines a receiver: does it verify signatures, refuse old
// messages, take duplicates calmly, answer quickly and survive a large body?
//
// It sends real requests that are marked in no way, so that a receiver behaves
// as it does for deliveries: whoever processes the example event processes it.
// The report is for people. The package stores nothing and decides nothing
// about the endpoint.
package checkup

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/signature"
)

// A Sender sends one request. *egress.Client is one.
type Sender interface {
	Post(ctx context.Context, url string, header http.Header, body []byte, at func() time.Time) egress.Result
}

// A Target is the receiver to examine.
type Target struct {
	URL     string
	Secrets []signature.Secret // newest first
	Header  http.Header        // the endpoint's own headers
	ID      string             // a webhook-id that was never used; some messages add to it
	Body    []byte             // an example event
}

// Verdict says how a receiver did on one card.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Warn Verdict = "warn" // works or could not be tried, but will hurt one day
	Fail Verdict = "fail"
)

// A Card is one thing that was tried.
type Card struct {
	Name     string  `json:"name" doc:"Stable" example:"wrong_signature"`
	Title    string  `json:"title" example:"A wrong signature is refused"`
	Expected string  `json:"expected" doc:"What a good receiver does, in words"`
	Got      string  `json:"got" doc:"What this one did, in words"`
	Verdict  Verdict `json:"verdict" enum:"pass,warn,fail"`
	Advice   string  `json:"advice,omitempty" doc:"What to do about it; absent on pass"`
}

// A Report is all cards, always the same ones in the same order.
type Report struct {
	At      time.Time `json:"at"`
	Verdict Verdict   `json:"verdict" enum:"pass,warn,fail" doc:"The worst of the cards"`
	Cards   []Card    `json:"cards"`
}

// The names of the cards, in their order.
const (
	RightSignature = "right_signature"
	WrongSignature = "wrong_signature"
	OldTimestamp   = "old_timestamp"
	DuplicateID    = "duplicate_id"
	LargeBody      = "large_body"
	Speed          = "speed"
)
