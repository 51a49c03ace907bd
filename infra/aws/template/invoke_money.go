package main

import "motorpool/infra/aws/seed"

// moneyAsks are about expenses and insurance.
func moneyAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	day := func(n int) string { return seed.Epoch.AddDate(0, 0, n).Format("2006-01-02") }
	return map[string]ask{
		"console.asset_costs":         {at: car},
		"console.asset_spend":         {at: car, form: "item=fuel&date=" + day(-1) + "&amount=AUD+75.20&tax_rate=10"},
		"console.asset_spend_void":    {at: car + "/" + w.Expenses["to void on its page"].ID, form: "reason=Entered+twice"},
		"expenses.edit_expense":       {at: w.Expenses["to edit"].ID, version: 1, bare: true, body: map[string]any{"vendor": "Northside Tyres and Rims"}},
		"expenses.get_costs":          {at: car},
		"expenses.get_expense":        {at: w.Expenses["to edit"].ID},
		"expenses.list_expense_items": {},
		"expenses.list_expenses":      {query: "asset=" + car + "&limit=20"},
		"expenses.put_expense_item":   {at: "ferry", bare: true, body: map[string]any{"name": "Ferry"}},
		"expenses.record_expense":     {bare: true, body: map[string]any{"asset": car, "item": "fuel", "date": day(-1), "amount": map[string]any{"minor": 7520, "currency": "AUD"}}},
		"expenses.sum_expenses":       {query: "item=tyres"},
		"expenses.void_expense":       {at: w.Expenses["to void"].ID, bare: true, body: map[string]any{"reason": "Entered twice"}},
		"insurance.cancel_policy":     {at: w.Policies["to cancel"].ID, bare: true, body: map[string]any{"on": day(30)}},
		"insurance.create_policy":     {bare: true, body: map[string]any{"insurer": "Harbour Mutual", "number": "HM-883201", "kind": "liability", "whole_fleet": true, "start": day(0), "end": day(364)}},
		"insurance.edit_claim":        {at: w.Claims["to edit"].ID, bare: true, body: map[string]any{"place": "Pitt Street"}},
		"insurance.edit_policy":       {at: w.Policies["to edit"].ID, bare: true, body: map[string]any{"end": day(1500)}},
		"insurance.get_claim":         {at: w.Claims["to edit"].ID},
		"insurance.get_policy":        {at: w.Policies["to edit"].ID},
		"insurance.list_claims":       {query: "asset=" + car},
		"insurance.list_policies":     {query: "limit=20"},
		"insurance.move_claim":        {at: w.Claims["to lodge"].ID, bare: true, body: map[string]any{"state": "lodged"}},
		"insurance.open_claim":        {bare: true, body: map[string]any{"policy": w.Policies["to edit"].ID, "asset": car, "incident_on": day(-2)}},
	}
}
