package record

import (
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
)

// Spending leads who may record expenses to the form of one for an asset that
// belongs to what pairs name: an issue, maintenance, a reminder, a claim.
func Spending(f look.Frame, asset string, pairs ...string) []look.Act {
	if !f.May(access.EditExpenses) || !f.May(access.ViewExpenses) {
		return nil
	}
	return []look.Act{{Text: "Record an expense", Icon: "coin", To: page.With(AssetPath(asset)+"/costs", pairs...) + "#record"}}
}
