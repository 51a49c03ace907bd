// Package onboarding tells an operator what is still to be done before the first
// booking (specification A, 1.5).
//
// Nothing is ticked: whether a step is done is read from what there is, each time
// somebody asks. A step of which nobody can tell yet, because the product does
// not have the thing that it is about, is left out.
package onboarding

import (
	"context"

	"motorpool/shared/access"
)

// Has reports whether a workspace has what a step is about.
type Has func(ctx context.Context, workspace string) (bool, error)

// Step is one thing to do.
type Step struct {
	Name string // "workspace_details"
	Text string // what to do, in a few words
	Why  string // what it is for, and how
	Page string // where in the console it is done; empty: by the API alone, as Why says

	Allow access.Grant // who can do it
	Done  bool
}

// steps are in the order in which an operator takes them.
var steps = []Step{
	{Name: "workspace_details", Text: "Say who you are", Why: "Legal name, country, currency, address and support e-mail: invoices and customers need them.", Page: "/settings/workspace", Allow: access.ManageSettings},
	{Name: "location", Text: "Add a location", Why: "Vehicles belong somewhere, are picked up somewhere and come back.", Page: "/locations", Allow: access.ManageLocations},
	{Name: "category", Text: "Add a category", Why: "Prices and packages come from categories.", Page: "/categories", Allow: access.EditAssets},
	{Name: "asset", Text: "Add your first asset", Why: "Type, make and model are enough to begin.", Page: "/assets/new", Allow: access.EditAssets},
	{Name: "item", Text: "Add what you charge for", Why: "Items are the lines of invoices: rent, excess, a child seat.", Page: "/settings/items", Allow: access.ManageSettings},
	{Name: "package", Text: "Put a package together", Why: "A package is what customers book: charges, terms, and the categories it is for.", Page: "/settings/packages", Allow: access.ManageSettings},
	{Name: "booking_rules", Text: "Set the booking rules", Why: "For each programme type: who may book, what is asked of them, and when.", Page: "/settings/booking-rules", Allow: access.ManageSettings},
	{Name: "payment_provider", Text: "Connect a payment provider", Why: "It takes cards and bank debits for you.", Page: "/settings/payments", Allow: access.ManageSettings},
	{Name: "contract_template", Text: "Write a contract template", Why: "It is filled in and sent to sign when a booking is confirmed.", Page: "/settings/contracts", Allow: access.ManageSettings},
	{Name: "invite_user", Text: "Invite a colleague", Why: "Each works under their own name, with a role that says what they may do.", Page: "/settings/users/new", Allow: access.ManageUsers},
	{Name: "test_booking", Text: "Make a test booking", Why: "Take one from quote to return, to see that all is right.", Page: "/bookings/new", Allow: access.EditAssets},
}

// Service is what the rest of the product may ask.
type Service struct {
	Has map[string]Has // by the steps' names; a step without one is left out
}

// Steps returns the steps that the actor can take, and which of them are done.
func (s *Service) Steps(ctx context.Context, actor access.Actor) ([]Step, error) {
	var all []Step
	for _, step := range steps {
		has, ok := s.Has[step.Name]
		if !ok || !actor.May(step.Allow) {
			continue
		}
		var err error
		if step.Done, err = has(ctx, actor.Workspace); err != nil {
			return nil, err
		}
		all = append(all, step)
	}
	return all, nil
}

// Left counts the steps that are not done.
func Left(all []Step) (n int) {
	for _, s := range all {
		if !s.Done {
			n++
		}
	}
	return n
}
