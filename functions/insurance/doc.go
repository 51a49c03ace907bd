// Package insurance answers for policies and claims: everything under
// /v1/insurance-policies and /v1/insurance-claims. What may be done is decided in
// shared/insurance.
package insurance

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	CancelPolicy, CreatePolicy, EditClaim, EditPolicy, GetClaim, GetPolicy, ListClaims, ListPolicies, MoveClaim, OpenClaim,
}
