package console

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
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
	Handle:  page(assetPage),
}

type assetPageInput struct {
	ID     string `path:"id"`
	Tab    string `query:"tab"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type assetPageView struct {
	look.Frame
	Status     look.Badge
	Notice     *look.Notice
	Acts       []look.Act
	Leave      []care
	Tabs       []look.Tab
	History    bool
	Documents  bool
	Papers     look.Papers
	Groups     []factGroup
	Categories []look.Link
	Tags       []string
	Notes      string
	Cover      string // a link to its picture, or its category's
	Entries    []entryView
	Pager      look.Pager
	Created    look.Moment
	Updated    look.Moment
	Dialogs    []look.Dialog
}

type factGroup struct {
	Title string
	Facts []look.Pair
}

var assetPageTemplate = look.Page(files, "asset_page")

func assetPage(ctx context.Context, c *api.Call, in assetPageInput) (api.Answer, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := frame(ctx, c, look.Frame{Title: a.Title(), Lead: vehicleInWords(a), Section: "assets", Crumbs: []look.Link{toAssets}, Toast: news(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	self := assetPath(a.ID)
	if in.Tab != "history" && in.Tab != "documents" {
		in.Tab = ""
	}
	v := assetPageView{
		Frame: f, Status: assetBadge(a.Status()), History: in.Tab == "history", Tags: a.Tags, Notes: a.Notes,
		Groups: assetFacts(a), Created: f.Exact(a.Created), Updated: f.Ago(a.Updated),
		Documents: in.Tab == "documents",
		Tabs:      assetTabs(f, self, in.Tab),
	}
	is, err := c.Fleet.Statuses(c.Actor.Workspace, c.Now)(ctx, a)
	if err != nil {
		return api.Answer{}, err
	}
	v.Status = assetBadge(is)
	v.offer(f, a)
	if v.Documents {
		v.Papers, err = papersOf(ctx, c, f, document.Owner{Type: "asset", ID: a.ID}, in.Cursor, self)
		if err != nil {
			return api.Answer{}, err
		}
		return show(assetPageTemplate, v)
	}
	if v.History {
		entries, next, err := c.Fleet.History(ctx, c.Actor, a.ID, in.Cursor, 50)
		if err != nil {
			return api.Answer{}, err
		}
		for _, e := range entries {
			v.Entries = append(v.Entries, entryOf(f.Clock, e))
		}
		v.Pager = pager(look.Count(len(entries), "entry", "entries"), in.Cursor, next, self, "tab", "history")
		return show(assetPageTemplate, v)
	}
	categories, err := allCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	v.Categories = categoryLinks(a, categories)
	image, err := c.Fleet.Image(ctx, c.Actor.Workspace, a.ID)
	if err != nil {
		return api.Answer{}, err
	}
	v.Cover = coverOf(ctx, c, a.Cover, image, attachment.Medium)
	if err := v.place(ctx, c, a); err != nil {
		return api.Answer{}, err
	}
	return show(assetPageTemplate, v)
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
				out = append(out, look.Link{Text: name, To: with("/assets", "category", c.ID)})
			}
		}
	}
	return out
}

// offer fills in what this reader may do with the asset as it stands.
func (v *assetPageView) offer(f look.Frame, a *fleet.Asset) {
	self, archived := assetPath(a.ID), a.Status() == fleet.Archived
	if archived {
		v.Notice = &look.Notice{Title: "Archived " + f.Day(a.ArchivedAt).Text, Text: "It can be read, and no longer changed. To bring the vehicle back, duplicate it."}
	}
	if f.May(access.EditAssets) {
		if !archived {
			v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit", Tone: "main"}, bookingAct(self, a))
		}
		v.Acts = append(v.Acts, look.Act{Text: "Duplicate", Icon: "copy", Post: self + "/duplicate"})
	}
	if !f.May(access.ArchiveAssets) {
		return
	}
	if !archived {
		v.Leave = append(v.Leave, care{"Sold or retired. Its history stays.", look.Act{Text: "Archive", Icon: "archive", Dialog: "archive", Tone: "risky", Small: true}})
		v.Dialogs = append(v.Dialogs, look.Dialog{
			ID: "archive", Title: "Archive " + a.Title() + "?", Action: self + "/archive", Do: "Archive", Danger: true,
			Text:   "For a vehicle that was sold or retired. This cannot be undone; to pause bookings, switch booking off instead.",
			Points: []string{"• It leaves all lists but Archived.", "• It can no longer be edited; its history stays.", "• Its VIN and number are free for another asset."},
		})
	}
	v.Leave = append(v.Leave, care{"Added by mistake, and nothing refers to it.", look.Act{Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky", Small: true}})
	v.Dialogs = append(v.Dialogs, look.Dialog{
		ID: "delete", Title: "Delete " + a.Title() + "?", Action: self + "/delete", Do: "Delete", Danger: true,
		Text: "Only for an asset that was added by mistake. Once anything refers to it, it can only be archived.",
	})
}

func bookingAct(self string, a *fleet.Asset) look.Act {
	if a.BookingEnabled {
		return look.Act{Text: "Switch booking off", Icon: "pause", Post: self + "/booking", Hidden: []look.Option{{Text: "on", Value: "false"}}}
	}
	return look.Act{Text: "Switch booking on", Icon: "play", Post: self + "/booking", Hidden: []look.Option{{Text: "on", Value: "true"}}}
}

// assetFacts is what is known of an asset, in the order people look for it.
func assetFacts(a *fleet.Asset) []factGroup {
	known := func(pairs ...string) (out []look.Pair) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i+1] != "" {
				out = append(out, look.Pair{Name: pairs[i], Value: pairs[i+1]})
			}
		}
		return out
	}
	groups := []factGroup{
		{"Identity", known("Number", a.Number, "VIN", a.VIN, "Plate", text(a.Registration.Plate+" "+a.Registration.State), "Registered until", dateText(a.Registration.Expires), "Key number", a.KeyNumber, "Identifier", a.ID)},
		{"Vehicle", known("Type", titleOf(a.Type), "Make", a.Make, "Model", a.Model, "Variant", a.Variant, "Year", number(a.Year), "Colour", a.Colour, "Body", a.Body,
			"Transmission", titleOf(a.Transmission), "Energy", titleOf(a.Fuel), "Engine or battery", a.Engine, "Seats", number(a.Seats), "Doors", number(a.Doors), "Tyres", a.TyreSize, "Odometer counts in", a.DistanceUnit)},
		{"Business", known("Ownership", titleOf(a.Ownership), "Acquired on", dateText(a.Acquisition.Date), "Acquisition price", moneyText(a.Acquisition.Price), "Retail price", moneyText(a.RRP),
			"Holding cost", moneyText(a.HoldingCost), "Sold on", dateText(a.Disposal.Date), "Sold for", moneyText(a.Disposal.Price), "Cost of selling it", moneyText(a.Disposal.Cost))},
		{"Fields of your own", nil},
	}
	for _, name := range slices.Sorted(maps.Keys(a.CustomFields)) {
		groups[3].Facts = append(groups[3].Facts, look.Pair{Name: name, Value: a.CustomFields[name]})
	}
	return slices.DeleteFunc(groups, func(g factGroup) bool { return len(g.Facts) == 0 })
}
