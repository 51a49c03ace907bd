package person

import (
	"maps"
	"slices"
	"strings"
	"time"

	"motorpool/events"
)

func (p *Person) tell(e events.Event) { p.news = append(p.news, e) }

// public are the fields of PersonDetails that an event may carry. Every other
// field is personal, one that is added later too.
var public = []string{"language", "time_zone", "payment_terms_days"}

// personal is what must stay in the item: the fields by which somebody is known.
type personal struct {
	PersonDetails
	Contacts []PersonContact `json:"contacts,omitempty"`
}

func (p *Person) personal() personal { return personal{p.PersonDetails, p.Contacts} }

// snapshot shares nothing with p that a verb would change in place.
func (p *Person) snapshot() *Person {
	was := *p
	was.Tags, was.Contacts, was.MergedFrom = slices.Clone(p.Tags), slices.Clone(p.Contacts), slices.Clone(p.MergedFrom)
	was.Past = slices.Clone(p.Past)
	return &was
}

// changed counts a change and returns p as it now is, what was different before,
// and the names of the personal fields that are different.
func (p *Person) changed(was *Person, at time.Time) (events.Person, events.Previous, []string) {
	p.Version++
	p.Updated = at
	is := p.Object()
	names := slices.Sorted(maps.Keys(events.Differences(was.personal(), p.personal())))
	names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(public, name) })
	if names == nil {
		names = []string{}
	}
	return is, events.Differences(was.Object(), is), names
}

// tellUpdated tells what is different since was, if anything is.
func (p *Person) tellUpdated(was *Person, at time.Time) {
	if len(events.Differences(was.personal(), p.personal())) == 0 && len(events.Differences(was.Object(), p.Object())) == 0 {
		return
	}
	is, previous, names := p.changed(was, at)
	p.tell(events.PersonUpdated{Object: is, Previous: previous, Personal: names})
}

// Object is p as events tell of it: nothing in it is personal.
func (p *Person) Object() events.Person {
	o := events.Person{
		ID: p.ID, State: string(p.State()), Language: p.Language, TimeZone: p.TimeZone, PaymentTermsDays: p.PaymentTermsDays,
		MarketingConsent: p.MarketingConsent.Given, Contacts: len(p.Contacts), MergedFrom: slices.Clone(p.MergedFrom),
		ArchivedAt: p.ArchivedAt, AnonymisedAt: p.AnonymisedAt, CreatedAt: p.Created, UpdatedAt: p.Updated, Version: p.Version,
	}
	if p.Block != nil {
		o.Block = &events.PersonBlock{Reason: p.Block.Reason, At: p.Block.At}
	}
	return o
}

// Name is p's names in the order in which they are said; what they like to be
// called comes first where it is another name. Who was erased has none.
func (p *Person) Name() string {
	if !p.AnonymisedAt.IsZero() {
		return "Anonymised"
	}
	given := p.GivenName
	if p.PreferredName != "" && p.PreferredName != given {
		given = strings.TrimSpace(p.PreferredName + " (" + given + ")")
		given = strings.TrimSuffix(given, " ()")
	}
	return strings.TrimSpace(given + " " + p.FamilyName)
}
