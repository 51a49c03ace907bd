package company

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

var now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func nowFunc() time.Time { return now }

func gum() Details {
	return Details{TradingName: "Blue Gum Logistics", BillingEmails: []string{"accounts@bluegum.example"}}
}

func TestWhatIsWrongIsSaidFieldByField(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 6000)
	for name, tt := range map[string]struct {
		change func(*Details)
		field  string
	}{
		"no name":                      {func(d *Details) { d.TradingName = " \t" }, "trading_name"},
		"a name too long":              {func(d *Details) { d.TradingName = long }, "trading_name"},
		"a line break in a name":       {func(d *Details) { d.TradingName = "a\nb" }, "trading_name"},
		"bytes that are no text":       {func(d *Details) { d.LegalName = "\xff" }, "legal_name"},
		"a tax number of no kind":      {func(d *Details) { d.TaxNumber = TaxID{Number: "51824753556"} }, "tax_number.kind"},
		"an unknown kind":              {func(d *Details) { d.TaxNumber = TaxID{"gst", "1"} }, "tax_number.kind"},
		"an ABN too short":             {func(d *Details) { d.TaxNumber = TaxID{"abn", "5182475355"} }, "tax_number.number"},
		"an ACN with letters":          {func(d *Details) { d.TaxNumber = TaxID{"acn", "00400061X"} }, "tax_number.number"},
		"a VAT number of no country":   {func(d *Details) { d.TaxNumber = TaxID{"vat", "136695976"} }, "tax_number.number"},
		"an EIN too long":              {func(d *Details) { d.TaxNumber = TaxID{"ein", "1234567890"} }, "tax_number.number"},
		"a kind without its number":    {func(d *Details) { d.TaxNumber = TaxID{"other", ""} }, "tax_number.number"},
		"a separator in a tax number":  {func(d *Details) { d.TaxNumber = TaxID{"other", "A#B"} }, "tax_number.number"},
		"a country in words":           {func(d *Details) { d.Registered = Place{Line1: "x", Country: "Australia"} }, "registered_address.country"},
		"an address without a street":  {func(d *Details) { d.Billing = Place{City: "Sydney"} }, "billing_address.line_1"},
		"no address for bills":         {func(d *Details) { d.BillingEmails = nil }, "billing_emails"},
		"what is no e-mail address":    {func(d *Details) { d.BillingEmails = []string{"a@b.example", "accounts"} }, "billing_emails[1]"},
		"a name with an e-mail":        {func(d *Details) { d.BillingEmails = []string{"Ann <a@b.example>"} }, "billing_emails[0]"},
		"a header in an e-mail":        {func(d *Details) { d.BillingEmails = []string{"a@b.example\r\nBcc: x@y.example"} }, "billing_emails[0]"},
		"eleven addresses":             {func(d *Details) { d.BillingEmails = emails(11) }, "billing_emails"},
		"a telephone number in words":  {func(d *Details) { d.Phone = "call me" }, "phone"},
		"terms of more than a year":    {func(d *Details) { d.PaymentTerms = 366 }, "payment_terms_days"},
		"negative terms":               {func(d *Details) { d.PaymentTerms = -1 }, "payment_terms_days"},
		"a negative limit":             {func(d *Details) { d.CreditLimit = money.Amount{Minor: -1, Currency: "AUD"} }, "credit_limit"},
		"a limit in no currency":       {func(d *Details) { d.CreditLimit = money.Amount{Minor: 1, Currency: "XXY"} }, "credit_limit"},
		"an exemption without reason":  {func(d *Details) { d.TaxExemption.Certificate = "EX-1" }, "tax_exemption.reason"},
		"a bill-to who is no contact":  {func(d *Details) { d.BillTo = "per_x" }, "default_bill_to"},
		"too many tags":                {func(d *Details) { d.Tags = emails(21) }, "tags"},
		"a tag too long":               {func(d *Details) { d.Tags = []string{long} }, "tags[0]"},
		"notes too long":               {func(d *Details) { d.Notes = long }, "notes"},
		"a control character in notes": {func(d *Details) { d.Notes = "\x00" }, "notes"},
	} {
		d := gum()
		tt.change(&d)
		_, err := create("com_1", "w", d, now)
		if fault.KindOf(err) != fault.Invalid || !strings.HasPrefix(fault.CodeOf(err), "company.") {
			t.Errorf("%s: got %v, want it refused", name, err)
			continue
		}
		if !slices.ContainsFunc(err.(*fault.Error).Fields, func(f fault.Field) bool { return f.Name == tt.field }) {
			t.Errorf("%s: %+v does not name %s", name, err.(*fault.Error).Fields, tt.field)
		}
	}
}

func emails(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("a%d@b.example", i))
	}
	return all
}

func TestADescriptionIsTidied(t *testing.T) {
	t.Parallel()
	d := gum()
	d.TradingName, d.BillingEmails = "  Gum ", []string{" A@B.example", "a@b.example"}
	d.TaxNumber, d.Tags = TaxID{"abn", "51 824 753-556"}, []string{"x", "", "x"}
	d.Registered = Place{Line1: "1 Road", Country: "au"}
	c, err := create("com_1", "w", d, now)
	if err != nil {
		t.Fatal(err)
	}
	if c.TradingName != "Gum" || !slices.Equal(c.BillingEmails, []string{"a@b.example"}) || c.TaxNumber.Number != "51824753556" ||
		!slices.Equal(c.Tags, []string{"x"}) || c.Registered.Country != "AU" || d.TaxNumber.Number != "51 824 753-556" {
		t.Errorf("got %+v", c.Details)
	}
}

// TestCheckDigits uses numbers that tax offices publish as examples, or that
// companies print on their bills.
func TestCheckDigits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind, number string
		fits         bool
	}{
		{"abn", "51824753556", true},
		{"abn", "53004085616", true},
		{"abn", "51824753557", false},
		{"abn", "15824753556", false},
		{"acn", "004085616", true},
		{"acn", "000000019", true},
		{"acn", "004085617", false},
		{"vat", "DE136695976", true},
		{"vat", "DE136695978", false},
		{"vat", "GB980780684", true},
		{"vat", "GB980780685", false},
		{"vat", "GBGD001", true},
		{"vat", "FR40303265045", true},
		{"vat", "FR41303265045", false},
		{"vat", "FRK7399859412", true},
		{"vat", "NL004495445B01", true},
		{"vat", "NL004495446B01", false},
		{"vat", "NL123456789B13", true},
		{"vat", "NL12345678B13", false},
		{"vat", "IT00743110157", true},
		{"vat", "IT00743110158", false},
		{"vat", "BE0776091951", true},
		{"vat", "BE0776091952", false},
		{"vat", "IE6433435F", true}, // no rule of ours
		{"ein", "123456789", true},
		{"other", "HRB 1", true},
	} {
		d := gum()
		d.TaxNumber = TaxID{tt.kind, tt.number}
		d, err := d.checked()
		if err != nil {
			t.Errorf("%s %s: %v", tt.kind, tt.number, err)
			continue
		}
		if got := len(d.Warnings()) == 0; got != tt.fits {
			t.Errorf("%s %s: fits: got %v, want %v", tt.kind, tt.number, got, tt.fits)
		}
	}
}

func TestAnExemptionEnds(t *testing.T) {
	t.Parallel()
	june := span.Date{Year: 2026, Month: 6, Day: 30}
	for _, tt := range []struct {
		x    Exemption
		on   span.Date
		want bool
	}{
		{Exemption{}, june, false},
		{Exemption{Reason: "embassy"}, june, true},
		{Exemption{Reason: "embassy", Until: june}, june, true},
		{Exemption{Reason: "embassy", Until: june}, span.Date{Year: 2026, Month: 7, Day: 1}, false},
	} {
		if got := tt.x.Holds(tt.on); got != tt.want {
			t.Errorf("%+v on %s: got %v", tt.x, tt.on, got)
		}
	}
}

func contacts(c *Company) string {
	var all []string
	for _, k := range c.Contacts {
		all = append(all, k.Person+":"+strings.Join(k.Roles, "+"))
	}
	return strings.Join(all, " ")
}

func TestOneContactIsThePrimary(t *testing.T) {
	t.Parallel()
	c, err := create("com_1", "w", gum(), now)
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		do   func() error
		code string
		want string
	}{
		{func() error { return c.Name("a", []string{"billing"}, now) }, "", "a:primary+billing"},
		{func() error { return c.Name("b", []string{"driver", "fleet", "driver"}, now) }, "", "a:primary+billing b:fleet+driver"},
		{func() error { return c.Name("b", []string{"primary"}, now) }, "", "a:billing b:primary"},
		{func() error { return c.Name("b", []string{"driver"}, now) }, "company.primary", "a:billing b:primary"},
		{func() error { return c.Name("a", []string{"primary"}, now) }, "", "a:primary b:fleet"},
		{func() error { return c.Name("a", nil, now) }, "company.roles", "a:primary b:fleet"},
		{func() error { return c.Name("a", []string{"boss"}, now) }, "company.roles", "a:primary b:fleet"},
		{func() error { return c.Drop("x", now) }, "company.no_contact", "a:primary b:fleet"},
		{func() error { c.BillTo = "a"; return c.Drop("a", now) }, "company.bill_to", "a:primary b:fleet"},
		{func() error { c.BillTo = ""; return c.Drop("a", now) }, "", "b:primary+fleet"},
		{func() error { return c.Drop("b", now) }, "", ""},
	}
	for i, s := range steps {
		err := s.do()
		if s.code == "" && err != nil || s.code != "" && fault.CodeOf(err) != s.code {
			t.Fatalf("step %d: got %v, want %q", i, err, s.code)
		}
		if got := contacts(c); got != s.want {
			t.Fatalf("step %d: got %q, want %q", i, got, s.want)
		}
	}
}

// TestWhateverIsDoneContactsStayRight names, drops, renames and merges at random.
func TestWhateverIsDoneContactsStayRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, _ := create("com_1", "w", gum(), now)
		people := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		roles := rapid.SliceOfN(rapid.SampledFrom(Roles), 0, 3)
		for range rapid.IntRange(1, 20).Draw(t, "deeds") {
			before, version := contacts(c), c.Version
			var err error
			switch who := people.Draw(t, "who"); rapid.IntRange(0, 4).Draw(t, "deed") {
			case 0:
				err = c.Drop(who, now)
			case 1:
				c.rename(who, people.Draw(t, "into"), now)
			case 2:
				d := c.clone()
				d.BillTo = who
				err = c.Describe(d, now)
			case 3:
				other, _ := create("com_2", "w", gum(), now)
				_ = other.Name(who, []string{"billing"}, now)
				err = c.absorb(other, now)
			default:
				err = c.Name(who, roles.Draw(t, "roles"), now)
			}
			if err != nil && (contacts(c) != before || c.Version != version) {
				t.Fatalf("refused (%v), and yet %q became %q", err, before, contacts(c))
			}
			sound(t, c)
		}
	})
}

func sound(t *rapid.T, c *Company) {
	primary, seen := 0, map[string]bool{}
	for _, k := range c.Contacts {
		if slices.Contains(k.Roles, "primary") {
			primary++
		}
		if seen[k.Person] || len(k.Roles) == 0 || !slices.Equal(k.Roles, sortedRoles(k.Roles)) {
			t.Fatalf("contacts: %+v", c.Contacts)
		}
		seen[k.Person] = true
	}
	if len(c.Contacts) > 0 && primary != 1 {
		t.Fatalf("%d primary contacts: %+v", primary, c.Contacts)
	}
	if c.BillTo != "" && !seen[c.BillTo] {
		t.Fatalf("bills go to %s, who is no contact", c.BillTo)
	}
	if n := len(c.news); n > 0 && int64(n) != c.Version {
		t.Fatalf("%d versions, %d events", c.Version, n)
	}
}
