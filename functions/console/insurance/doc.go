// Package insurance is the console's pages of insurance: policies, and the claims
// made on them.
package insurance

import (
	"embed"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

var (
	toPolicies = look.Link{Text: "Insurance", To: record.InsurancePath}
	toClaims   = look.Link{Text: "Claims", To: record.ClaimsPath}
)

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	InsuranceCancel,
	InsuranceClaimCreate,
	InsuranceClaimEdit,
	InsuranceClaimFile,
	InsuranceClaimFileAdd,
	InsuranceClaimFileDrop,
	InsuranceClaimList,
	InsuranceClaimMove,
	InsuranceClaimNew,
	InsuranceClaimPage,
	InsuranceClaimSave,
	InsuranceCreate,
	InsuranceEdit,
	InsuranceFile,
	InsuranceFileAdd,
	InsuranceFileDrop,
	InsuranceList,
	InsuranceNew,
	InsurancePage,
	InsuranceRenew,
	InsuranceSave,
}
