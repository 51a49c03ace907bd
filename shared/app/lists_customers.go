package app

import (
	"context"
	"slices"
	"strconv"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/location"
	"motorpool/shared/person"
)

func (a *App) personList() listed[*person.Person] {
	return listed[*person.Person]{
		grant:   access.ViewPeople,
		filters: slices.Concat(anything("q"), oneOf("sort", "name", "newest"), oneOf("state", "active", "blocked", "archived"), anything("tag")),
		columns: "given_name middle_names family_name preferred_name name state email mobile birth_date residential_address.line_1 residential_address.line_2 " +
			"residential_address.city residential_address.state residential_address.postcode residential_address.country billing_address.line_1 billing_address.line_2 " +
			"billing_address.city billing_address.state billing_address.postcode billing_address.country time_zone payment_terms_days tax_id language " +
			"marketing_consent.given marketing_consent.at marketing_consent.how notes tags block.reason block.at block.note archived_at anonymised_at id created_at updated_at",
		private: []string{
			"email", "mobile", "birth_date", "residential_address.line_1", "residential_address.line_2", "residential_address.city", "residential_address.state",
			"residential_address.postcode", "residential_address.country", "billing_address.line_1", "billing_address.line_2", "billing_address.city",
			"billing_address.state", "billing_address.postcode", "billing_address.country", "tax_id", "marketing_consent.how", "notes", "block.note",
		},
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*person.Person, string, error) {
			return a.People.People(ctx, actor, person.PersonFilter{State: person.State(f["state"]), Tag: f["tag"], Q: f["q"], Newest: f["sort"] == "newest"}, cursor, limit)
		},
		show: func(_ context.Context, actor access.Actor, page []*person.Person) ([]any, error) {
			out := make([]any, len(page))
			for i, p := range page {
				seen, _ := p.SeenBy(actor)
				out[i] = known{seen.PersonDetails, seen.ID, seen.Name(), string(seen.State()), seen.Block, seen.ArchivedAt, seen.AnonymisedAt, seen.Created, seen.Updated}
			}
			return out, nil
		},
	}
}

// known is a person as their list shows them.
type known struct {
	person.PersonDetails
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	State        string        `json:"state"`
	Block        *person.Block `json:"block,omitempty"`
	ArchivedAt   time.Time     `json:"archived_at,omitzero"`
	AnonymisedAt time.Time     `json:"anonymised_at,omitzero"`
	CreatedAt    time.Time     `json:"created_at"`
	UpdatedAt    time.Time     `json:"updated_at"`
}

func (a *App) companyList() listed[*company.Company] {
	return listed[*company.Company]{
		grant:   access.ViewPeople,
		filters: slices.Concat(anything("q"), oneOf("sort", "newest", "name"), oneOf("status", "active", "archived"), anything("tag")),
		columns: "trading_name legal_name tax_number.kind tax_number.number status registered_address.line_1 registered_address.line_2 registered_address.city " +
			"registered_address.state registered_address.postcode registered_address.country billing_address.line_1 billing_address.line_2 billing_address.city " +
			"billing_address.state billing_address.postcode billing_address.country billing_emails phone payment_terms_days credit_limit po_required " +
			"default_bill_to contacts.person tags notes merged_into archived_at id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*company.Company, string, error) {
			return a.Companies.Companies(ctx, actor.Workspace, company.Filter{Status: company.Status(f["status"]), Tag: f["tag"], Q: f["q"], ByName: f["sort"] == "name"}, cursor, limit)
		},
		show: each((*company.Company).Object),
	}
}

// documentList shows who may not see what identifies people no numbers, names and
// addresses; not of assets either, for a column is shown or it is not.
func (a *App) documentList(now func() time.Time) listed[*document.Document] {
	return listed[*document.Document]{
		grant: access.ViewPeople,
		filters: slices.Concat(anything("expires_within", "owner", "q"), oneOf("state", "requested", "submitted", "verified", "rejected", "expired"),
			oneOf("type", "licence", "passport", "proof_of_address", "proof_of_insurance", "visa", "registration", "insurance", "other")),
		columns: "owner.type owner.id type state number issuing_state issuing_country class issued expires name birth_date address requested_at submitted_at " +
			"submitted_by.name verified_at verified_by.name rejected_at rejected_by.name rejection_reason id created_at updated_at",
		private: []string{"number", "name", "birth_date", "address"},
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*document.Document, string, error) {
			want := document.Filter{Owner: f["owner"], Type: f["type"], State: document.State(f["state"]), Q: f["q"]}
			if days := f["expires_within"]; days != "" {
				var err error
				if want.Until, err = strconv.Atoi(days); err != nil || want.Until < 1 || want.Until > 365 {
					return nil, "", fault.New(fault.Invalid, "export.filter", "Give a number of days, from 1 to 365.").At("filters").Because(err)
				}
			}
			return a.Documents.Documents(ctx, actor, want, cursor, limit, now())
		},
		show: func(ctx context.Context, actor access.Actor, page []*document.Document) ([]any, error) {
			today, err := a.Documents.Today(ctx, actor.Workspace, now())
			out := make([]any, len(page))
			for i, d := range page {
				object := d.Object(today)
				if !actor.May(access.ViewPII) {
					object, _ = document.Redacted(object)
				}
				out[i] = object
			}
			return out, err
		},
	}
}

func (a *App) locationList() listed[*location.Location] {
	return listed[*location.Location]{
		grant:   access.ViewLocations,
		filters: slices.Concat(oneOf("active", "true", "false"), oneOf("program", "rental", "subscription"), anything("q")),
		columns: "name code email phone website address.line_1 address.line_2 address.city address.state address.postcode address.country time_zone " +
			"pickup_allowed dropoff_allowed after_hours_fee instructions programs legal_name invoice_address.line_1 invoice_address.line_2 invoice_address.city " +
			"invoice_address.state invoice_address.postcode invoice_address.country invoice_footnote active inactive_since id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*location.Location, string, error) {
			return a.Locations.Locations(ctx, actor, location.Filter{Active: yesOrNo(f["active"]), Program: f["program"], Q: f["q"]}, cursor, limit)
		},
		show: each((*location.Location).Object),
	}
}

// yesOrNo is nil where nothing was asked for.
func yesOrNo(s string) *bool {
	if s == "" {
		return nil
	}
	yes := s == "true"
	return &yes
}
