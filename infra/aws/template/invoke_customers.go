package main

import "motorpool/infra/aws/seed"

// customerAsks are about companies, and about documents.
func customerAsks(w *seed.World) map[string]ask {
	firm := func(name string) string { return w.Firms[name].ID }
	paper := func(number string) string { return w.Papers[number].ID }
	contact := w.Customers["Amira"].ID
	person := func(given string) string { return w.Customers[given].ID + "/" + w.Customers[given].Contacts[0].ID }
	owner := map[string]any{"type": "asset", "id": w.Assets["HC-102"].ID}
	good := map[string]any{"number": "REG-9", "expires": "2031-05-10"}
	return map[string]ask{
		"companies.archive_company":          {at: firm("Coastal Couriers"), version: w.Firms["Coastal Couriers"].Version},
		"companies.create_company":           {bare: true, body: map[string]any{"trading_name": "Kookaburra Tours", "billing_emails": []string{"accounts@kookaburra.example"}, "tax_number": map[string]any{"kind": "abn", "number": "51824753556"}}},
		"companies.drop_contact":             {at: firm("Harbour Freight") + "/" + contact},
		"companies.edit_company":             {at: firm("Red Earth Mining"), version: w.Firms["Red Earth Mining"].Version, bare: true, body: map[string]any{"po_required": true, "payment_terms_days": 30}},
		"companies.get_company":              {at: firm("Blue Gum Logistics")},
		"companies.list_companies":           {query: "q=blue&limit=20"},
		"companies.list_companies_of_person": {at: contact},
		"companies.list_company_history":     {at: firm("Blue Gum Logistics"), query: "limit=20"},
		"companies.list_duplicates":          {at: firm("Blue Gum Logistics")},
		"companies.merge_company":            {at: firm("Wattle Event Hire"), body: map[string]any{"into": firm("Wattle Events")}},
		"companies.name_contact":             {at: firm("Blue Gum Logistics") + "/" + contact, body: map[string]any{"roles": []string{"primary", "billing"}}},
		"companies.restore_company":          {at: firm("Old Quay Traders")},
		"console.company_archive":            {at: firm("Pier Nine")},
		"console.company_contact_drop":       {at: firm("Quarry Works") + "/" + contact},
		"console.company_contact_name":       {at: firm("Lantern Bay"), form: "roles=billing&person=" + contact},
		"console.company_create":             {form: "trading_name=Emu+Plains&billing_emails=accounts%40emu.example"},
		"console.company_edit":               {at: firm("Blue Gum Logistics")},
		"console.company_list":               {query: "q=blue"},
		"console.company_merge":              {at: firm("Tram Tour Hire"), form: "into=" + firm("Tram Tours")},
		"console.company_page":               {at: firm("Blue Gum Logistics"), query: "tab=contacts"},
		"console.company_restore":            {at: firm("Old Mill")},
		"console.company_save":               {at: firm("Lantern Bay"), form: "trading_name=Lantern+Bay+Tours&billing_emails=accounts%40firm.example"},
		"console.contact_edit":               {at: person("Amira")},
		"console.contact_save":               {at: person("Amira"), form: "type=emergency&name=Sam+Haddad"},
		"console.document_anew":              {at: paper("REG-1")},
		"console.document_ask":               {at: paper("REG-1")},
		"console.document_ask_send":          {at: paper("REG-6"), form: "message=Both+sides&sides=front&sides=back"},
		"console.document_create":            {form: "owner=" + w.Assets["HC-102"].ID + "&type=registration&number=CAM015&expires=2031-05-10"},
		"console.document_file":              {at: paper("REG-1") + "/" + w.Scan},
		"console.document_list":              {query: "show=expiring"},
		"console.document_new":               {query: "owner=" + w.Assets["HC-102"].ID},
		"console.document_page":              {at: paper("REG-1")},
		"console.document_reject":            {at: paper("REG-7"), form: "reason=Too+dark"},
		"console.document_request":           {query: "owner=" + w.Assets["HC-102"].ID},
		"console.document_request_send":      {form: "owner=" + w.Assets["HC-102"].ID + "&type=insurance"},
		"console.document_settings_save":     {form: "live_bookings_only=on&on=licence&to=licence+customer&rules.licence.days_before=30"},
		"console.document_submit":            {at: paper("REG-8"), form: "number=CAM016&expires=2031-05-10"},
		"console.document_verify":            {at: paper("REG-9")},
		"console.upload_page":                {at: w.Uploads},
		"console.upload_take":                {at: w.Uploads, parts: formPart("n", "", "0") + formPart("number", "", "REG-10") + formPart("expires", "", "2031-05-10") + formPart("front", picture, seed.Pixel()) + "--" + filesBoundary + "--\r\n"},
		"documents.add_document":             {bare: true, body: map[string]any{"owner": owner, "type": "registration", "number": "CAM014", "expires": "2031-05-10"}},
		"documents.ask_again":                {at: paper("REG-2")},
		"documents.change_settings":          {bare: true, body: map[string]any{"live_bookings_only": false}},
		"documents.get_document":             {at: paper("REG-1")},
		"documents.get_file":                 {at: paper("REG-1") + "/" + w.Scan},
		"documents.list_document_history":    {at: paper("REG-1"), query: "limit=20"},
		"documents.list_documents":           {query: "state=submitted&limit=20"},
		"documents.reject_document":          {at: paper("REG-3")},
		"documents.request_document":         {body: map[string]any{"owner": owner, "type": "insurance"}},
		"documents.submit_document":          {at: paper("REG-4"), bare: true, body: good},
		"documents.verify_document":          {at: paper("REG-5"), version: w.Papers["REG-5"].Version},
	}
}
