package workspace

import (
	"context"

	"motorpool/shared/fault"
)

// Feature is something that administrators switch on where they want it
// (specification A, 1.4). All are off in a new workspace.
type Feature string

// The features there are.
const (
	WebsiteCompanyDetails Feature = "website_company_details"
	BulkPriceImport       Feature = "bulk_price_import"
	AssetPriceOverride    Feature = "asset_price_override"
)

// Features says which of them are on.
type Features struct {
	WebsiteCompanyDetails bool `json:"website_company_details"`
	BulkPriceImport       bool `json:"bulk_price_import"`
	AssetPriceOverride    bool `json:"asset_price_override"`
}

// FeatureText is a feature in words.
type FeatureText struct {
	Feature Feature
	Name    string
	Meaning string
}

// FeatureCatalogue lists every feature, in the order in which people see them.
var FeatureCatalogue = []FeatureText{
	{WebsiteCompanyDetails, "Website signup company details", "Who signs up on the website may give a business name and its number. Finishing makes a company and a person, joined by their e-mail address."},
	{BulkPriceImport, "Bulk pricing of assets and packages", "Prices of all vehicles in all packages can be exported, edited in a spreadsheet, and imported again."},
	{AssetPriceOverride, "Prices on the vehicle itself", "A vehicle may have prices of its own, by billing frequency, that beat those of package, category and override, for charges that allow it."},
}

// at is where f rests in fs; nil if there is no such feature.
func (fs *Features) at(f Feature) *bool {
	switch f {
	case WebsiteCompanyDetails:
		return &fs.WebsiteCompanyDetails
	case BulkPriceImport:
		return &fs.BulkPriceImport
	case AssetPriceOverride:
		return &fs.AssetPriceOverride
	}
	return nil
}

// Has reports whether f is on. What there is not is not.
func (fs Features) Has(f Feature) bool {
	on := fs.at(f)
	return on != nil && *on
}

// Switch switches f, or returns fault.NotFound.
func (fs *Features) Switch(f Feature, on bool) error {
	at := fs.at(f)
	if at == nil {
		return fault.New(fault.NotFound, "feature.not_found", "There is no such feature. GET /v1/features lists them.")
	}
	*at = on
	return nil
}

// Enabled reports whether a workspace has f switched on, as of at most two
// seconds ago: what other nouns ask.
func (s *Service) Enabled(ctx context.Context, id string, f Feature) (bool, error) {
	w, err := s.Get(ctx, id)
	if err != nil {
		return false, err
	}
	return w.Features.Has(f), nil
}
