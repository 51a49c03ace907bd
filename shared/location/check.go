package location

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/country"
	"motorpool/shared/form"
	"motorpool/shared/pattern"
)

const (
	maxClosures = 200
	maxOpenings = 6 // a day
	maxLead     = 60
)

var (
	codeForm  = pattern.New(`^[A-Z0-9]([A-Z0-9-]{0,10}[A-Z0-9])?$`)
	phoneForm = pattern.New(`^\+?[0-9][0-9 ()./-]{3,30}$`)
	pointForm = pattern.New(`^-?[0-9]{1,3}(\.[0-9]{1,6})?$`)
)

// checked returns d in its normal form, or everything that is wrong with it.
func (d Details) checked() (Details, error) {
	d = d.clone()
	c := &form.Complaints{Noun: "location"}
	d.checkIdentity(c)
	d.Address.check(c, "address")
	d.checkPlace(c)
	d.checkHours(c)
	d.checkClosures(c)
	d.checkOffer(c)
	d.PickupRules.Rental.check(c, "pickup_rules.rental")
	d.PickupRules.Subscription.check(c, "pickup_rules.subscription")
	c.Text("legal_name", &d.LegalName, 200)
	d.InvoiceAddress.check(c, "invoice_address")
	c.Text("invoice_footnote", &d.InvoiceFootnote, 1000)
	return d, c.Err()
}

func (d *Details) checkIdentity(c *form.Complaints) {
	c.Text("name", &d.Name, 100)
	if d.Name == "" {
		c.Add("name", "Give a name; it cannot be empty.")
	}
	d.Code = strings.ToUpper(strings.TrimSpace(d.Code))
	if d.Code != "" && !codeForm(d.Code) {
		c.Add("code", "Use at most 12 letters, digits and hyphens, with a letter or digit first and last.")
	}
	d.Email = strings.TrimSpace(d.Email)
	if a, err := mail.ParseAddress(d.Email); d.Email != "" && (err != nil || a.Address != d.Email || len(d.Email) > 254) {
		c.Add("email", "Give one e-mail address, such as desk@example.com.")
	}
	d.Phone = strings.TrimSpace(d.Phone)
	if d.Phone != "" && !phoneForm(d.Phone) {
		c.Add("phone", "Give a phone number: digits with spaces, and + before the country's code.")
	}
	d.Website = strings.TrimSpace(d.Website)
	if u, err := url.Parse(d.Website); d.Website != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(d.Website) > 500) {
		c.Add("website", "Give a whole address, such as https://example.com/city.")
	}
}

func (a *Address) check(c *form.Complaints, field string) {
	c.Text(field+".line_1", &a.Line1, 120)
	c.Text(field+".line_2", &a.Line2, 120)
	c.Text(field+".city", &a.City, 80)
	c.Text(field+".state", &a.State, 80)
	c.Text(field+".postcode", &a.Postcode, 20)
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	if a.Country != "" && !country.Known(a.Country) {
		c.Add(field+".country", "Give the two letters of a country, as ISO 3166-1 has them: AU.")
	}
}

func (d *Details) checkPlace(c *form.Complaints) {
	d.TimeZone = strings.TrimSpace(d.TimeZone)
	if _, err := time.LoadLocation(d.TimeZone); err != nil || d.TimeZone == "" || d.TimeZone == "Local" {
		c.Add("time_zone", "Give a time zone by its IANA name, such as Australia/Sydney.")
	}
	if d.Geo == (Geo{}) {
		return
	}
	d.Geo.Latitude, d.Geo.Longitude = strings.TrimSpace(d.Geo.Latitude), strings.TrimSpace(d.Geo.Longitude)
	if !degrees(d.Geo.Latitude, 90) {
		c.Add("geo.latitude", "Give degrees from -90 to 90, with at most six decimals.")
	}
	if !degrees(d.Geo.Longitude, 180) {
		c.Add("geo.longitude", "Give degrees from -180 to 180, with at most six decimals.")
	}
}

func degrees(s string, most int) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	n, err := strconv.Atoi(whole)
	return pointForm(s) && err == nil && (n < most || n == most && strings.Trim(fraction, "0") == "")
}

// checkHours puts the openings of each day in order and refuses those that
// overlap, also from one day into the next.
func (d *Details) checkHours(c *form.Complaints) {
	for n := range 7 {
		day := time.Weekday((n + 1) % 7)
		field := "hours." + strings.ToLower(day.String())
		openings := *d.Hours.On(day)
		slices.SortStableFunc(openings, func(a, b Opening) int { return cmp.Compare(a.Opens, b.Opens) })
		if len(openings) > maxOpenings {
			c.Add(field, "Give at most %d openings for a day.", maxOpenings)
			continue
		}
		for i := range openings {
			d.checkOpening(c, fmt.Sprintf("%s[%d]", field, i), day, i)
		}
	}
}

func (d *Details) checkOpening(c *form.Complaints, field string, day time.Weekday, i int) {
	openings := *d.Hours.On(day)
	o := &openings[i]
	if o.Closes == 0 && o.Opens > 0 {
		o.Closes = 24 * 60
	}
	switch {
	case o.Opens == 24*60:
		c.Add(field+".opens", "A day ends at 24:00; open at 00:00 on the next day.")
	case o.Opens == o.Closes:
		c.Add(field+".closes", "It opens and closes at the same time. For the whole day give 00:00 to 24:00.")
	case i > 0 && (openings[i-1].overnight() || o.Opens < openings[i-1].Closes):
		c.Add(field+".opens", "This overlaps with the opening from %s.", openings[i-1].Opens)
	case o.overnight():
		if next := *d.Hours.On((day + 1) % 7); slices.ContainsFunc(next, func(n Opening) bool { return n.Opens < o.Closes }) {
			c.Add(field+".closes", "This goes on into %s and overlaps with an opening there.", (day+1)%7)
		}
	}
}

func (d *Details) checkClosures(c *form.Complaints) {
	if len(d.Closures) > maxClosures {
		c.Add("closures", "Give at most %d closures.", maxClosures)
		return
	}
	for i := range d.Closures {
		cl, field := &d.Closures[i], fmt.Sprintf("closures[%d]", i)
		c.Text(field+".label", &cl.Label, 80)
		switch {
		case cl.From.IsZero():
			c.Add(field+".from", "Give the first day, such as 2026-12-25.")
		case cl.To.IsZero():
		case cl.To.Before(cl.From):
			c.Add(field+".to", "The last day is before the first.")
		case cl.Yearly && cl.From.Until(cl.To) > 363:
			c.Add(field+".to", "A closure of every year is shorter than a year. Deactivate the location instead.")
		}
	}
	slices.SortStableFunc(d.Closures, func(a, b Closure) int { return b.From.Until(a.From) })
}

func (d *Details) checkOffer(c *form.Complaints) {
	yes, no := true, false
	for _, allowed := range []**bool{&d.PickupAllowed, &d.DropoffAllowed} {
		if *allowed == nil || **allowed {
			*allowed = &yes
		} else {
			*allowed = &no
		}
	}
	c.Cost("after_hours_fee", d.AfterHoursFee)
	c.Text("instructions", &d.Instructions, 5000)
	for i, p := range d.Programs {
		if !slices.Contains(Programs, p) {
			c.Add(fmt.Sprintf("programs[%d]", i), "Choose from %s.", strings.Join(Programs, ", "))
		}
	}
	slices.Sort(d.Programs)
	d.Programs = slices.Compact(d.Programs)
}

// most is the longest Length of each unit: two years.
var most = map[string]int{"hours": 2 * 366 * 24, "days": 2 * 366, "weeks": 104}

func (r *PickupRule) check(c *form.Complaints, field string) {
	if r.LeadTimeDays < 0 || r.LeadTimeDays > maxLead {
		c.Add(field+".lead_time_days", "Give a number from 0 to %d; 0 for no lead time.", maxLead)
	}
	r.MinNotice.check(c, field+".min_notice")
	r.MaxAdvance.check(c, field+".max_advance")
	if days := int(r.MaxAdvance.elapsed() / (24 * time.Hour)); r.MaxAdvance.Count > 0 && days < r.LeadTimeDays {
		c.Add(field+".max_advance", "Nobody could ever pick up: the lead time is longer than this.")
	}
}

func (l *Length) check(c *form.Complaints, field string) {
	switch {
	case l.Count == 0:
		*l = Length{}
	case !slices.Contains(Units, l.Unit):
		c.Add(field+".unit", "Choose one of %s.", strings.Join(Units, ", "))
	case l.Count < 0 || l.Count > most[l.Unit]:
		c.Add(field+".count", "Give a number from 0 to %d; 0 for none.", most[l.Unit])
	}
}

// clone shares nothing with d.
func (d Details) clone() Details {
	d.Closures, d.Programs = slices.Clone(d.Closures), slices.Clone(d.Programs)
	for day := range 7 {
		on := d.Hours.On(time.Weekday(day))
		*on = slices.Clone(*on)
	}
	return d
}
