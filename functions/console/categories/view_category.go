package categories

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
)

var toCategories = look.Link{Text: "Categories", To: record.CategoriesPath}

func activeBadge(c *fleet.Category) look.Badge {
	if c.Active != nil && !*c.Active {
		return look.Badge{Icon: "pause", Text: "Not active"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
}

// categoryFields is the form of a category as a browser posts it.
type categoryFields struct {
	ID           string `path:"id"`
	Name         string `form:"name"`
	Slug         string `form:"slug"`
	Parent       string `form:"parent"`
	Description  string `form:"description"`
	Sort         string `form:"sort_order"`
	Seats        string `form:"attributes.seats"`
	Bags         string `form:"attributes.bags"`
	Transmission string `form:"attributes.transmission"`
	OrSimilar    bool   `form:"or_similar"`
	Website      bool   `form:"show_on_website"`
	Active       bool   `form:"active"`
	Version      int64  `form:"version"`
}

func categoryFieldsOf(c *fleet.Category) categoryFields {
	return categoryFields{
		ID: c.ID, Name: c.Name, Slug: c.Slug, Parent: c.Parent, Description: c.Description, Sort: page.Number(c.SortOrder),
		Seats: page.Number(c.Attributes.Seats), Bags: page.Number(c.Attributes.Bags), Transmission: c.Attributes.Transmission, OrSimilar: c.Attributes.OrSimilar,
		Website: c.ShowOnWebsite, Active: c.Active == nil || *c.Active, Version: c.Version,
	}
}

func (in categoryFields) describe(d *fleet.CategoryDetails) error {
	bad := fault.New(fault.Invalid, "category.form", "Some fields are not right.")
	d.Name, d.Slug, d.Parent, d.Description = page.Trim(in.Name), page.Trim(in.Slug), in.Parent, page.Trim(in.Description)
	d.SortOrder, d.ShowOnWebsite, d.Active = page.Count(in.Sort, "sort_order", bad), in.Website, &in.Active
	d.Attributes = fleet.Attributes{
		Seats: page.Count(in.Seats, "attributes.seats", bad), Bags: page.Count(in.Bags, "attributes.bags", bad),
		Transmission: page.Trim(in.Transmission), OrSimilar: in.OrSimilar,
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// categoryImageView is the part of a category's page where its image is changed.
type categoryImageView struct {
	Action, Src string
	Ready       []string
	Files       look.Files
}

type categoryFormView struct {
	look.Frame
	Image      *categoryImageView // nil where it is not there yet
	Action, Do string
	Version    int64
	Wrong      *look.Notice
	Basics     []look.Field
	Promise    []look.Field
	Boxes      []look.Option
	Merge      *look.Dialog
	Delete     *look.Dialog
	Acts       []look.Act
}

var categoryFormPage = look.Page(files, "category_form")

// form is the form with what is filled in, what is wrong, and the categories
// that this one can be a part of.
func (in categoryFields) form(ctx context.Context, c *api.Call, f look.Frame, because error) (categoryFormView, []*fleet.Category, error) {
	f, err := page.Frame(ctx, c, f)
	if err != nil {
		return categoryFormView{}, nil, err
	}
	all, err := record.AllCategories(ctx, c)
	if err != nil {
		return categoryFormView{}, nil, err
	}
	parents := []look.Option{{Text: "None: it stands by itself"}}
	for _, p := range all {
		if p.Parent == "" && p.ID != in.ID {
			parents = append(parents, look.Option{Value: p.ID, Text: p.Name})
		}
	}
	fields := []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 80, Placeholder: "Small SUV"},
		{Name: "slug", Label: "Name in addresses", Value: in.Slug, Mono: true, Max: 80, Hint: "Made from the name if you leave it empty."},
		{Name: "parent", Label: "Part of", Type: "select", Options: look.Choose(in.Parent, parents...)},
		{Name: "sort_order", Label: "Position", Value: in.Sort, Type: "number", Hint: "Lower ones come first."},
		{Name: "description", Label: "Description", Value: in.Description, Type: "textarea", Wide: true, Max: 2000},
		{Name: "attributes.seats", Label: "Seats", Value: in.Seats, Type: "number"},
		{Name: "attributes.bags", Label: "Bags", Value: in.Bags, Type: "number"},
		{Name: "attributes.transmission", Label: "Transmission", Value: in.Transmission, Max: 30, Options: page.Options("automatic", "manual")},
	}
	notice := page.Wrong(because, fields)
	return categoryFormView{
		Frame: f, Version: in.Version, Wrong: notice, Basics: fields[:5], Promise: fields[5:],
		Boxes: []look.Option{
			{Text: "Active", Value: "active", Hint: "New bookings may use it.", Chosen: in.Active},
			{Text: "Show on the website", Value: "show_on_website", Chosen: in.Website},
			{Text: "“Or similar”", Value: "or_similar", Hint: "Another vehicle of the kind may be given.", Chosen: in.OrSimilar},
		},
	}, all, nil
}
