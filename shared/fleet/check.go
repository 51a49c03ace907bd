package fleet

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/pattern"
)

// Types are the kinds of asset that people are offered. Others are taken.
var Types = []string{"car", "van", "truck", "trailer", "scooter", "e-bike", "boat", "forklift", "other"}

// Ownerships are the ways in which an asset is had.
var Ownerships = []string{"owned", "leased", "consigned"}

// DistanceUnits are what odometers count; the first one where nothing is said.
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

// complaints gathers what is wrong, so that a form hears of all of it at once.
// The fault has the code and the words of the first.
type complaints struct {
	noun  string
	fault *fault.Error
}

func (c *complaints) add(field, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	if c.fault == nil {
		top, _, _ := strings.Cut(strings.ReplaceAll(field, "[", "."), ".")
		c.fault = fault.New(fault.Invalid, c.noun+"."+top, "%s", reason)
	}
	c.fault.Fields = append(c.fault.Fields, fault.Field{Name: field, Reason: reason})
}

func (c *complaints) err() error {
	if c.fault == nil {
		return nil
	}
	return c.fault
}

// text trims *s and complains if it is longer than limit, or has characters
// that cannot be seen. Line breaks are for long texts only.
func (c *complaints) text(field string, s *string, limit int) {
	*s = strings.TrimSpace(*s)
	switch {
	case utf8.RuneCountInString(*s) > limit:
		c.add(field, "Use at most %d characters.", limit)
	case !form.Lines(*s) || limit < 500 && !form.Line(*s):
		c.add(field, "Leave out control characters and others that cannot be seen.")
	}
}

func (c *complaints) needs(field, s string) {
	if s == "" {
		c.add(field, "Give a %s; it cannot be empty.", field)
	}
}

func (c *complaints) word(field string, s *string) {
	*s = strings.TrimSpace(*s)
	if *s != "" && !wordForm(*s) {
		c.add(field, "Use one lower-case word of at most 30 letters, digits and hyphens.")
	}
}

func (c *complaints) oneOf(field, s string, known []string) {
	if s != "" && !slices.Contains(known, s) {
		c.add(field, "Choose one of %s.", strings.Join(known, ", "))
	}
}

func (c *complaints) between(field string, n, low, high int) {
	if n != 0 && (n < low || n > high) {
		c.add(field, "Give a number from %d to %d.", low, high)
	}
}

func (c *complaints) cost(field string, m money.Amount) {
	if m.IsZero() {
		return
	}
	if wrong, ok := errors.AsType[*fault.Error](m.Check()); ok {
		c.add(field, "%s", wrong.Message)
	} else if m.Minor < 0 {
		c.add(field, "Give an amount that is not negative.")
	}
}

// checked returns d in its normal form, or everything that is wrong with it.
func (d AssetDetails) checked(at time.Time) (AssetDetails, error) {
	d = d.clone()
	c := &complaints{noun: "asset"}
	d.checkIdentity(c)
	d.checkSpecification(c, at)
	d.checkMoney(c)
	d.checkLabels(c)
	d.checkCategories(c)
	d.checkPlaces(c)
	return d, c.err()
}

func (d *AssetDetails) checkIdentity(c *complaints) {
	d.VIN = strings.ToUpper(strings.Join(strings.Fields(d.VIN), ""))
	if d.VIN != "" && !vinForm(d.VIN) {
		c.add("vin", "Give 3 to 30 letters, digits and hyphens; a VIN has 17.")
	}
	d.Number = strings.Join(strings.Fields(d.Number), " ")
	c.text("number", &d.Number, maxNumber)
	c.text("name", &d.Name, 100)
	d.Registration.Plate = strings.ToUpper(strings.Join(strings.Fields(d.Registration.Plate), " "))
	c.text("registration.plate", &d.Registration.Plate, 15)
	c.text("registration.state", &d.Registration.State, 30)
	c.word("type", &d.Type)
	c.needs("type", d.Type)
	c.text("make", &d.Make, 60)
	c.needs("make", d.Make)
	c.text("model", &d.Model, 60)
	c.needs("model", d.Model)
}

func (d *AssetDetails) checkSpecification(c *complaints, at time.Time) {
	c.between("year", d.Year, firstCar, at.Year()+2)
	c.between("doors", d.Doors, 1, 20)
	c.between("seats", d.Seats, 1, 200)
	c.text("variant", &d.Variant, 100)
	c.text("colour", &d.Colour, 60)
	c.text("body", &d.Body, 60)
	c.word("transmission", &d.Transmission)
	c.word("fuel", &d.Fuel)
	c.text("engine", &d.Engine, 100)
	c.text("tyre_size", &d.TyreSize, 60)
	c.text("key_number", &d.KeyNumber, 60)
	if d.DistanceUnit == "" {
		d.DistanceUnit = DistanceUnits[0]
	}
	c.oneOf("distance_unit", d.DistanceUnit, DistanceUnits)
}

func (d *AssetDetails) checkMoney(c *complaints) {
	c.oneOf("ownership", d.Ownership, Ownerships)
	c.cost("rrp", d.RRP)
	c.cost("holding_cost", d.HoldingCost)
	c.cost("acquisition.price", d.Acquisition.Price)
	c.cost("disposal.price", d.Disposal.Price)
	c.cost("disposal.cost", d.Disposal.Cost)
	if !d.Disposal.Date.IsZero() && d.Disposal.Date.Before(d.Acquisition.Date) {
		c.add("disposal.date", "It cannot have been sold before it was bought, on %s.", d.Acquisition.Date)
	}
}

func (d *AssetDetails) checkLabels(c *complaints) {
	c.text("notes", &d.Notes, 5000)
	for i := range d.Tags {
		c.text(fmt.Sprintf("tags[%d]", i), &d.Tags[i], 40)
	}
	d.Tags = unique(d.Tags)
	if len(d.Tags) > maxTags {
		c.add("tags", "Give at most %d tags.", maxTags)
	}
	if len(d.CustomFields) > maxCustomFields {
		c.add("custom_fields", "Give at most %d fields of your own.", maxCustomFields)
	}
	for _, name := range slices.Sorted(maps.Keys(d.CustomFields)) {
		value := d.CustomFields[name]
		if !fieldForm(name) {
			c.add("custom_fields", "Name fields by at most 40 lower-case letters, digits and underscores, beginning with a letter; %.50q is not such a name.", name)
			continue
		}
		c.text("custom_fields."+name, &value, 500)
		d.CustomFields[name] = value
	}
}

// checkCategories settles which category the price comes from. With several
// there is no telling, so it must be said.
func (d *AssetDetails) checkCategories(c *complaints) {
	d.Categories = unique(d.Categories)
	for i, id := range d.Categories {
		if !ident.Has("cat", id) {
			c.add(fmt.Sprintf("categories[%d]", i), "There is no such category. Give its id: cat_…")
		}
	}
	if len(d.Categories) > maxCategories {
		c.add("categories", "Give at most %d categories.", maxCategories)
	}
	switch {
	case d.PrimaryCategory == "" && len(d.Categories) == 1:
		d.PrimaryCategory = d.Categories[0]
	case d.PrimaryCategory == "" && len(d.Categories) > 1:
		c.add("primary_category", "Say which of the categories the price comes from.")
	case d.PrimaryCategory != "" && !slices.Contains(d.Categories, d.PrimaryCategory):
		c.add("primary_category", "Choose it from the categories that the asset is in.")
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
