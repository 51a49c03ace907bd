package seed

import (
	"context"
	"time"

	"motorpool/shared/attachment"
	"motorpool/shared/expense"
	"motorpool/shared/insurance"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// spend has something spent on a vehicle and has it insured, enough that each
// call which ends one has one of its own.
func (w *World) spend(ctx context.Context, _ string) error {
	at, car := w.clock.ago(0), w.Assets["HC-107"].ID
	today := span.DateOf(at)
	var filed []string // three receipts and six documents; the first of each kind is left loose
	for n := range 9 {
		purpose := attachment.Receipt
		if n >= 3 {
			purpose = attachment.Document
		}
		id, err := w.fileFor(ctx, purpose)
		if err != nil {
			return err
		}
		filed = append(filed, id)
	}
	w.Filed = filed
	for _, note := range []string{"to edit", "to void", "to void on its page", "to void there", "to edit on its page"} {
		var receipts []string
		if note == "to edit on its page" {
			receipts = filed[1:3]
		}
		e, err := w.App.Expenses.Record(ctx, w.Actor, car, expense.Details{
			Item: "tyres", Date: today.Plus(-3), Vendor: "Northside Tyres", Notes: note, Amount: money.Amount{Minor: 44000, Currency: "AUD"}, TaxRate: "10", Receipts: receipts,
		}, at)
		if err != nil {
			return err
		}
		w.Expenses[note] = e
	}
	for _, number := range []string{"to edit", "to cancel", "to cancel on its page", "to edit on its page"} {
		var documents []string
		if number == "to edit on its page" {
			documents = filed[4:6]
		}
		p, err := w.App.Insurance.Insure(ctx, w.Actor, insurance.Terms{
			Insurer: "Harbour Mutual", Number: number, Kind: "comprehensive", Assets: []string{car}, Start: span.Date{Year: 2026, Month: time.January, Day: 1}, End: span.Date{Year: 2030, Month: time.December, Day: 31}, Documents: documents,
		}, at)
		if err != nil {
			return err
		}
		w.Policies[number] = p
	}
	for _, number := range []string{"to edit", "to lodge", "to lodge on its page", "to edit on its page"} {
		st := insurance.Story{IncidentOn: today.Plus(-2), Number: number}
		if number == "to edit on its page" {
			st.Documents = filed[7:9]
		}
		c, err := w.App.Insurance.Claim(ctx, w.Actor, w.Policies["to edit"].ID, car, st, at)
		if err != nil {
			return err
		}
		w.Claims[number] = c
	}
	return nil
}
