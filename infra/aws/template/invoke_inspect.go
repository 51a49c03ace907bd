package main

import (
	"maps"

	"motorpool/infra/aws/seed"
)

// inspectionAsks are about inspections and their templates.
func inspectionAsks(w *seed.World) map[string]ask {
	all := inspectionPageAsks(w)
	car := w.Assets["HC-107"].ID
	form := func(name string) string { return w.Forms[name].ID }
	of := func(customer string) string { return w.Inspections[customer].ID }
	sections := []any{map[string]any{"title": "Outside", "fields": []any{map[string]any{"key": "tyres", "label": "Tyres", "type": "check", "required": true}}}}
	verdict := map[string]any{"name": "Amira Haddad", "comment": "The scratch was there before."}
	maps.Copy(all, map[string]ask{
		"inspections.acknowledge_inspection": {at: of("to acknowledge"), bare: true, body: map[string]any{"name": "Amira Haddad"}},
		"inspections.adopt_templates":        {},
		"inspections.amend_inspection":       {at: of("to amend"), bare: true, body: map[string]any{"text": "The scratch is on the right side, not on the left."}},
		"inspections.answer_inspection":      {at: of("to answer"), bare: true, body: map[string]any{"answers": map[string]any{"lights": map[string]any{"choice": "fail", "note": "Left rear"}}}},
		"inspections.complete_inspection":    {at: of("to complete"), version: w.Inspections["to complete"].Version, bare: true, body: map[string]any{}},
		"inspections.create_inspection":      {bare: true, body: map[string]any{"asset": car, "template": form("In use"), "customer": map[string]any{"name": "Amira Haddad", "email": "amira@customers.example"}}},
		"inspections.create_template":        {bare: true, body: map[string]any{"name": "Return of a van", "kind": "return", "sections": sections}},
		"inspections.dispute_inspection":     {at: of("to dispute"), bare: true, body: verdict},
		"inspections.edit_template":          {at: form("to edit"), version: w.Forms["to edit"].Version, bare: true, body: map[string]any{"name": "Return of a bus"}},
		"inspections.get_edition":            {at: form("In use") + "/1"},
		"inspections.get_inspection":         {at: of("done")},
		"inspections.get_report":             {at: of("done")},
		"inspections.get_template":           {at: form("In use")},
		"inspections.invite_customer":        {at: of("to invite")},
		"inspections.list_inspections":       {query: "asset=" + car + "&limit=20"},
		"inspections.list_templates":         {query: "state=published&limit=20"},
		"inspections.publish_template":       {at: form("to publish")},
		"inspections.retire_template":        {at: form("to retire")},
		"inspections.void_inspection":        {at: of("to void"), bare: true, body: map[string]any{"reason": "The wrong vehicle was inspected."}},
	})
	return all
}

func inspectionPageAsks(w *seed.World) map[string]ask {
	car := w.Assets["HC-107"].ID
	of := func(customer string) string { return w.Inspections[customer].ID }
	report := of("done")
	if r := w.Inspections["done"].Report; r != nil {
		report = r.File
	}
	editor := "name=Return+of+a+truck&kind=return&s.0.title=Outside&s.0.f.0.key=tyres&s.0.f.0.label=Tyres&s.0.f.0.type=check"
	return map[string]ask{
		"console.inspection_act":             {at: of("to amend on its page"), form: "do=amend&text=The+scratch+is+on+the+right+side."},
		"console.inspection_answer":          {at: of("to answer on its page"), form: "has=lights&a.lights=pass&do=complete"},
		"console.inspection_create":          {form: "asset=" + car + "&template=" + w.Forms["In use"].ID + "&customer.name=Amira+Haddad"},
		"console.inspection_file":            {at: of("done") + "/" + report},
		"console.inspection_form":            {at: of("to answer")},
		"console.inspection_judge":           {at: w.Reports["to judge"], form: "do=dispute&name=Amira+Haddad&comment=The+scratch+was+there+before."},
		"console.inspection_list":            {query: "asset=" + car},
		"console.inspection_new":             {query: "asset=" + car},
		"console.inspection_open":            {at: w.Reports["done"]},
		"console.inspection_page":            {at: of("done")},
		"console.inspection_shown":           {at: w.Reports["done"] + "/" + report},
		"console.inspection_template_create": {form: "name=Return+of+a+bike&kind=return"},
		"console.inspection_template_list":   {},
		"console.inspection_template_page":   {at: w.Forms["In use"].ID},
		"console.inspection_template_save":   {at: w.Forms["to save on its page"].ID, form: editor + "&version=1&do=publish"},
	}
}
