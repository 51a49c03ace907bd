package fleet

import (
	"fmt"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/pattern"
)

// Category is a label on assets, by class ("small SUV") or by offering
// ("rental"). There are two levels: an asset in a subcategory is in its parent too.
type Category struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	CategoryDetails
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Version int64     `json:"-"` // counts the changes, this value's included

	was  *Category      // as it was loaded; nil if it is new
	news []events.Event // what the changes since then have to tell
}

// CategoryDetails is what people say of a category. All of it may be edited.
type CategoryDetails struct {
	Name          string     `json:"name" example:"Small SUV"`
	Slug          string     `json:"slug,omitempty" doc:"Its name in addresses: lower-case letters, digits and hyphens. No other category may have it. Made from the name if you give none, and kept when the name changes" example:"small-suv"`
	Parent        string     `json:"parent,omitempty" doc:"The category it is a part of; that one has no parent itself" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Description   string     `json:"description,omitempty" doc:"At most 2,000 characters"`
	Image         string     `json:"image,omitempty" doc:"The attachment, uploaded for the purpose photo, that is shown where a vehicle of the category has no photo" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	SortOrder     int        `json:"sort_order,omitempty" doc:"Lower ones come first; from 0 to 1,000,000" example:"10"`
	ShowOnWebsite bool       `json:"show_on_website,omitempty"`
	Active        *bool      `json:"active,omitempty" doc:"On unless you say otherwise"`
	Attributes    Attributes `json:"attributes,omitzero" doc:"What customers who book by category are promised"`
}

// Attributes is what a category promises of each of its vehicles.
type Attributes struct {
	Seats        int    `json:"seats,omitempty" example:"5"`
	Bags         int    `json:"bags,omitempty" example:"3"`
	Transmission string `json:"transmission,omitempty" doc:"A lower-case word" example:"automatic"`
	OrSimilar    bool   `json:"or_similar,omitempty" doc:"Another vehicle of the kind may be given"`
}

const maxSortOrder = 1_000_000

var slugForm = pattern.New(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func createCategory(id, workspace string, d CategoryDetails, at time.Time) (*Category, error) {
	c := &Category{ID: id, Workspace: workspace, Created: at, Updated: at, Version: 1}
	d, err := d.checked(id)
	if err != nil {
		return nil, err
	}
	c.CategoryDetails = d
	c.news = append(c.news, events.CategoryCreated{Object: c.Object()})
	return c, nil
}

// Describe replaces what is said of c. Saying the same again changes nothing.
func (c *Category) Describe(d CategoryDetails, at time.Time) error {
	if d.Slug == "" {
		d.Slug = c.Slug
	}
	d, err := d.checked(c.ID)
	if err != nil {
		return err
	}
	was := c.Object()
	c.CategoryDetails = d
	changed := events.Differences(was, c.Object())
	if len(changed) > 0 {
		c.Version, c.Updated = c.Version+1, at
		c.news = append(c.news, events.CategoryUpdated{Object: c.Object(), Previous: changed})
	}
	return nil
}

// checked returns d in its normal form, or everything that is wrong with it.
func (d CategoryDetails) checked(id string) (CategoryDetails, error) {
	c := about("category")
	c.Needed("name", &d.Name, 80)
	if d.Slug == "" {
		d.Slug = slugOf(d.Name)
	}
	if len(d.Slug) > 80 || !slugForm(d.Slug) {
		c.Add("slug", "Use lower-case letters and digits, with single hyphens between them, at most 80.")
	}
	if d.Parent == id {
		c.Add("parent", "A category cannot be a part of itself.")
	} else if d.Parent != "" && !ident.Has("cat", d.Parent) {
		c.Add("parent", "There is no such category. Give its id: cat_…")
	}
	c.Text("description", &d.Description, 2000)
	d.checkImage(c)
	if d.SortOrder < 0 || d.SortOrder > maxSortOrder {
		c.Add("sort_order", "Give a number from 0 to %d.", maxSortOrder)
	}
	c.between("attributes.seats", d.Attributes.Seats, 1, 200)
	c.between("attributes.bags", d.Attributes.Bags, 1, 200)
	c.word("attributes.transmission", &d.Attributes.Transmission)
	active := d.Active == nil || *d.Active
	d.Active = &active
	return d, c.Err()
}

// slugOf makes a slug of a name: what is neither a letter from a to z nor a
// digit parts the words.
func slugOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	slug := strings.Join(words, "-")
	if slug == "" {
		return "category"
	}
	return strings.Trim(slug[:min(len(slug), 70)], "-")
}

// Object is c as the outside sees it: in events and in answers of the API.
func (c *Category) Object() events.Category {
	return events.Category{
		ID: c.ID, Name: c.Name, Slug: c.Slug, Parent: c.Parent, Description: c.Description, Image: c.Image,
		SortOrder: c.SortOrder, ShowOnWebsite: c.ShowOnWebsite, Active: *c.Active,
		Attributes: outside(c.Attributes, func(a Attributes) events.CategoryAttributes { return events.CategoryAttributes(a) }),
		CreatedAt:  c.Created, UpdatedAt: c.Updated, Version: c.Version,
	}
}

func noSuchCategory() error {
	return fault.New(fault.NotFound, "category.not_found", "There is no such category here.")
}

func closing(into string) error {
	if into != "" {
		return fault.New(fault.Conflict, "category.merging", "This category is being merged into %s. Repeat that merge to finish it.", into)
	}
	return fault.New(fault.Conflict, "category.closing", "This category is being deleted.")
}

func inUse(n int) error {
	count := fmt.Sprintf("%d assets are", n)
	switch {
	case n == 1:
		count = "1 asset is"
	case n > maxCounted:
		count = fmt.Sprintf("More than %d assets are", maxCounted)
	}
	return fault.New(fault.Conflict, "category.in_use", "%s in this category, archived ones included. Merge it into another category: POST /v1/categories/{id}/merge.", count)
}

func hasParts() error {
	return fault.New(fault.Conflict, "category.has_subcategories", "This category has subcategories. Delete them, merge them, or give them another parent first.")
}
