// Package expense keeps what is spent on assets.
//
// An expense is recorded on an asset under one of the workspace's items, with the
// day it was spent, to the cent and with the tax that is in it. What holds at all
// times:
//
//   - amounts are whole minor units and rates exact decimals; sums are never
//     mixed across currencies;
//   - the tax is in the amount, in its currency and of its sign;
//   - an expense is never deleted: one that was entered by mistake is voided, for
//     good and with a reason, and counts in no sum;
//   - an asset that something was spent on is not deleted.
//
// Who pays the vendor, and whether a customer pays it back, is left to others.
package expense

import (
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// Expense is something that was spent on an asset.
type Expense struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Asset     string `json:"asset"`
	Details
	State      State     `json:"state"`
	VoidedAt   time.Time `json:"voided_at,omitzero"`
	VoidReason string    `json:"void_reason,omitempty"`
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	Filed      int64     `json:"filed"` // version of its place in the asset's list
	Version    int64     `json:"-"`

	was  *Expense
	news []events.Event
}

// Details is what people say of an expense.
type Details struct {
	Item        string       `json:"item" doc:"The code of an expense item: GET /v1/expense-items" example:"tyres"`
	Date        span.Date    `json:"date" format:"date" doc:"The day it was spent, at most 31 days from now" example:"2026-11-14"`
	Vendor      string       `json:"vendor,omitempty" doc:"Who was paid; at most 100 characters" example:"Northside Tyres"`
	Amount      money.Amount `json:"amount" doc:"All of it, tax included. A refund is negative"`
	Tax         money.Amount `json:"tax,omitzero" doc:"The tax in the amount. If you give a rate alone, it is reckoned"`
	TaxRate     string       `json:"tax_rate,omitempty" doc:"Percent, from 0 to 100 with at most 4 decimals" example:"10"`
	Odometer    *int64       `json:"odometer,omitempty" doc:"In metres, when it was spent" example:"48211000"`
	Reference   string       `json:"reference,omitempty" doc:"The vendor's invoice or order; at most 100 characters" example:"INV-2201"`
	Notes       string       `json:"notes,omitempty" doc:"At most 2,000 characters; in no event"`
	Receipts    []string     `json:"receipts,omitempty" doc:"Attachments that were uploaded as receipt and are ready: at most 10"`
	Issue       string       `json:"issue,omitempty" doc:"The issue that it settled"`
	Maintenance string       `json:"maintenance,omitempty" doc:"The maintenance window that it belongs to"`
	Reminder    string       `json:"reminder,omitempty" doc:"The service reminder that it answered"`
	Claim       string       `json:"claim,omitempty" doc:"The insurance claim that it is part of"`
}

// State says whether an expense counts.
type State string

// The states of an expense. Voided is for good.
const (
	Recorded State = "recorded"
	Voided   State = "voided"
)

// States lists them.
var States = []State{Recorded, Voided}

func record(id, workspace, asset string, d Details, today span.Date, at time.Time) (*Expense, error) {
	d, err := d.checked(today)
	if err != nil {
		return nil, err
	}
	return &Expense{ID: id, Workspace: workspace, Asset: asset, Details: d, State: Recorded, Created: at, Updated: at, Version: 1, Filed: 1}, nil
}

// Describe replaces what is said of e.
func (e *Expense) Describe(d Details, today span.Date) error {
	if err := e.counts(); err != nil {
		return err
	}
	d, err := d.checked(today)
	if err == nil {
		e.Details = d
	}
	return err
}

// Void takes e out of all sums, for good.
func (e *Expense) Void(reason string, at time.Time) error {
	if err := e.counts(); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" || len(reason) > 500 || !form.Lines(reason) {
		return fault.New(fault.Invalid, "expense.reason", "Say in at most 500 characters why it does not count.").At("reason")
	}
	e.State, e.VoidedAt, e.VoidReason = Voided, at, reason
	return nil
}

func (e *Expense) counts() error {
	if e.State == Voided {
		return fault.New(fault.Conflict, "expense.voided", "This expense was voided and can no longer be changed. Record it again if it counts after all.")
	}
	return nil
}

// Line is what people call e where there is one line for it.
func (e *Expense) Line() string { return e.Date.String() + " " + e.Item + " " + e.Amount.String() }

// Object is e as the outside sees it. What was noted is not in it.
func (e *Expense) Object() events.Expense {
	return events.Expense{
		ID: e.ID, Asset: e.Asset, Item: e.Item, Date: e.Date.String(), Vendor: e.Vendor,
		Amount: events.Money{Minor: e.Amount.Minor, Currency: e.Amount.Currency}, Tax: price(e.Tax), TaxRate: e.TaxRate,
		Odometer: e.Odometer, Reference: e.Reference, Receipts: e.Receipts, Issue: e.Issue, Maintenance: e.Maintenance,
		Reminder: e.Reminder, Claim: e.Claim, State: string(e.State), VoidedAt: e.VoidedAt, VoidReason: e.VoidReason,
		CreatedAt: e.Created, UpdatedAt: e.Updated, Version: e.Version,
	}
}

func price(m money.Amount) *events.Money {
	if m.IsZero() {
		return nil
	}
	return &events.Money{Minor: m.Minor, Currency: m.Currency}
}

// tell makes the news of what is different from how e was loaded, and reports
// whether there is anything to store.
func (e *Expense) tell(at time.Time) bool {
	if e.was == nil {
		e.news = []events.Event{events.ExpenseRecorded{Object: e.Object()}}
		return true
	}
	if len(events.Differences(e.was.Object(), e.Object())) == 0 && e.was.Notes == e.Notes {
		return false
	}
	e.Version, e.Updated = e.was.Version+1, at
	is := e.Object()
	previous := events.Differences(e.was.Object(), is)
	if e.State != e.was.State {
		e.news = []events.Event{events.ExpenseVoided{Object: is, Previous: previous}}
		return true
	}
	e.news = []events.Event{events.ExpenseUpdated{Object: is, Previous: previous}}
	return true
}
