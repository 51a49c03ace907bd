package documents

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fleet"
	"motorpool/shared/person"
)

// maxOwners is how many people, companies and vehicles of a name there are to
// choose from.
const maxOwners = 8

// whose finds out whose documents are meant: who is called what was searched for.
// Whose stays only where several are, or none; the notices say so, or whose list
// this is.
func (in documentListInput) whose(ctx context.Context, c *api.Call) (documentListInput, []look.Notice, error) {
	in.Whose = page.Trim(in.Whose)
	if ownerOf(in.Whose).Type != "" {
		in.Owner, in.Whose = in.Whose, ""
	}
	if in.Whose != "" {
		in.Owner, in.Cursor = "", ""
		found, err := owners(ctx, c, in.Whose)
		if err != nil {
			return in, nil, err
		}
		if len(found) != 1 {
			return in, in.several(ctx, c, found), nil
		}
		in.Owner, in.Whose = found[0].ID, ""
	}
	typ := ownerOf(in.Owner).Type
	if typ == "" || typ != "asset" && !c.Actor.May(access.ViewPeople) {
		in.Owner = ""
		return in, nil, nil
	}
	who, err := ownerLink(ctx, c, ownerOf(in.Owner))
	all := look.Link{Text: "Show everybody's", To: page.With("/documents", "show", in.Show, "type", in.Type)}
	return in, []look.Notice{{Title: "Documents of " + who.Text, Links: []look.Link{who, all}}}, err
}

// several lets somebody choose among those who are called alike.
func (in documentListInput) several(ctx context.Context, c *api.Call, found []document.Owner) []look.Notice {
	if len(found) == 0 {
		return []look.Notice{{Tone: "warn", Title: "Nobody is called that", Text: "Search by the beginning of a person's or company's name, or of a vehicle's number, plate or VIN."}}
	}
	n := look.Notice{Title: "More than one is called that. Whose documents?"}
	for _, o := range found {
		who, err := ownerLink(ctx, c, o)
		if err != nil {
			continue // they went while we looked
		}
		n.Links = append(n.Links, look.Link{Text: who.Text + " (" + o.Type + ")", To: page.With("/documents", "show", in.Show, "type", in.Type, "owner", o.ID)})
	}
	return []look.Notice{n}
}

// owners are those whose name or number begins so, as far as the actor may see them.
func owners(ctx context.Context, c *api.Call, q string) (all []document.Owner, err error) {
	if c.Actor.May(access.ViewPeople) {
		people, _, err := c.People.People(ctx, c.Actor, person.PersonFilter{Q: q}, "", maxOwners)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			all = append(all, document.Owner{Type: "person", ID: p.ID})
		}
		companies, _, err := c.Companies.Companies(ctx, c.Actor.Workspace, company.Filter{Q: q}, "", maxOwners)
		if err != nil {
			return nil, err
		}
		for _, co := range companies {
			all = append(all, document.Owner{Type: "company", ID: co.ID})
		}
	}
	if c.Actor.May(access.ViewAssets) {
		cars, _, err := c.Fleet.Assets(ctx, c.Actor, fleet.AssetFilter{Q: q, ByNumber: true}, "", maxOwners)
		if err != nil {
			return nil, err
		}
		for _, a := range cars {
			all = append(all, document.Owner{Type: "asset", ID: a.ID})
		}
	}
	return all, nil
}
