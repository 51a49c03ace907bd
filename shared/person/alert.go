package person

import (
	"context"
	"strings"
)

// Signs are what a customer who is no person is known again by: a company.
type Signs struct {
	Emails []string
	Phone  string
	Places []PersonAddress
}

// LikeBlocked returns who is blocked and has two attributes or the number of a
// document in common with a person, whoever of them was there first. It is asked
// anew each time, so a block marks everybody it concerns at once, and what was
// lifted marks nobody any more.
func (s *Service) LikeBlocked(ctx context.Context, workspace, id string) ([]Duplicate, error) {
	all, err := s.Duplicates(ctx, workspace, id)
	return onlyBlocked(all), err
}

// BlockedBehind is LikeBlocked for a company. An e-mail address and a phone are two
// attributes; several of one kind are one.
func (s *Service) BlockedBehind(ctx context.Context, workspace string, of Signs) ([]Duplicate, error) {
	country, err := s.country(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var signs []match
	for _, e := range of.Emails {
		if strings.Contains(e, "@") {
			signs = append(signs, (&Person{PersonDetails: PersonDetails{Email: e}}).matches()...)
		}
	}
	for _, a := range of.Places {
		signs = append(signs, (&Person{PersonDetails: PersonDetails{ResidentialAddress: a}}).matches()...)
	}
	if phone, err := Phone(of.Phone, country); err == nil && phone != "" {
		signs = append(signs, match{byPhone, phone})
	}
	why := map[string][]string{}
	if err := s.known(ctx, workspace, signs, noting(why, "")); err != nil {
		return nil, err
	}
	all, err := s.alike(ctx, workspace, why)
	return onlyBlocked(all), err
}

func onlyBlocked(all []Duplicate) (blocked []Duplicate) {
	for _, d := range all {
		if d.Person.Block != nil {
			blocked = append(blocked, d)
		}
	}
	return blocked
}
