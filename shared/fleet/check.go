package fleet

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/pattern"
)

// Types are the kinds of asset that people are offered. Others are taken.
var Types = []string{"car", "van", "truck", "trailer", "scooter", "e-bike", "boat", "forklift", "other"}

// Ownerships are the ways in which an asset is had.
var Ownerships = []string{"owned", "leased", "consigned"}

// DistanceUnits are what odometers count; the first one where nobody says, not
// even the workspace.
var DistanceUnits = []string{"km", "mi"}

const (
	maxNumber       = 40
	maxCategories   = 20
	maxTags         = 20
	maxCustomFields = 50
	firstCar        = 1886
)

var (
	vinForm   = pattern.New(`^[A-Z0-9-]{3,30}$`)
	wordForm  = pattern.New(`^[a-z][a-z0-9-]{0,29}$`)
	fieldForm = pattern.New(`^[a-z][a-z0-9_]{0,39}$`)
)

// complaints are those of a form, with checks that the forms here share.
type complaints struct{ form.Complaints }

// about begins to look at a form of a noun.
func about(noun string) *complaints { return &complaints{form.Complaints{Noun: noun}} }

func (c *complaints) word(field string, s *string) {
	*s = strings.TrimSpace(*s)
	if *s != "" && !wordForm(*s) {
		c.Add(field, "Use one lower-case word of at most 30 letters, digits and hyphens.")
	}
}

func (c *complaints) oneOf(field, s string, known []string) {
	if s != "" {
		c.OneOf(field, s, known)
	}
}

func (c *complaints) between(field string, n, low, high int) {
	if n != 0 && (n < low || n > high) {
		c.Add(field, "Give a number from %d to %d.", low, high)
	}
}

// checked returns d in its normal form, or everything that is wrong with it.
func (d AssetDetails) checked(at time.Time) (AssetDetails, error) {
	d = d.clone()
	c := about("asset")
	d.check(c, at)
	return d, c.Err()
}

func (d *AssetDetails) check(c *complaints, at time.Time) {
	d.checkIdentity(c)
	d.checkSpecification(c, at)
	d.checkMoney(c)
	d.checkLabels(c)
	d.checkCategories(c)
	d.checkPlaces(c)
}

func (d *AssetDetails) checkIdentity(c *complaints) {
	d.VIN = strings.ToUpper(strings.Join(strings.Fields(d.VIN), ""))
	if d.VIN != "" && !vinForm(d.VIN) {
		c.Add("vin", "Give 3 to 30 letters, digits and hyphens; a VIN has 17.")
	}
	d.Number = strings.Join(strings.Fields(d.Number), " ")
	c.Text("number", &d.Number, maxNumber)
	c.Text("name", &d.Name, 100)
	d.Registration.Plate = strings.ToUpper(strings.Join(strings.Fields(d.Registration.Plate), " "))
	c.Text("registration.plate", &d.Registration.Plate, 15)
	c.Text("registration.state", &d.Registration.State, 30)
	c.word("type", &d.Type)
	if d.Type == "" {
		c.Add("type", "Give a type; it cannot be empty.")
	}
	c.Needed("make", &d.Make, 60)
	c.Needed("model", &d.Model, 60)
}

func (d *AssetDetails) checkSpecification(c *complaints, at time.Time) {
	c.between("year", d.Year, firstCar, at.Year()+2)
	c.between("doors", d.Doors, 1, 20)
	c.between("seats", d.Seats, 1, 200)
	c.Text("variant", &d.Variant, 100)
	c.Text("colour", &d.Colour, 60)
	c.Text("body", &d.Body, 60)
	c.word("transmission", &d.Transmission)
	c.word("fuel", &d.Fuel)
	c.Text("engine", &d.Engine, 100)
	c.Text("tyre_size", &d.TyreSize, 60)
	c.Text("key_number", &d.KeyNumber, 60)
	if d.DistanceUnit == "" {
		d.DistanceUnit = DistanceUnits[0]
	}
	c.oneOf("distance_unit", d.DistanceUnit, DistanceUnits)
}

func (d *AssetDetails) checkMoney(c *complaints) {
	c.oneOf("ownership", d.Ownership, Ownerships)
	c.Cost("rrp", d.RRP)
	c.Cost("holding_cost", d.HoldingCost)
	c.Cost("acquisition.price", d.Acquisition.Price)
	c.Cost("disposal.price", d.Disposal.Price)
	c.Cost("disposal.cost", d.Disposal.Cost)
	if !d.Disposal.Date.IsZero() && d.Disposal.Date.Before(d.Acquisition.Date) {
		c.Add("disposal.date", "It cannot have been sold before it was bought, on %s.", d.Acquisition.Date)
	}
}

func (d *AssetDetails) checkLabels(c *complaints) {
	c.Text("notes", &d.Notes, 5000)
	for i := range d.Tags {
		c.Text(fmt.Sprintf("tags[%d]", i), &d.Tags[i], 40)
	}
	d.Tags = unique(d.Tags)
	if len(d.Tags) > maxTags {
		c.Add("tags", "Give at most %d tags.", maxTags)
	}
	if len(d.CustomFields) > maxCustomFields {
		c.Add("custom_fields", "Give at most %d fields of your own.", maxCustomFields)
	}
	for _, name := range slices.Sorted(maps.Keys(d.CustomFields)) {
		value := d.CustomFields[name]
		if !fieldForm(name) {
			c.Add("custom_fields", "Name fields by at most 40 lower-case letters, digits and underscores, beginning with a letter; %.50q is not such a name.", name)
			continue
		}
		c.Text("custom_fields."+name, &value, 500)
		d.CustomFields[name] = value
	}
}

// checkCategories settles which category the price comes from. With several
// there is no telling, so it must be said.
func (d *AssetDetails) checkCategories(c *complaints) {
	d.Categories = unique(d.Categories)
	for i, id := range d.Categories {
		if !ident.Has("cat", id) {
			c.Add(fmt.Sprintf("categories[%d]", i), "There is no such category. Give its id: cat_…")
		}
	}
	if len(d.Categories) > maxCategories {
		c.Add("categories", "Give at most %d categories.", maxCategories)
	}
	switch {
	case d.PrimaryCategory == "" && len(d.Categories) == 1:
		d.PrimaryCategory = d.Categories[0]
	case d.PrimaryCategory == "" && len(d.Categories) > 1:
		c.Add("primary_category", "Say which of the categories the price comes from.")
	case d.PrimaryCategory != "" && !slices.Contains(d.Categories, d.PrimaryCategory):
		c.Add("primary_category", "Choose it from the categories that the asset is in.")
	}
}

// unique leaves out what is empty or was there before, and keeps the order.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// clone shares nothing with d.
func (d AssetDetails) clone() AssetDetails {
	d.Tags, d.Categories, d.CustomFields = slices.Clone(d.Tags), slices.Clone(d.Categories), maps.Clone(d.CustomFields)
	d.AvailableLocations = slices.Clone(d.AvailableLocations)
	return d
}
