package record

import (
	"net/url"
)

// AuditPath is the audit log.
const AuditPath = "/settings/audit"

// DeliveriesPath is the logs of deliveries.
const DeliveriesPath = "/settings/webhooks/deliveries"

// ExportsPath is the list of exports.
const ExportsPath = "/exports"

// ImportsPath is the list of imports.
const ImportsPath = "/imports"

// KeysPath is the list of API keys.
const KeysPath = "/settings/api-keys"

// AssetPath is the page of an asset.
func AssetPath(id string) string { return "/assets/" + url.PathEscape(id) }

// WindowPath is the page of a maintenance window.
func WindowPath(id string) string { return "/maintenance/" + url.PathEscape(id) }

// IssuePath is the page of an issue.
func IssuePath(id string) string { return "/issues/" + url.PathEscape(id) }

// ExpensesPath is the list of expenses.
const ExpensesPath = "/expenses"

// ExpensePath is the page of an expense.
func ExpensePath(id string) string { return ExpensesPath + "/" + url.PathEscape(id) }

// InsurancePath is the list of insurance policies.
const InsurancePath = "/insurance"

// PolicyPath is the page of an insurance policy.
func PolicyPath(id string) string { return InsurancePath + "/" + url.PathEscape(id) }

// ClaimsPath is the list of insurance claims.
const ClaimsPath = "/insurance-claims"

// ClaimPath is the page of an insurance claim.
func ClaimPath(id string) string { return ClaimsPath + "/" + url.PathEscape(id) }

// ReminderPath is the page of a reminder.
func ReminderPath(id string) string { return "/reminders/" + url.PathEscape(id) }

// CategoriesPath is the list of categories.
const CategoriesPath = "/categories"

// CategoryPath is the page of a category.
func CategoryPath(id string) string { return CategoriesPath + "/" + url.PathEscape(id) }

// PersonExportsPath is the list of exports of a person.
func PersonExportsPath(id string) string { return PersonPath(id) + "/exports" }

// CompanyPath is the page of a company.
func CompanyPath(id string) string { return "/companies/" + url.PathEscape(id) }

// DocumentPath is the page of a document.
func DocumentPath(id string) string { return "/documents/" + url.PathEscape(id) }

// TemplatePath is the page of an inspection template.
func TemplatePath(id string) string { return "/inspection-templates/" + url.PathEscape(id) }

// PersonPath is the page of a person.
func PersonPath(id string) string { return "/people/" + url.PathEscape(id) }

// RolesPath is the list of roles.
const RolesPath = "/settings/roles"

// RolePath is the page of a role.
func RolePath(id string) string { return RolesPath + "/" + url.PathEscape(id) }

// UsersPath is the list of users.
const UsersPath = "/settings/users"

// UserPath is the page of a user.
func UserPath(id string) string { return UsersPath + "/" + url.PathEscape(id) }

// EndpointPath is the page of a webhook endpoint.
func EndpointPath(id string) string { return "/settings/webhooks/endpoints/" + url.PathEscape(id) }

// DeliveryPath is the page of a delivery.
func DeliveryPath(id string) string { return "/settings/webhooks/deliveries/" + url.PathEscape(id) }
