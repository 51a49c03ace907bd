package demo

import (
	"net/http"
	"time"
)

// customers are people who rent, with when their licence expires, in days.
var customers = []struct {
	given, family, email, mobile, born string
	licence                            int
}{
	{"Amira", "Haddad", "amira@customers.example", "+61491570006", "1988-02-14", 400},
	{"Ben", "Okafor", "ben@customers.example", "+61491570110", "1979-11-03", 12},
	{"Chloe", "Martin", "chloe@customers.example", "+61491570156", "1995-07-22", 800},
	{"Dev", "Patel", "dev@customers.example", "+61491570157", "1991-01-09", 25},
	{"Elif", "Kaya", "elif@customers.example", "+61491570158", "1984-05-30", 1200},
	{"Finn", "Larsen", "finn@customers.example", "+61491570159", "1999-09-18", 3},
	{"Grace", "Kim", "grace@customers.example", "+61491570313", "1990-12-01", 90},
	{"Hugo", "Silva", "hugo@customers.example", "+61491570737", "1972-03-27", 600},
}

// companies rent too; each has one of the customers as its first contact.
var companies = []struct {
	name, legal, kind, number, email string
	contact                          int
}{
	{"Blue Gum Logistics", "Blue Gum Logistics Pty Ltd", "abn", "51824753556", "accounts@bluegum.example", 0},
	{"Harbour Freight", "Harbour Freight Pty Ltd", "abn", "53004085616", "bills@harbourfreight.example", 2},
	{"Wattle Events", "", "", "", "office@wattle.example", 4},
}

// customers fills in people, companies and their documents.
func (c *story) customers() {
	var ids []string
	for _, p := range customers {
		var made struct {
			ID      string
			Created time.Time `json:"created_at"`
		}
		c.call(http.MethodPost, "/v1/people", map[string]any{
			"given_name": p.given, "family_name": p.family, "email": p.email, "mobile": p.mobile, "birth_date": p.born,
			"residential_address": map[string]any{"line_1": "12 Harbour Street", "city": "Sydney", "state": "NSW", "postcode": "2000", "country": "AU"},
		}, &made)
		ids = append(ids, made.ID)
		c.document("person", made.ID, "licence", p.given+" "+p.family, made.Created.AddDate(0, 0, p.licence), p.licence != 25)
	}
	for _, f := range companies {
		var made struct {
			ID      string
			Created time.Time `json:"created_at"`
		}
		body := map[string]any{"trading_name": f.name, "legal_name": f.legal, "billing_emails": []string{f.email}, "payment_terms_days": 14}
		if f.kind != "" {
			body["tax_number"] = map[string]any{"kind": f.kind, "number": f.number}
		}
		c.call(http.MethodPost, "/v1/companies", body, &made)
		if c.err != nil {
			return
		}
		c.call(http.MethodPut, "/v1/companies/"+made.ID+"/contacts/"+ids[f.contact], map[string]any{"roles": []string{"primary", "billing"}}, nil)
		c.document("company", made.ID, "insurance", "", made.Created.AddDate(0, 0, 200), true)
	}
}

// document adds one, and verifies it unless it is to wait for that.
func (c *story) document(kind, owner, typ, name string, expires time.Time, verified bool) {
	if c.err != nil {
		return
	}
	var made struct{ ID string }
	c.call(http.MethodPost, "/v1/documents", map[string]any{
		"owner": map[string]any{"type": kind, "id": owner}, "type": typ, "number": "DL-" + owner[len(owner)-7:], "issuing_country": "AU", "issuing_state": "NSW",
		"expires": expires.Format(time.DateOnly), "name": name,
	}, &made)
	if verified {
		c.call(http.MethodPost, "/v1/documents/"+made.ID+"/verify", nil, nil)
	}
}
