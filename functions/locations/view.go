package locations

import (
	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/location"
	"motorpool/shared/span"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// locationView is a location as answers show it: the object of its events, and
// what an invoice prints of it.
type locationView struct {
	events.Location
	Letterhead letterheadView `json:"letterhead" doc:"What invoices print whose booking is picked up here"`
}

type letterheadView struct {
	Name     string   `json:"name" doc:"The legal name, or else the name"`
	Address  []string `json:"address" nullable:"false" doc:"The lines of the invoice address, or else of the address"`
	Footnote string   `json:"footnote,omitempty"`
}

// ETagVersion makes the ETag.
func (v locationView) ETagVersion() int64 { return v.Version }

func viewOf(l *location.Location) locationView {
	if l == nil {
		return locationView{}
	}
	head := l.Letterhead()
	return locationView{l.Object(), letterheadView{head.Name, append([]string{}, head.Address...), head.Footnote}}
}

// assetView is an asset as answers show it: the object of its events.
type assetView struct{ events.Asset }

// ETagVersion makes the ETag.
func (v assetView) ETagVersion() int64 { return v.Version }

// pickupView says whether a pickup is possible, and why not.
type pickupView struct {
	Possible   bool   `json:"possible"`
	Code       string `json:"code,omitempty" enum:"past,closed,lead_time,notice,too_far,hours,inactive,no_pickup,program" doc:"Why not"`
	Reason     string `json:"reason,omitempty" doc:"Why not, in words" example:"Closed on Sundays."`
	AfterHours bool   `json:"after_hours,omitempty" doc:"Possible, for the after-hours fee"`
}

func answerOf(a location.Answer) pickupView {
	return pickupView{a.OK, a.Code, a.Reason, a.AfterHours}
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}

// dateIn reads a day of a query; empty is no day.
func dateIn(field, text string) (span.Date, error) {
	d, err := span.ParseDate(text)
	if err != nil {
		return d, fault.New(fault.Invalid, "location.days", "Give a day that exists, written as 2026-03-01.").At(field)
	}
	return d, nil
}

// yesOrNo is nil where nothing was asked for.
func yesOrNo(s string) *bool {
	if s == "" {
		return nil
	}
	yes := s == "true"
	return &yes
}
