package seed

import (
	"context"
	"strings"

	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/span"
)

// firms are enough that each call which ends or changes one has one of its own.
var firms = []string{"Blue Gum Logistics", "Harbour Freight", "Coastal Couriers", "Red Earth Mining", "Wattle Events", "Wattle Event Hire", "Southern Cross Media", "Old Quay Traders", "Pier Nine", "Quarry Works", "Old Mill", "Tram Tours", "Tram Tour Hire", "Lantern Bay"}

// papers are registrations of vehicles, by their number, with what is done to each.
var papers = []string{"REG-1", "REG-2", "REG-3", "REG-4", "REG-5", "REG-6", "REG-7", "REG-8", "REG-9"}

// trade adds the companies, a contact for two of them, and the documents.
func (w *World) trade(ctx context.Context, _ string) error {
	at := w.clock.ago(10 * day)
	w.App.Documents.NewToken = w.clock.secret
	for i, name := range firms {
		made, err := w.App.Companies.Create(ctx, w.Actor, company.Details{TradingName: name, BillingEmails: []string{"accounts@firm.example"}}, at)
		if err == nil && (i < 2 || name == "Quarry Works") {
			made, err = w.App.Companies.Name(ctx, w.Actor, made.ID, company.Contact{Person: w.Customers["Amira"].ID, Roles: []string{"primary"}}, 0, at)
		}
		if err != nil {
			return err
		}
		w.Firms[name] = made
	}
	for _, name := range []string{"Old Quay Traders", "Old Mill"} {
		if _, err := w.App.Companies.Archive(ctx, w.Actor, w.Firms[name].ID, 0, at); err != nil {
			return err
		}
	}
	owner := document.Owner{Type: "asset", ID: w.Assets["HC-101"].ID}
	for _, number := range papers {
		file, err := w.scan(ctx, number)
		if err != nil {
			return err
		}
		say := document.Details{Files: file, Number: number, Country: "AU", State: "NSW", Expires: span.DateOf(at.AddDate(1, 0, 0))}
		made, err := w.App.Documents.Add(ctx, w.Actor, owner, "registration", say, at)
		if err != nil {
			return err
		}
		w.Papers[number] = made
	}
	at = w.clock.ago(0)
	_, pass, err := w.App.Documents.Request(ctx, w.Actor, owner, "insurance", document.Asked{At: at})
	w.Uploads = pass.URL[strings.LastIndexByte(pass.URL, '/')+1:]
	return err
}

// scan is the file of the first registration; the others have none.
func (w *World) scan(ctx context.Context, number string) ([]document.File, error) {
	if w.files == nil || number != papers[0] {
		return nil, nil
	}
	files, err := w.App.Documents.Keep(ctx, w.Actor, []document.Upload{{Side: "front", Name: "front.png", Content: []byte(pixel)}}, w.clock.ago(10*day))
	if err == nil {
		w.Scan = files[0].Attachment
	}
	return files, err
}
