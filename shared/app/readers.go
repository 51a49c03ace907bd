package app

import (
	"context"
	"fmt"

	"motorpool/shared/access"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/letter"
	"motorpool/shared/location"
	"motorpool/shared/member"
	"motorpool/shared/table"
)

// readers knows who is told that documents expire.
type readers struct {
	owners
	members   *member.Service
	locations *location.Service
}

// Of is for document.Addressees. Managers are the users who may edit such an
// owner and work where it is; the location is that to which an asset belongs.
func (r readers) Of(ctx context.Context, workspace string, o document.Owner, who string) ([]document.Addressee, error) {
	switch who {
	case "customer":
		return r.customer(ctx, workspace, o)
	case "manager":
		return r.managers(ctx, workspace, o)
	}
	if o.Type != "asset" {
		return nil, nil // people and companies are at no location until they book
	}
	a, err := r.fleet.Asset(ctx, workspace, o.ID)
	if err != nil || a.HomeLocation == "" {
		return nil, found(err)
	}
	l, err := r.locations.Location(ctx, access.System(workspace), a.HomeLocation)
	if err != nil || l.Email == "" {
		return nil, found(err)
	}
	return []document.Addressee{{Name: l.Name, Email: l.Email}}, nil
}

// found is err, unless it says that there is nobody.
func found(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}

func (r readers) customer(ctx context.Context, workspace string, o document.Owner) ([]document.Addressee, error) {
	switch o.Type {
	case "person":
		return r.person(ctx, workspace, o.ID)
	case "company":
		c, err := r.companies.Company(ctx, workspace, o.ID)
		if err != nil || !c.ArchivedAt.IsZero() {
			return nil, found(err)
		}
		if who := c.PrimaryContact(); who != "" {
			if one, err := r.person(ctx, workspace, who); err != nil || len(one) > 0 {
				return one, err
			}
		}
		return []document.Addressee{{Name: c.TradingName, Email: c.BillingEmails[0]}}, nil
	}
	return nil, nil
}

func (r readers) person(ctx context.Context, workspace, id string) ([]document.Addressee, error) {
	p, err := r.people.Person(ctx, workspace, id)
	if err != nil || p.Email == "" || !p.ArchivedAt.IsZero() {
		return nil, found(err)
	}
	return []document.Addressee{{Name: p.Name(), Email: p.Email}}, nil
}

// maxManagers is how many users are told of one owner.
const maxManagers = 20

func (r readers) managers(ctx context.Context, workspace string, o document.Owner) (all []document.Addressee, err error) {
	may := map[string]bool{} // roles that may edit such an owner
	for cursor := ""; ; {
		page, next, err := r.members.List(ctx, access.System(workspace), member.Filter{State: member.Active}, cursor, 100)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			if _, known := may[m.Role]; !known {
				role, err := r.members.Role(ctx, workspace, m.Role)
				if err != nil {
					return nil, err
				}
				may[m.Role] = r.Edits(access.Actor{Kind: "user", Grants: role.Grants}, o) == nil
			}
			there, err := r.Sees(ctx, access.Actor{Kind: "user", Workspace: workspace, Grants: access.All(), Locations: m.Locations}, o)
			if err != nil {
				return nil, err
			}
			if may[m.Role] && there && len(all) < maxManagers {
				all = append(all, document.Addressee{Name: m.Name, Email: m.Email})
			}
		}
		if cursor = next; cursor == "" || len(all) == maxManagers {
			return all, nil
		}
	}
}

// digests makes letters of digests.
type digests struct {
	readers
	letters *letter.Service
}

// Write is for document.Letters.
func (d digests) Write(ctx context.Context, workspace string, l document.Letter) (table.Op, error) {
	out := letter.Letter{Kind: letter.Expiring, Email: l.To.Email, Name: l.To.Name, Asked: l.At, Link: "/documents?expiring=30"}
	if !l.Staff {
		out.Customer = true
		out.Kind, out.Link, out.Expires = letter.NewPapers, l.Pass.Path, l.Pass.Until
	}
	names := map[document.Owner]string{}
	for _, line := range l.Lines {
		text := inDays(line)
		if l.Staff {
			if _, known := names[line.Owner]; !known {
				var err error
				if names[line.Owner], err = d.name(ctx, workspace, line.Owner); err != nil {
					return table.Op{}, err
				}
			}
			text = names[line.Owner] + ": " + text
		}
		out.Lines = append(out.Lines, text)
	}
	if l.More > 0 {
		out.Lines = append(out.Lines, fmt.Sprintf("and %d more", l.More))
	}
	return d.letters.Write(ctx, workspace, out)
}

// inDays says of one document when it expires.
func inDays(l document.Line) string {
	what := document.Title(l.Type)
	switch {
	case l.Days < 0:
		return fmt.Sprintf("%s expired on %s", what, l.Expires)
	case l.Days == 0:
		return fmt.Sprintf("%s is good until today, %s", what, l.Expires)
	case l.Days == 1:
		return fmt.Sprintf("%s is good until tomorrow, %s", what, l.Expires)
	}
	return fmt.Sprintf("%s is good until %s, %d days from now", what, l.Expires, l.Days)
}

// name is what people call an owner; its identifier where it is gone.
func (o owners) name(ctx context.Context, workspace string, owner document.Owner) (string, error) {
	var name string
	switch owner.Type {
	case "person":
		p, err := o.people.Person(ctx, workspace, owner.ID)
		if err != nil {
			return owner.ID, found(err)
		}
		name = p.Name()
	case "company":
		c, err := o.companies.Company(ctx, workspace, owner.ID)
		if err != nil {
			return owner.ID, found(err)
		}
		name = c.TradingName
	case "asset":
		a, err := o.fleet.Asset(ctx, workspace, owner.ID)
		if err != nil {
			return owner.ID, found(err)
		}
		name = a.Title()
	}
	return name, nil
}
