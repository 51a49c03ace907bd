package workspace

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Form is all of a workspace that its administrators may change.
type Form struct {
	Name     string `json:"name" minLength:"1" maxLength:"100" doc:"What customers and staff read" example:"Harbour Rentals"`
	TimeZone string `json:"time_zone" minLength:"1" maxLength:"64" doc:"An IANA time zone, of everything here that has none of its own. A new one holds for what is scheduled from now on" example:"Australia/Sydney"`
	Details
	Settings Settings `json:"settings"`
	Features Features `json:"features" doc:"What is switched on; see /v1/features for what each means"`
}

// Details are who the operator is and how they write (specification A, 1.4).
type Details struct {
	LegalName    string   `json:"legal_name,omitempty" doc:"The legal entity" example:"Harbour Rentals Pty Ltd"`
	Logo         Logo     `json:"logo,omitzero"`
	Brand        Brand    `json:"brand,omitzero"`
	Country      string   `json:"country,omitempty" doc:"ISO 3166-1: two letters. It stays as it is once an invoice has been issued" example:"AU"`
	Currency     string   `json:"currency,omitempty" doc:"ISO 4217: three letters. It stays as it is once an invoice has been issued" example:"AUD"`
	DistanceUnit string   `json:"distance_unit,omitempty" enum:"km,mi" doc:"What distances are shown in" example:"km"`
	DateFormat   string   `json:"date_format,omitempty" enum:"d MMM yyyy,dd/MM/yyyy,MM/dd/yyyy,yyyy-MM-dd,dd.MM.yyyy" doc:"How dates are written for people" example:"dd/MM/yyyy"`
	FirstDay     string   `json:"first_day_of_week,omitempty" enum:"monday,saturday,sunday" example:"monday"`
	Language     string   `json:"language,omitempty" doc:"BCP 47: a language, and a country if it matters" example:"en-AU"`
	Tax          Tax      `json:"tax,omitzero"`
	Address      Address  `json:"address,omitzero" doc:"The registered address"`
	Support      Support  `json:"support,omitzero"`
	Website      string   `json:"website,omitempty" example:"https://harbourrentals.example"`
	Email        Email    `json:"email,omitzero"`
	PaymentDays  int      `json:"payment_terms_days" doc:"How many days after its date an invoice is due, unless its customer has other terms: 0 to 365. 14 unless you say otherwise" example:"14"`
	Prefixes     Prefixes `json:"number_prefixes,omitzero" doc:"How numbers begin: 1 to 5 capital letters and digits, a letter first, each another. New ones hold for numbers given from now on"`
}

// Logo is two attachments of purpose "logo".
type Logo struct {
	Light string `json:"light,omitempty" doc:"att_…, for light grounds"`
	Dark  string `json:"dark,omitempty" doc:"att_…, for dark grounds"`
}

// Brand is the operator's colours, as the web writes them.
type Brand struct {
	Primary string `json:"primary,omitempty" doc:"# and six hexadecimal digits" example:"#0b5cad"`
	Accent  string `json:"accent,omitempty" doc:"# and six hexadecimal digits" example:"#f2a900"`
}

// Tax is the number under which the operator pays taxes, and what it is called.
type Tax struct {
	Label  string `json:"label,omitempty" example:"ABN"`
	Number string `json:"number,omitempty" example:"12 345 678 901"`
}

// Address is a place as an envelope has it.
type Address struct {
	Line1    string `json:"line_1,omitempty" example:"12 Harbour Street"`
	Line2    string `json:"line_2,omitempty"`
	City     string `json:"city,omitempty" example:"Sydney"`
	State    string `json:"state,omitempty" example:"NSW"`
	Postcode string `json:"postcode,omitempty" example:"2000"`
	Country  string `json:"country,omitempty" doc:"ISO 3166-1: two letters" example:"AU"`
}

// Support is where customers find help.
type Support struct {
	Email string `json:"email,omitempty" example:"help@harbourrentals.example"`
	Phone string `json:"phone,omitempty" example:"+61 2 5550 1234"`
}

// Email is how letters present themselves. The address that they come from is
// the house's, because no mail server may send for another's.
type Email struct {
	SenderName string `json:"sender_name,omitempty" doc:"Who letters come from; the workspace's name if you give none" example:"Harbour Rentals"`
	ReplyTo    string `json:"reply_to,omitempty" doc:"Where answers go" example:"desk@harbourrentals.example"`
}

// Prefixes are how numbers begin.
type Prefixes struct {
	Booking    string `json:"booking,omitempty" example:"BK"`
	Invoice    string `json:"invoice,omitempty" example:"INV"`
	CreditNote string `json:"credit_note,omitempty" example:"CN"`
	Contract   string `json:"contract,omitempty" example:"CT"`
}

// usual is what a new workspace has until somebody says otherwise.
var usual = Details{
	DistanceUnit: "km", DateFormat: "d MMM yyyy", FirstDay: "monday", Language: "en", PaymentDays: 14,
	Prefixes: Prefixes{Booking: "BK", Invoice: "INV", CreditNote: "CN", Contract: "CT"},
}

// complete puts what is usual where nothing is said. A term of 0 days is said.
func (d *Details) complete() {
	d.DistanceUnit = cmp.Or(d.DistanceUnit, usual.DistanceUnit)
	d.DateFormat = cmp.Or(d.DateFormat, usual.DateFormat)
	d.FirstDay = cmp.Or(d.FirstDay, usual.FirstDay)
	d.Language = cmp.Or(d.Language, usual.Language)
	p := &d.Prefixes
	p.Booking, p.Invoice = cmp.Or(p.Booking, usual.Prefixes.Booking), cmp.Or(p.Invoice, usual.Prefixes.Invoice)
	p.CreditNote, p.Contract = cmp.Or(p.CreditNote, usual.Prefixes.CreditNote), cmp.Or(p.Contract, usual.Prefixes.Contract)
}

// Sender is the name that letters come from.
func (w *Workspace) Sender() string { return cmp.Or(w.Email.SenderName, w.Name) }

// Complete reports whether the details say what invoices and customers need: who
// the operator is, in which country and currency, and where customers find help.
func (w *Workspace) Complete() bool {
	return w.LegalName != "" && w.Country != "" && w.Currency != "" && w.Address.Line1 != "" && w.Support.Email != ""
}

// DateLayout is how dates are written, as package time says it.
func (w *Workspace) DateLayout() string { return layouts[w.DateFormat] }

// layouts are the formats that people may choose from.
var layouts = map[string]string{
	"d MMM yyyy": "2 Jan 2006", "dd/MM/yyyy": "02/01/2006", "MM/dd/yyyy": "01/02/2006", "yyyy-MM-dd": "2006-01-02", "dd.MM.yyyy": "02.01.2006",
}

// WeekBegins is the day on which weeks begin.
func (d Details) WeekBegins() time.Weekday {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(day.String(), d.FirstDay) {
			return day
		}
	}
	return time.Monday
}

// logos are the attachments that a logo consists of.
func (l Logo) files() []string {
	all := slices.DeleteFunc([]string{l.Light, l.Dark}, func(id string) bool { return id == "" })
	return slices.Compact(all)
}
