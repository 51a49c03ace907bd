package seed

import (
	"context"
	"time"

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
	for _, note := range []string{"to edit", "to void", "to void on its page"} {
		e, err := w.App.Expenses.Record(ctx, w.Actor, car, expense.Details{
			Item: "tyres", Date: today.Plus(-3), Vendor: "Northside Tyres", Notes: note, Amount: money.Amount{Minor: 44000, Currency: "AUD"}, TaxRate: "10",
		}, at)
		if err != nil {
			return err
		}
		w.Expenses[note] = e
	}
	for _, number := range []string{"to edit", "to cancel"} {
		p, err := w.App.Insurance.Insure(ctx, w.Actor, insurance.Terms{
			Insurer: "Harbour Mutual", Number: number, Kind: "comprehensive", Assets: []string{car}, Start: span.Date{Year: 2026, Month: time.January, Day: 1}, End: span.Date{Year: 2030, Month: time.December, Day: 31},
		}, at)
		if err != nil {
			return err
		}
		w.Policies[number] = p
	}
	for _, number := range []string{"to edit", "to lodge"} {
		c, err := w.App.Insurance.Claim(ctx, w.Actor, w.Policies["to edit"].ID, car, insurance.Story{IncidentOn: today.Plus(-2), Number: number}, at)
		if err != nil {
			return err
		}
		w.Claims[number] = c
	}
	return nil
}
