package location

import (
	"slices"
	"strings"
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/money"
)

func desk() Details { return Details{Name: "Airport", TimeZone: "Australia/Sydney"} }

func TestInvoicesFallBackToWhatCustomersSee(t *testing.T) {
	t.Parallel()
	street := Address{Line1: "12 Ross Smith Avenue", City: "Mascot", State: "NSW", Postcode: "2020", Country: "AU"}
	office := Address{Line1: "Level 9", Line2: "1 Bridge Street", City: "Sydney"}
	for _, tt := range []struct {
		name string
		say  Details
		want string
	}{
		{"only a name", Details{Name: "Airport"}, "Airport"},
		{"its address", Details{Name: "Airport", Address: street}, "Airport|12 Ross Smith Avenue|Mascot NSW 2020|AU"},
		{"a legal name", Details{Name: "Airport", LegalName: "Harbour Cars Pty Ltd", Address: street}, "Harbour Cars Pty Ltd|12 Ross Smith Avenue|Mascot NSW 2020|AU"},
		{"an invoice address, whole", Details{Name: "Airport", Address: street, InvoiceAddress: office}, "Airport|Level 9|1 Bridge Street|Sydney"},
	} {
		tt.say.InvoiceFootnote = "ABN 1"
		l := Location{Details: tt.say}
		got := l.Letterhead()
		if text := strings.Join(append([]string{got.Name}, got.Address...), "|"); text != tt.want || got.Footnote != "ABN 1" {
			t.Errorf("%s: got %q %q, want %q", tt.name, text, got.Footnote, tt.want)
		}
	}
}

func TestWhatIsSaidIsMadePlain(t *testing.T) {
	t.Parallel()
	d := desk()
	d.Code, d.Address.Country, d.Programs = " syd-1 ", "au", []string{"subscription", "rental", "rental"}
	d.Hours.Monday = []Opening{from("13:00", "00:00"), from("08:00", "12:00")}
	d.Closures = []Closure{{From: date("2026-12-25")}, {From: date("2026-01-01")}}
	d.PickupRules.Rental.MinNotice = Length{0, "weeks"}
	got, err := d.checked()
	if err != nil {
		t.Fatal(err)
	}
	if got.Code != "SYD-1" || got.Address.Country != "AU" || len(got.Programs) != 2 || !*got.PickupAllowed || !*got.DropoffAllowed ||
		got.Hours.Monday[0] != from("08:00", "12:00") || got.Hours.Monday[1] != from("13:00", "24:00") ||
		got.Closures[0].From != date("2026-01-01") || got.PickupRules.Rental != (PickupRule{}) {
		t.Errorf("got %+v", got)
	}
	if d.Hours.Monday[0] != from("13:00", "00:00") {
		t.Error("what was given has changed")
	}
	again, err := got.checked()
	if err != nil || again.Code != got.Code || !slices.Equal(again.Hours.Monday, got.Hours.Monday) {
		t.Errorf("checked again: %+v, %v", again, err)
	}
}

func TestBadDetailsAreNamedFieldByField(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field string
		say   func(*Details)
	}{
		{"name", func(d *Details) { d.Name = " " }},
		{"name", func(d *Details) { d.Name = strings.Repeat("x", 101) }},
		{"code", func(d *Details) { d.Code = "SYD 1" }},
		{"code", func(d *Details) { d.Code = "-" }},
		{"email", func(d *Details) { d.Email = "Mia <mia@example.com>" }},
		{"email", func(d *Details) { d.Email = "mia" }},
		{"phone", func(d *Details) { d.Phone = "call me" }},
		{"website", func(d *Details) { d.Website = "javascript:alert(1)" }},
		{"website", func(d *Details) { d.Website = "https://mia:secret@example.com" }},
		{"address.country", func(d *Details) { d.Address.Country = "Australia" }},
		{"address.city", func(d *Details) { d.Address.City = "a\nb" }},
		{"invoice_address.postcode", func(d *Details) { d.InvoiceAddress.Postcode = strings.Repeat("1", 21) }},
		{"time_zone", func(d *Details) { d.TimeZone = "Mars/Olympus" }},
		{"time_zone", func(d *Details) { d.TimeZone = "Local" }},
		{"time_zone", func(d *Details) { d.TimeZone = "../etc/passwd" }},
		{"geo.latitude", func(d *Details) { d.Geo = Geo{"90.000001", "0"} }},
		{"geo.longitude", func(d *Details) { d.Geo = Geo{"-90", "1e2"} }},
		{"hours.monday[0].closes", func(d *Details) { d.Hours.Monday = []Opening{from("09:00", "09:00")} }},
		{"hours.monday[1].opens", func(d *Details) { d.Hours.Monday = []Opening{from("12:00", "17:00"), from("09:00", "12:01")} }},
		{"hours.monday[0].closes", func(d *Details) {
			d.Hours.Monday, d.Hours.Tuesday = []Opening{from("20:00", "03:00")}, []Opening{from("02:00", "05:00")}
		}},
		{"hours.saturday[0].closes", func(d *Details) {
			d.Hours.Saturday, d.Hours.Sunday = []Opening{from("20:00", "03:00")}, []Opening{from("00:00", "24:00")}
		}},
		{"hours.monday[0].opens", func(d *Details) { d.Hours.Monday = []Opening{from("24:00", "03:00")} }},
		{"hours.friday", func(d *Details) { d.Hours.Friday = make([]Opening, 7) }},
		{"closures[0].from", func(d *Details) { d.Closures = make([]Closure, 1) }},
		{"closures[0].to", func(d *Details) { d.Closures = []Closure{{From: date("2026-01-02"), To: date("2026-01-01")}} }},
		{"closures[0].to", func(d *Details) {
			d.Closures = []Closure{{From: date("2026-01-02"), To: date("2027-01-01"), Yearly: true}}
		}},
		{"closures", func(d *Details) { d.Closures = make([]Closure, 201) }},
		{"after_hours_fee", func(d *Details) { d.AfterHoursFee = money.Amount{Minor: -1, Currency: "AUD"} }},
		{"after_hours_fee", func(d *Details) { d.AfterHoursFee = money.Amount{Minor: 1, Currency: "Dollars"} }},
		{"programs[0]", func(d *Details) { d.Programs = []string{"lease"} }},
		{"pickup_rules.rental.lead_time_days", func(d *Details) { d.PickupRules.Rental.LeadTimeDays = 61 }},
		{"pickup_rules.rental.min_notice.unit", func(d *Details) { d.PickupRules.Rental.MinNotice = Length{1, "months"} }},
		{"pickup_rules.subscription.max_advance.count", func(d *Details) { d.PickupRules.Subscription.MaxAdvance = Length{-1, "days"} }},
		{"pickup_rules.subscription.max_advance", func(d *Details) {
			d.PickupRules.Subscription = PickupRule{LeadTimeDays: 8, MaxAdvance: Length{1, "weeks"}}
		}},
		{"invoice_footnote", func(d *Details) { d.InvoiceFootnote = strings.Repeat("x", 1001) }},
		{"instructions", func(d *Details) { d.Instructions = "a\x00b" }},
	} {
		d := desk()
		tt.say(&d)
		_, err := d.checked()
		wrong, ok := err.(*fault.Error)
		if !ok || wrong.Kind != fault.Invalid || len(wrong.Fields) == 0 || wrong.Fields[0].Name != tt.field {
			t.Errorf("%s: got %v", tt.field, err)
		}
	}
}

func TestAClosureOfEachYearMayCrossIt(t *testing.T) {
	t.Parallel()
	winter := Closure{From: date("2020-12-24"), To: date("2021-01-02"), Yearly: true}
	leap := Closure{From: date("2024-02-29"), Yearly: true}
	for _, tt := range []struct {
		c    Closure
		day  string
		want bool
	}{
		{winter, "2026-12-23", false},
		{winter, "2026-12-24", true},
		{winter, "2027-01-02", true},
		{winter, "2027-01-03", false},
		{winter, "1999-12-31", true},
		{leap, "2028-02-29", true},
		{leap, "2028-03-01", false},
		{leap, "2027-03-01", true},
		{Closure{From: date("2026-01-05"), To: date("2026-01-06")}, "2026-01-07", false},
		{Closure{From: date("2026-01-05"), To: date("2026-01-06")}, "2026-01-06", true},
		{Closure{From: date("2026-01-05")}, "2027-01-05", false},
	} {
		if got := tt.c.covers(date(tt.day)); got != tt.want {
			t.Errorf("%+v on %s: got %v", tt.c, tt.day, got)
		}
	}
}
