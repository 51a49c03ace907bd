package assets

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/document"
	"motorpool/shared/fleet"
)

// AssetPage shows one asset: what it is, and what was done to it.
var AssetPage = api.Route{
	Name:    "console.asset_page",
	Method:  http.MethodGet,
	Path:    "/assets/{id}",
	Summary: "One asset",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPage),
}

type assetPageInput struct {
	ID     string `path:"id"`
	Tab    string `query:"tab"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type assetPageView struct {
	look.Frame
	Insured    *insuredView
	Status     look.Badge
	Notice     *look.Notice
	Acts       []look.Act
	Leave      []page.Advice
	Tabs       []look.Tab
	History    bool
	Documents  bool
	Papers     look.Papers
	Groups     []page.FactGroup
	Categories []look.Link
	Tags       []string
	Notes      string
	Cover      string // a link to its picture, or its category's
	Entries    []record.Told
	Pager      look.Pager
	Created    look.Moment
	Updated    look.Moment
	Dialogs    []look.Dialog
}

var assetPageTemplate = look.Page(files, "asset_page")

func assetPage(ctx context.Context, c *api.Call, in assetPageInput) (api.Answer, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: a.Title(), Lead: vehicleInWords(a), Section: "assets", Crumbs: []look.Link{record.ToAssets}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	self := record.AssetPath(a.ID)
	if in.Tab != "history" && in.Tab != "documents" {
		in.Tab = ""
	}
	v := assetPageView{
		Frame: f, Status: record.AssetBadge(a.Status()), History: in.Tab == "history", Tags: a.Tags, Notes: a.Notes,
		Groups: assetFacts(a), Created: f.Exact(a.Created), Updated: f.Ago(a.Updated),
		Documents: in.Tab == "documents",
		Tabs:      record.AssetTabs(f, self, in.Tab),
	}
	is, err := c.Fleet.Statuses(c.Actor.Workspace, c.Now)(ctx, a)
	if err != nil {
		return api.Answer{}, err
	}
	v.Status = record.AssetBadge(is)
	v.offer(f, a)
	if err := v.prompt(ctx, c, a); err != nil {
		return api.Answer{}, err
	}
	if v.Documents {
		v.Papers, err = record.PapersOf(ctx, c, f, document.Owner{Type: "asset", ID: a.ID}, in.Cursor, self)
		if err != nil {
			return api.Answer{}, err
		}
		return page.Show(assetPageTemplate, v)
	}
	if v.History {
		if err := v.remember(ctx, c, a.ID, in.Cursor, self); err != nil {
			return api.Answer{}, err
		}
		return page.Show(assetPageTemplate, v)
	}
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	v.Categories = categoryLinks(a, categories)
	image, err := c.Fleet.Image(ctx, c.Actor.Workspace, a.ID)
	if err != nil {
		return api.Answer{}, err
	}
	v.Cover = record.CoverOf(ctx, c, a.Cover, image, attachment.Medium)
	if v.Insured, err = insuredBy(ctx, c, f, a.ID, !a.ArchivedAt.IsZero()); err != nil {
		return api.Answer{}, err
	}
	if err := v.place(ctx, c, a); err != nil {
		return api.Answer{}, err
	}
	return page.Show(assetPageTemplate, v)
}

// remember fills in what was done to the asset, a page of it.
func (v *assetPageView) remember(ctx context.Context, c *api.Call, id, cursor, self string) error {
	entries, next, err := c.Fleet.History(ctx, c.Actor, id, cursor, 50)
	if err != nil {
		return err
	}
	teller := record.TellerOf(c, v.Clock)
	for _, e := range entries {
		v.Entries = append(v.Entries, teller.Tell(ctx, e))
	}
	v.Pager = page.Pager(look.Count(len(entries), "entry", "entries"), cursor, next, self, "tab", "history")
	return nil
}

func categoryLinks(a *fleet.Asset, categories []*fleet.Category) []look.Link {
	var out []look.Link
	for _, c := range categories {
		for _, id := range a.Categories {
			if id == c.ID {
				name := c.Name
				if id == a.PrimaryCategory && len(a.Categories) > 1 {
					name += " (priced by)"
				}
				out = append(out, look.Link{Text: name, To: page.With("/assets", "category", c.ID)})
			}
		}
	}
	return out
}

// offer fills in what this reader may do with the asset as it stands.
func (v *assetPageView) offer(f look.Frame, a *fleet.Asset) {
	self, archived := record.AssetPath(a.ID), a.Status() == fleet.Archived
	if archived {
		v.Notice = &look.Notice{Title: "Archived " + f.Day(a.ArchivedAt).Text, Text: "It can be read, and no longer changed. To bring the vehicle back, duplicate it."}
	}
	if f.May(access.EditAssets) {
		if !archived {
			v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit", Tone: "main"}, bookingAct(self, a))
		}
		v.Acts = append(v.Acts, look.Act{Text: "Duplicate", Icon: "copy", Dialog: "duplicate"})
		v.Dialogs = append(v.Dialogs, duplicateDialog(self, a))
	}
	if !f.May(access.ArchiveAssets) {
		return
	}
	if !archived {
		v.Leave = append(v.Leave, page.Advice{Text: "Sold or retired. Its history stays.", Act: look.Act{Text: "Archive", Icon: "archive", Dialog: "archive", Tone: "risky", Small: true}})
		v.Dialogs = append(v.Dialogs, look.Dialog{
			ID: "archive", Title: "Archive " + a.Title() + "?", Action: self + "/archive", Do: "Archive", Danger: true,
			Text:   "For a vehicle that was sold or retired. This cannot be undone; to pause bookings, switch booking off instead.",
			Points: []string{"• It leaves all lists but Archived.", "• It can no longer be edited; its history stays.", "• Its VIN and number are free for another asset."},
		})
	}
	v.Leave = append(v.Leave, page.Advice{Text: "Added by mistake, and nothing refers to it.", Act: look.Act{Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky", Small: true}})
	v.Dialogs = append(v.Dialogs, look.Dialog{
		ID: "delete", Title: "Delete " + a.Title() + "?", Action: self + "/delete", Do: "Delete", Danger: true,
		Text: "Only for an asset that was added by mistake. Once anything refers to it, it can only be archived.",
	})
}

// prompt says that nothing lacks any more for the asset to be booked, until
// somebody has switched booking, on or off.
func (v *assetPageView) prompt(ctx context.Context, c *api.Call, a *fleet.Asset) error {
	if !a.BookingSwitchedAt.IsZero() || !v.May(access.EditAssets) {
		return nil
	}
	is, err := c.Fleet.Ready(ctx, a)
	if is {
		v.Notice = &look.Notice{Tone: "ok", Title: "Ready for booking", Text: "It has all that it needs. Customers can book it once you switch booking on."}
	}
	return err
}

func duplicateDialog(self string, a *fleet.Asset) look.Dialog {
	yesNo := func(yes, no string, first bool) []look.Option {
		return []look.Option{{Value: "true", Text: yes, Chosen: first}, {Value: "false", Text: no, Chosen: !first}}
	}
	archived := a.Status() == fleet.Archived
	text := "For another vehicle of the same kind. What belongs to this one alone is left out: VIN, registration, key number, acquisition, warranty, devices."
	if archived {
		text = "The vehicle comes back into the fleet, under its VIN and number where they are free."
	}
	return look.Dialog{
		ID: "duplicate", Title: "Duplicate " + a.Title(), Action: self + "/duplicate", Do: "Duplicate", Text: text,
		Fields: []look.Field{
			{Name: "odometer", Label: "Odometer", Type: "select", Options: yesNo("Begins with the last reading", "Begins empty", archived)},
			{Name: "photos", Label: "Photos", Type: "select", Options: yesNo("Copied", "Left out", archived)},
		},
	}
}

func bookingAct(self string, a *fleet.Asset) look.Act {
	if a.BookingEnabled {
		return look.Act{Text: "Switch booking off", Icon: "pause", Post: self + "/booking", Hidden: []look.Option{{Text: "on", Value: "false"}}}
	}
	return look.Act{Text: "Switch booking on", Icon: "play", Post: self + "/booking", Hidden: []look.Option{{Text: "on", Value: "true"}}}
}

// assetFacts is what is known of an asset, in the order people look for it.
func assetFacts(a *fleet.Asset) []page.FactGroup {
	known := func(pairs ...string) (out []look.Pair) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i+1] != "" {
				out = append(out, look.Pair{Name: pairs[i], Value: pairs[i+1]})
			}
		}
		return out
	}
	groups := []page.FactGroup{
		{Title: "Identity", Facts: known("Number", a.Number, "VIN", a.VIN, "Plate", page.Trim(a.Registration.Plate+" "+a.Registration.State), "Registered until", page.DateText(a.Registration.Expires), "Key number", a.KeyNumber, "Identifier", a.ID)},
		{Title: "Vehicle", Facts: known("Type", page.TitleOf(a.Type), "Make", a.Make, "Model", a.Model, "Variant", a.Variant, "Year", page.Number(a.Year), "Colour", a.Colour, "Body", a.Body,
			"Transmission", page.TitleOf(a.Transmission), "Energy", page.TitleOf(a.Fuel), "Engine or battery", a.Engine, "Seats", page.Number(a.Seats), "Doors", page.Number(a.Doors), "Tyres", a.TyreSize, "Odometer counts in", a.DistanceUnit)},
		{Title: "Business", Facts: known("Ownership", page.TitleOf(a.Ownership), "Acquired on", page.DateText(a.Acquisition.Date), "Acquisition price", page.Money(a.Acquisition.Price), "Retail price", page.Money(a.RRP),
			"Holding cost", page.Money(a.HoldingCost), "Warranty until", page.DateText(a.WarrantyExpires), "Sold on", page.DateText(a.Disposal.Date), "Sold for", page.Money(a.Disposal.Price), "Cost of selling it", page.Money(a.Disposal.Cost))},
		{Title: "Fields of your own", Facts: nil},
	}
	for _, name := range slices.Sorted(maps.Keys(a.CustomFields)) {
		groups[3].Facts = append(groups[3].Facts, look.Pair{Name: name, Value: a.CustomFields[name]})
	}
	return slices.DeleteFunc(groups, func(g page.FactGroup) bool { return len(g.Facts) == 0 })
}
