package app

import (
	"errors"
	"strconv"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/importing"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// assetField is one field of an asset as a cell of a table: what an import
// writes and an export reads.
type assetField struct {
	importing.Field
	set func(d *fleet.AssetDetails, cell string, n *naming) error // the empty cell clears
	get func(a *fleet.Asset, n *naming) string
}

// customFields is how the columns of fields of one's own begin.
const customFields = "custom_fields."

// words are fields that are taken as they are.
func words(name, label, hint string, of func(*fleet.AssetDetails) *string, aliases ...string) assetField {
	return assetField{
		importing.Field{Name: name, Label: label, Hint: hint, Aliases: aliases},
		func(d *fleet.AssetDetails, cell string, _ *naming) error { *of(d) = cell; return nil },
		func(a *fleet.Asset, _ *naming) string { return *of(&a.AssetDetails) },
	}
}

// word is words for what is written in lower case, whatever a file has.
func word(name, label, hint string, of func(*fleet.AssetDetails) *string, aliases ...string) assetField {
	f := words(name, label, hint, of, aliases...)
	f.set = func(d *fleet.AssetDetails, cell string, _ *naming) error {
		*of(d) = strings.ReplaceAll(strings.ToLower(cell), " ", "-")
		return nil
	}
	return f
}

func digits(name, label string, of func(*fleet.AssetDetails) *int, aliases ...string) assetField {
	return assetField{
		importing.Field{Name: name, Label: label, Hint: "A whole number", Aliases: aliases},
		func(d *fleet.AssetDetails, cell string, _ *naming) (err error) {
			if *of(d) = 0; cell == "" {
				return nil
			}
			if *of(d), err = strconv.Atoi(cell); err != nil {
				return fault.New(fault.Invalid, "import.number", "Give a whole number.").Because(err)
			}
			return nil
		},
		func(a *fleet.Asset, _ *naming) string {
			if n := *of(&a.AssetDetails); n != 0 {
				return strconv.Itoa(n)
			}
			return ""
		},
	}
}

func sum(name, label string, of func(*fleet.AssetDetails) *money.Amount, aliases ...string) assetField {
	return assetField{
		importing.Field{Name: name, Label: label, Hint: "Currency and amount: AUD 45990.00", Aliases: aliases},
		func(d *fleet.AssetDetails, cell string, n *naming) (err error) {
			if *of(d) = (money.Amount{}); cell == "" {
				return nil
			}
			if *of(d), err = money.Parse(cell); err != nil && n.currency != "" {
				*of(d), err = money.Parse(n.currency + " " + cell)
			}
			return err
		},
		func(a *fleet.Asset, _ *naming) string {
			if m := *of(&a.AssetDetails); !m.IsZero() {
				return m.String()
			}
			return ""
		},
	}
}

func date(name, label string, of func(*fleet.AssetDetails) *span.Date, aliases ...string) assetField {
	return assetField{
		importing.Field{Name: name, Label: label, Hint: "2026-03-01", Aliases: aliases},
		func(d *fleet.AssetDetails, cell string, _ *naming) (err error) {
			cell, _, _ = strings.Cut(cell, "T") // a spreadsheet may have put midnight to it
			if *of(d), err = span.ParseDate(cell); err != nil {
				return fault.New(fault.Invalid, "import.date", "Write the day as 2026-03-01.").Because(err)
			}
			return nil
		},
		func(a *fleet.Asset, _ *naming) string { return of(&a.AssetDetails).String() },
	}
}

// one is a field that names a location, by name, code or id.
func one(name, label string, of func(*fleet.AssetDetails) *string, aliases ...string) assetField {
	return assetField{
		importing.Field{Name: name, Label: label, Hint: "Name, code or id", Aliases: aliases},
		func(d *fleet.AssetDetails, cell string, n *naming) (err error) {
			*of(d), err = n.location(cell)
			return err
		},
		func(a *fleet.Asset, n *naming) string { return n.nameOf(*of(&a.AssetDetails)) },
	}
}

// many is a field that names several things, parted by semicolons, commas or |.
func many(name, label, hint string, of func(*fleet.AssetDetails) *[]string, find func(*naming, string) (string, error), aliases ...string) assetField {
	return assetField{
		importing.Field{Name: name, Label: label, Hint: hint, Aliases: aliases},
		func(d *fleet.AssetDetails, cell string, n *naming) error {
			var list []string
			for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(";,|", r) }) {
				id, err := find(n, strings.TrimSpace(part))
				if err != nil {
					return err
				}
				if id != "" {
					list = append(list, id)
				}
			}
			*of(d) = list
			return nil
		},
		func(a *fleet.Asset, n *naming) string {
			var list []string
			for _, id := range *of(&a.AssetDetails) {
				list = append(list, n.nameOf(id))
			}
			return strings.Join(list, "; ")
		},
	}
}

func required(f assetField) assetField { f.Required = true; return f }
func unique(f assetField) assetField   { f.Unique = true; return f }

// assetFields are what a file may say of assets, in the order of an export.
func assetFields() []assetField {
	type d = *fleet.AssetDetails
	itself := func(_ *naming, s string) (string, error) { return s, nil }
	vin := required(words("vin", "VIN", "Or the serial number of what has none; it tells which asset a row is about", func(a d) *string { return &a.VIN },
		"vehicle identification number", "chassis number", "chassis", "serial", "serial number", "vin or serial"))
	vin.Key, vin.Unique = true, true
	mine := assetField{Field: importing.Field{Name: customFields, Label: "Field of your own", Hint: "Name the column custom_fields.depot, and so on", Open: true}}
	return []assetField{
		vin,
		unique(words("number", "Number", "Your fleet or unit number", func(a d) *string { return &a.Number }, "fleet number", "unit number", "unit", "fleet no", "asset number", "stock number")),
		words("name", "Name", "What you call it", func(a d) *string { return &a.Name }, "asset name", "nickname"),
		words("registration.plate", "Plate", "", func(a d) *string { return &a.Registration.Plate }, "registration", "rego", "reg", "license plate", "licence plate", "number plate", "registration plate"),
		words("registration.state", "Plate's state", "", func(a d) *string { return &a.Registration.State }, "state", "registration state", "rego state", "plate state"),
		date("registration.expires", "Registration expires", func(a d) *span.Date { return &a.Registration.Expires }, "registration expiry", "rego expiry", "rego expires", "registration expires"),
		required(word("type", "Type", strings.Join(fleet.Types, ", "), func(a d) *string { return &a.Type }, "vehicle type", "asset type")),
		required(words("make", "Make", "", func(a d) *string { return &a.Make }, "manufacturer", "brand")),
		required(words("model", "Model", "", func(a d) *string { return &a.Model })),
		words("variant", "Variant", "", func(a d) *string { return &a.Variant }, "trim", "badge", "version"),
		required(digits("year", "Year", func(a d) *int { return &a.Year }, "model year", "my")),
		words("colour", "Colour", "", func(a d) *string { return &a.Colour }, "color"),
		words("body", "Body", "", func(a d) *string { return &a.Body }, "body type", "body style"),
		word("transmission", "Transmission", "", func(a d) *string { return &a.Transmission }, "gearbox"),
		word("fuel", "Fuel", "", func(a d) *string { return &a.Fuel }, "fuel type", "energy"),
		digits("doors", "Doors", func(a d) *int { return &a.Doors }),
		digits("seats", "Seats", func(a d) *int { return &a.Seats }),
		words("engine", "Engine", "Engine or battery", func(a d) *string { return &a.Engine }, "battery"),
		words("tyre_size", "Tyre size", "", func(a d) *string { return &a.TyreSize }, "tire size", "tyres", "tires"),
		words("key_number", "Key number", "", func(a d) *string { return &a.KeyNumber }, "key", "key tag"),
		sum("rrp", "RRP", func(a d) *money.Amount { return &a.RRP }, "list price", "recommended retail price", "msrp"),
		word("ownership", "Ownership", strings.Join(fleet.Ownerships, ", "), func(a d) *string { return &a.Ownership }),
		sum("acquisition.price", "Acquisition price", func(a d) *money.Amount { return &a.Acquisition.Price }, "purchase price", "bought for"),
		date("acquisition.date", "Acquisition date", func(a d) *span.Date { return &a.Acquisition.Date }, "purchase date", "bought on"),
		sum("holding_cost", "Holding cost", func(a d) *money.Amount { return &a.HoldingCost }),
		date("warranty_expires", "Warranty expires", func(a d) *span.Date { return &a.WarrantyExpires }, "warranty", "warranty expiry", "warranty end", "warranty until"),
		date("disposal.date", "Disposal date", func(a d) *span.Date { return &a.Disposal.Date }, "sold on"),
		sum("disposal.price", "Disposal price", func(a d) *money.Amount { return &a.Disposal.Price }, "sold for"),
		sum("disposal.cost", "Disposal cost", func(a d) *money.Amount { return &a.Disposal.Cost }),
		word("distance_unit", "Distance unit", "km or mi", func(a d) *string { return &a.DistanceUnit }, "odometer unit"),
		required(one("home_location", "Home location", func(a d) *string { return &a.HomeLocation }, "location", "home", "branch", "depot")),
		one("current_location", "Current location", func(a d) *string { return &a.CurrentLocation }),
		many("available_locations", "Available at", "Names, codes or ids, parted by semicolons", func(a d) *[]string { return &a.AvailableLocations }, (*naming).location, "available locations", "pickup locations"),
		required(many("categories", "Categories", "Names, slugs or ids, parted by semicolons", func(a d) *[]string { return &a.Categories }, (*naming).category, "category", "class", "group")),
		primary(),
		many("tags", "Tags", "Parted by semicolons", func(a d) *[]string { return &a.Tags }, itself),
		words("notes", "Notes", "", func(a d) *string { return &a.Notes }, "comment", "comments", "remarks"),
		mine,
	}
}

func primary() assetField {
	f := one("primary_category", "Primary category", func(a *fleet.AssetDetails) *string { return &a.PrimaryCategory }, "main category", "price category")
	f.Hint = "The one that the price comes from: name, slug or id"
	f.set = func(d *fleet.AssetDetails, cell string, n *naming) (err error) {
		d.PrimaryCategory, err = n.category(cell)
		return err
	}
	return f
}

// own sets a field of one's own.
func own(d *fleet.AssetDetails, name, cell string) {
	if cell == "" {
		delete(d.CustomFields, name)
		return
	}
	if d.CustomFields == nil {
		d.CustomFields = map[string]string{}
	}
	d.CustomFields[name] = cell
}

// reason is err as a sentence for people.
func reason(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Message
	}
	return err.Error()
}
