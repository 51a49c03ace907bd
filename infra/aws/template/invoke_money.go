package main

import (
	"maps"

	"motorpool/infra/aws/seed"
)

// moneyAsks are about expenses and insurance.
func moneyAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	day := func(n int) string { return seed.Epoch.AddDate(0, 0, n).Format("2006-01-02") }
	all := map[string]ask{
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
	maps.Copy(all, moneyPages(w, car, day))
	return all
}

// moneyPages are the console's pages of expenses and insurance.
func moneyPages(w *seed.World, car string, day func(int) string) map[string]ask {
	spent, policy, claim := w.Expenses["to edit on its page"].ID, w.Policies["to edit on its page"].ID, w.Claims["to edit on its page"].ID
	return map[string]ask{
		"console.expense_edit":              {at: spent},
		"console.expense_list":              {query: "item=tyres"},
		"console.expense_page":              {at: spent},
		"console.expense_receipt":           {at: spent + "/" + w.Filed[1]},
		"console.expense_receipt_add":       {at: spent, form: "file=" + w.Filed[0]},
		"console.expense_receipt_drop":      {at: spent + "/" + w.Filed[2]},
		"console.expense_save":              {at: spent, form: "item=tyres&date=" + day(-1) + "&amount=AUD+440.00&tax_rate=10&vendor=Northside"},
		"console.expense_void":              {at: w.Expenses["to void there"].ID, form: "reason=Entered+twice"},
		"console.insurance_cancel":          {at: w.Policies["to cancel on its page"].ID, form: "on=" + day(30)},
		"console.insurance_claim_create":    {form: "policy=" + w.Policies["to edit"].ID + "&asset=" + car + "&incident_on=" + day(-2)},
		"console.insurance_claim_edit":      {at: claim},
		"console.insurance_claim_file":      {at: claim + "/" + w.Filed[7]},
		"console.insurance_claim_file_add":  {at: claim, form: "file=" + w.Filed[6]},
		"console.insurance_claim_file_drop": {at: claim + "/" + w.Filed[8]},
		"console.insurance_claim_list":      {query: "asset=" + car},
		"console.insurance_claim_move":      {at: w.Claims["to lodge on its page"].ID, form: "to=lodged"},
		"console.insurance_claim_new":       {query: "policy=" + policy},
		"console.insurance_claim_page":      {at: claim},
		"console.insurance_claim_save":      {at: claim, form: "incident_on=" + day(-2) + "&place=Pitt+Street"},
		"console.insurance_create":          {form: "insurer=Harbour+Mutual&number=HM-883202&kind=liability&whole_fleet=true&start=" + day(0) + "&end=" + day(364)},
		"console.insurance_edit":            {at: policy},
		"console.insurance_file":            {at: policy + "/" + w.Filed[4]},
		"console.insurance_file_add":        {at: policy, form: "file=" + w.Filed[3]},
		"console.insurance_file_drop":       {at: policy + "/" + w.Filed[5]},
		"console.insurance_list":            {query: "asset=" + car},
		"console.insurance_new":             {},
		"console.insurance_page":            {at: policy},
		"console.insurance_renew":           {at: policy, form: "end=" + day(2000)},
		"console.insurance_save":            {at: policy, form: "insurer=Harbour+Mutual&number=HM-1&kind=comprehensive&assets=" + car + "&start=" + day(-30) + "&end=" + day(1500)},
	}
}
