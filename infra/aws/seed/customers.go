package seed

import (
	"context"
	"strings"

	"motorpool/shared/person"
)

// customers are enough that each call which changes one has one of its own.
var customers = []struct{ given, family string }{
	{"Amira", "Haddad"},
	{"Ben", "Okafor"},
	{"Chloe", "Martin"},
	{"Dev", "Patel"},
	{"Elif", "Kaya"},
	{"Finn", "Larsen"},
	{"Grace", "Kim"},
	{"Hugo", "Silva"},
	{"Iris", "Novak"},
	{"Jonas", "Berg"},
	{"Kira", "Petrova"},
	{"Leo", "Rossi"},
	{"Mona", "Ali"},
	{"Nils", "Holm"},
	{"Olga", "Ivanova"},
	{"Paul", "Weber"},
	{"Quinn", "Doyle"},
	{"Rosa", "Lopez"},
	{"Sven", "Lund"},
	{"Theo", "Papas"},
	{"Uma", "Rao"},
	{"Vera", "Sokol"},
}

// welcome adds the customers, each with a contact. Kira and Vera are
// blocked, Kira was before; Leo and Theo are archived; Ben has a duplicate.
func (w *World) welcome(ctx context.Context, _ string) error {
	at := w.clock.ago(9 * day)
	w.Customers = map[string]*person.Person{}
	for _, c := range customers {
		d := person.PersonDetails{
			GivenName: c.given, FamilyName: c.family, Email: strings.ToLower(c.given) + "@customers.example", Language: "en-AU",
			TimeZone: "Australia/Sydney", Tags: []string{"weekly"},
		}
		if c.given == "Ben" || c.given == "Chloe" {
			d.Mobile, d.ResidentialAddress = "+61491570006", person.PersonAddress{Line1: "12 Harbour St", City: "Sydney", State: "NSW", Postcode: "2000", Country: "AU"}
		}
		p, err := w.People.Create(ctx, w.Actor, d, at)
		if err == nil {
			p, _, err = w.People.AddContact(ctx, w.Actor, p.ID, person.PersonContactDetails{Type: "emergency", Name: "Sam " + c.family, Phone: "+61491570156"}, 0, at)
		}
		if err != nil {
			return err
		}
		w.Customers[c.given] = p
	}
	kira, leo := w.Customers["Kira"].ID, w.Customers["Leo"].ID
	for _, step := range []func() (*person.Person, error){
		func() (*person.Person, error) {
			return w.People.Block(ctx, w.Actor, kira, "damage", "Two bumpers", 0, at)
		},
		func() (*person.Person, error) {
			return w.People.Unblock(ctx, w.Actor, kira, "Paid for them", 0, at)
		},
		func() (*person.Person, error) {
			return w.People.Block(ctx, w.Actor, kira, "non_payment", "", 0, at)
		},
		func() (*person.Person, error) {
			return w.People.Block(ctx, w.Actor, w.Customers["Vera"].ID, "fraud", "", 0, at)
		},
		func() (*person.Person, error) { return w.People.Archive(ctx, w.Actor, leo, 0, at) },
		func() (*person.Person, error) {
			return w.People.Archive(ctx, w.Actor, w.Customers["Theo"].ID, 0, at)
		},
	} {
		p, err := step()
		if err != nil {
			return err
		}
		w.Customers[p.GivenName] = p
	}
	return nil
}
