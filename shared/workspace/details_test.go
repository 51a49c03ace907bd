package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// edit changes the first workspace of k, or says why not.
func (k *bench) edit(t *testing.T, w *workspace.Workspace, do func(*workspace.Form)) (*workspace.Workspace, error) {
	return k.Edit(t.Context(), owner(w), func(f *workspace.Form) error { do(f); return nil }, 0, at)
}

func TestEveryDetailIsKeptInItsNormalForm(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Live})
	want := workspace.Details{
		LegalName: "Harbour Pty Ltd", Country: "AU", Currency: "AUD", DistanceUnit: "mi", DateFormat: "dd/MM/yyyy", FirstDay: "sunday", Language: "en-AU",
		Brand: workspace.Brand{Primary: "#0b5cad", Accent: "#f2a900"}, Tax: workspace.Tax{Label: "ABN", Number: "12 345 678 901"},
		Address: workspace.Address{Line1: "12 Harbour Street", Line2: "Level 3", City: "Sydney", State: "NSW", Postcode: "2000", Country: "AU"},
		Support: workspace.Support{Email: "help@harbour.example", Phone: "+61 2 5550 1234"}, Website: "https://harbour.example",
		Email: workspace.Email{SenderName: "Harbour", ReplyTo: "desk@harbour.example"}, PaymentDays: 0,
		Prefixes: workspace.Prefixes{Booking: "B", Invoice: "R26", CreditNote: "CN", Contract: "CT"},
	}
	typed := want
	typed.LegalName, typed.Country, typed.Currency, typed.Brand.Primary, typed.Prefixes.Booking, typed.Address.Country = " Harbour Pty Ltd ", " au", "aud ", "#0B5CAD", "b", "au"
	typed.Prefixes.CreditNote, typed.Prefixes.Contract = "", "" // what is usual comes back
	got, err := k.edit(t, w, func(f *workspace.Form) { f.Details = typed })
	if err != nil || got.Details != want {
		t.Fatalf("got %+v, %v", got, err)
	}
	if read, err := k.Current(t.Context(), w.ID); err != nil || read.Details != want || !read.Complete() || read.Sender() != "Harbour" || read.DateLayout() != "02/01/2006" {
		t.Errorf("read: %+v, %v", read, err)
	}
	entries, _, err := k.log.List(t.Context(), w.ID, audit.Filter{}, "", 1)
	if err != nil || len(entries[0].Changes) != 25 || entries[0].Action != "workspace.updated" || !strings.Contains(fmt.Sprint(entries[0].Changes), "{tax.label <nil> ABN}") {
		t.Errorf("the audit log: %d changes, %+v, %v", len(entries[0].Changes), entries, err)
	}
}

func TestEveryDetailThatIsWrongIsNamed(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Live})
	long, evil := strings.Repeat("x", 600), "Harbour\r\nBcc: eve@evil.example"
	for field, all := range map[string][]func(*workspace.Form){
		"legal_name":               {func(f *workspace.Form) { f.LegalName = long }, func(f *workspace.Form) { f.LegalName = evil }, func(f *workspace.Form) { f.LegalName = "\xff" }},
		"name":                     {func(f *workspace.Form) { f.Name = evil }},
		"country":                  {func(f *workspace.Form) { f.Country = "AUS" }, func(f *workspace.Form) { f.Country = "XX" }},
		"currency":                 {func(f *workspace.Form) { f.Currency = "AU" }, func(f *workspace.Form) { f.Currency = "XXX" }},
		"distance_unit":            {func(f *workspace.Form) { f.DistanceUnit = "furlong" }},
		"date_format":              {func(f *workspace.Form) { f.DateFormat = "YYYY" }},
		"first_day_of_week":        {func(f *workspace.Form) { f.FirstDay = "friday" }},
		"language":                 {func(f *workspace.Form) { f.Language = "english" }, func(f *workspace.Form) { f.Language = "en\n" }},
		"brand.primary":            {func(f *workspace.Form) { f.Brand.Primary = "red" }, func(f *workspace.Form) { f.Brand.Primary = "#12345" }, func(f *workspace.Form) { f.Brand.Primary = "#0b5cad;}" }},
		"brand.accent":             {func(f *workspace.Form) { f.Brand.Accent = "url(x)" }},
		"tax.label":                {func(f *workspace.Form) { f.Tax.Number = "1" }, func(f *workspace.Form) { f.Tax.Label = long }},
		"tax.number":               {func(f *workspace.Form) { f.Tax = workspace.Tax{Label: "ABN", Number: long} }},
		"address.line_1":           {func(f *workspace.Form) { f.Address.Line1 = long }},
		"address.line_2":           {func(f *workspace.Form) { f.Address.Line2 = evil }},
		"address.city":             {func(f *workspace.Form) { f.Address.City = long }},
		"address.state":            {func(f *workspace.Form) { f.Address.State = long }},
		"address.postcode":         {func(f *workspace.Form) { f.Address.Postcode = long }},
		"address.country":          {func(f *workspace.Form) { f.Address.Country = "Australia" }},
		"support.email":            {func(f *workspace.Form) { f.Support.Email = "help" }},
		"support.phone":            {func(f *workspace.Form) { f.Support.Phone = "call me" }},
		"website":                  {func(f *workspace.Form) { f.Website = "javascript:alert(1)" }, func(f *workspace.Form) { f.Website = "https://a:b@c.example" }},
		"email.sender_name":        {func(f *workspace.Form) { f.Email.SenderName = "Harbour\r\nX-Evil: 1" }, func(f *workspace.Form) { f.Email.SenderName = "bank@bank.example" }},
		"email.reply_to":           {func(f *workspace.Form) { f.Email.ReplyTo = "Eve <eve@evil.example>" }, func(f *workspace.Form) { f.Email.ReplyTo = "a@b.example\r\nBcc: c@d.example" }},
		"payment_terms_days":       {func(f *workspace.Form) { f.PaymentDays = -1 }, func(f *workspace.Form) { f.PaymentDays = 366 }},
		"number_prefixes.booking":  {func(f *workspace.Form) { f.Prefixes.Booking = "1B" }, func(f *workspace.Form) { f.Prefixes.Booking = "BOOKIN" }},
		"number_prefixes.invoice":  {func(f *workspace.Form) { f.Prefixes.Invoice = "BK" }},
		"number_prefixes.contract": {func(f *workspace.Form) { f.Prefixes.Contract = "C-T" }},
		"logo.light":               {func(f *workspace.Form) { f.Logo.Light = "logo.png" }},
		"settings.retention_days":  {func(f *workspace.Form) { f.Settings.RetentionDays = 0 }},
	} {
		for n, do := range all {
			_, err := k.edit(t, w, do)
			wantField(t, fmt.Sprint(field, " ", n), err, field)
		}
	}
	if got, err := k.Current(t.Context(), w.ID); err != nil || got.Version != 1 {
		t.Errorf("something was stored: %+v %v", got, err)
	}
}

// TestWhatIsTakenIsItsNormalForm: saying again what is there changes nothing, and
// exactly what changed is in the audit entry.
func TestWhatIsTakenIsItsNormalForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		w, err := workspace.New("wsp_1", workspace.Draft{Name: "A", Mode: workspace.Test}, at)
		if err != nil {
			r.Fatal(err)
		}
		f := w.Form()
		for _, s := range []*string{&f.LegalName, &f.Country, &f.Currency, &f.Brand.Primary, &f.Tax.Label, &f.Address.City, &f.Support.Email, &f.Website, &f.Email.SenderName, &f.Prefixes.Booking, &f.Language, &f.DateFormat} {
			*s = rapid.SampledFrom([]string{"", *s, " au ", "AUD", "#ABCDEF", "bk", "INV", "de-DE", "yyyy-MM-dd", "https://a.example", "a@b.example", "\n", "Ada"}).Draw(r, "text")
		}
		changes, err := w.Fill(f)
		if err != nil {
			if was, _ := workspace.New("wsp_1", workspace.Draft{Name: "A", Mode: workspace.Test}, at); *was != *w {
				r.Fatalf("it was refused, and is %+v", w)
			}
			return
		}
		if fresh, _ := workspace.New("wsp_1", workspace.Draft{Name: "A", Mode: workspace.Test}, at); (len(changes) == 0) != (fresh.Form() == w.Form()) {
			r.Fatalf("%d changes make %+v", len(changes), w)
		}
		if again, err := w.Fill(w.Form()); err != nil || len(again) != 0 {
			r.Fatalf("said again: %v, %v", again, err)
		}
	})
}

// till is whether an invoice has been issued.
type till struct {
	issued bool
	err    error
}

func (i *till) Issued(context.Context, string) (bool, error) { return i.issued, i.err }

func TestCountryAndCurrencyStayOnceAnInvoiceIsIssued(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Live})
	i := &till{}
	k.Invoices = i
	settle := func(country, currency, name string) error {
		_, err := k.edit(t, w, func(f *workspace.Form) { f.Country, f.Currency, f.LegalName = country, currency, name })
		return err
	}
	if err := errors.Join(settle("NZ", "NZD", "A"), settle("AU", "AUD", "B")); err != nil {
		t.Fatalf("before: %v", err)
	}
	i.issued = true
	for _, tt := range []struct{ country, currency, fields string }{{"NZ", "AUD", "country"}, {"AU", "", "currency"}, {"", "USD", "country currency"}} {
		err := settle(tt.country, tt.currency, "C")
		f, _ := errors.AsType[*fault.Error](err)
		if fault.CodeOf(err) != "workspace.locked" || fault.KindOf(err) != fault.Conflict {
			t.Errorf("%+v: %v", tt, err)
			continue
		}
		var fields []string
		for _, one := range f.Fields {
			fields = append(fields, one.Name)
		}
		if got := strings.Join(fields, " "); got != tt.fields {
			t.Errorf("%+v: at %s", tt, got)
		}
	}
	if err := settle("AU", "aud", "C"); err != nil {
		t.Errorf("another name: %v", err)
	}
	i.err = errors.New("the table is out of reach")
	if err := settle("US", "USD", "D"); !errors.Is(err, i.err) {
		t.Errorf("nobody knows whether one is issued: %v", err)
	}
	if got, err := k.Current(t.Context(), w.ID); err != nil || got.Country != "AU" || got.LegalName != "C" {
		t.Errorf("got %+v %v", got, err)
	}
	i.err = nil
	if locked, err := k.Locked(t.Context(), w.ID); !locked || err != nil {
		t.Errorf("Locked: %v %v", locked, err)
	}
}

// TestTheFirstInvoiceAndANewCurrencyDoNotMeet: who issues it writes Unchanged
// along, and loses to who has changed the workspace since.
func TestTheFirstInvoiceAndANewCurrencyDoNotMeet(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Live})
	invoice := table.Put(table.Item{Key: table.Key{PK: "WS#" + w.ID + "#INV", SK: "1"}, Doc: []byte("{}")})
	op := w.Unchanged()
	if _, err := k.edit(t, w, func(f *workspace.Form) { f.Currency = "USD" }); err != nil {
		t.Fatal(err)
	}
	if _, lost := errors.AsType[*table.Conflict](k.tab.Write(t.Context(), invoice, op)); !lost {
		t.Error("an invoice was issued in a currency that is no more")
	}
	now, err := k.Current(t.Context(), w.ID)
	if err == nil {
		err = k.tab.Write(t.Context(), invoice, now.Unchanged())
	}
	if err != nil {
		t.Error(err)
	}
}

// shelf keeps files as attachment.Service does: one owner each.
type shelf struct{ owners map[string]string }

func (s shelf) Use(_ context.Context, ws, id, purpose, by string) (table.Op, error) {
	if purpose != "logo" || by != ws {
		return table.Op{}, fmt.Errorf("%s as %s by %s", id, purpose, by)
	}
	if _, ok := s.owners[id]; !ok {
		return table.Op{}, fault.New(fault.Invalid, "attachment.unfit", "There is no such upload.").At("id")
	}
	return table.Put(table.Item{Key: table.Key{PK: "WS#" + ws + "#FILE", SK: id}, Doc: []byte(`"used"`)}), nil
}

func (s shelf) Release(ctx context.Context, ws, id, _ string) (table.Op, error) {
	return table.Delete(table.Key{PK: "WS#" + ws + "#FILE", SK: id}, 1), nil
}

func TestALogoUsesItsFilesAndLetsGoOfThem(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Live})
	logo := func(light, dark string) error {
		_, err := k.edit(t, w, func(f *workspace.Form) { f.Logo = workspace.Logo{Light: light, Dark: dark} })
		return err
	}
	if err := logo("att_1", ""); fault.CodeOf(err) != "workspace.no_files" {
		t.Errorf("where no files are kept: %v", err)
	}
	k.Files = shelf{map[string]string{"att_1": "", "att_2": ""}}
	for _, tt := range []struct{ light, dark, used string }{{"att_1", "", "att_1"}, {"att_1", "att_1", "att_1"}, {"att_2", "att_1", "att_1 att_2"}, {"att_2", "", "att_2"}, {"", "", ""}} {
		if err := logo(tt.light, tt.dark); err != nil {
			t.Fatalf("%+v: %v", tt, err)
		}
		page, err := k.tab.Query(t.Context(), table.Query{PK: "WS#" + w.ID + "#FILE", Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		var used []string
		for _, it := range page.Items {
			used = append(used, it.Key.SK)
		}
		if got := strings.Join(used, " "); got != tt.used {
			t.Errorf("%+v: %s are used", tt, got)
		}
	}
	if err := logo("att_9", ""); fault.CodeOf(err) != "attachment.unfit" {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestFeaturesAreOffUntilSwitchedOn(t *testing.T) {
	k := open(t)
	w, other := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Live}), k.create(t, workspace.Draft{Name: "B", Mode: workspace.Live})
	for _, f := range workspace.FeatureCatalogue {
		if on, err := k.Enabled(t.Context(), w.ID, f.Feature); on || err != nil || f.Name == "" || f.Meaning == "" {
			t.Errorf("%s: %v %v", f.Feature, on, err)
		}
		if _, err := k.Edit(t.Context(), owner(w), func(form *workspace.Form) error { return form.Features.Switch(f.Feature, true) }, 0, at); err != nil {
			t.Error(err)
		}
		if on, err := k.Enabled(t.Context(), w.ID, f.Feature); !on || err != nil {
			t.Errorf("%s: %v %v", f.Feature, on, err)
		}
		if on, err := k.Enabled(t.Context(), other.ID, f.Feature); on || err != nil {
			t.Errorf("%s in another workspace: %v %v", f.Feature, on, err)
		}
	}
	if _, err := k.Edit(t.Context(), owner(w), func(form *workspace.Form) error { return form.Features.Switch("teleport", true) }, 0, at); fault.CodeOf(err) != "feature.not_found" {
		t.Errorf("what there is not: %v", err)
	}
	if on, err := k.Enabled(t.Context(), w.ID, "teleport"); on || err != nil {
		t.Errorf("what there is not: %v %v", on, err)
	}
	entries, _, err := k.log.List(t.Context(), w.ID, audit.Filter{}, "", 1)
	if err != nil || fmt.Sprint(entries[0].Changes) != "[{features.asset_price_override false true}]" {
		t.Errorf("the audit log: %+v %v", entries, err)
	}
}

// TestAWorkspaceOfBeforeHasWhatIsUsual: it was stored when there were no details.
func TestAWorkspaceOfBeforeHasWhatIsUsual(t *testing.T) {
	k := open(t)
	old := table.Item{Key: table.Key{PK: "WS#wsp_old", SK: "WORKSPACE"}, Doc: []byte(`{"id":"wsp_old","name":"Old","mode":"live","time_zone":"UTC","settings":{"retention_days":90,"disable_after_days":5},"created_at":"2025-01-01T00:00:00Z"}`)}
	if err := k.tab.Write(t.Context(), table.Put(old)); err != nil {
		t.Fatal(err)
	}
	w, err := k.Get(t.Context(), "wsp_old")
	if err != nil || w.DistanceUnit != "km" || w.PaymentDays != 14 || w.Prefixes.Invoice != "INV" || w.Complete() || w.Sender() != "Old" {
		t.Errorf("got %+v, %v", w, err)
	}
}
