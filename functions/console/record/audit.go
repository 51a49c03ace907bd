package record

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/audit"
	"motorpool/shared/money"
)

// Entry is an audit entry in words.
type Entry struct {
	Action  string
	Icon    string
	Object  look.Link
	Who     string
	From    string // where it came from
	Changes []Change
	Summary string
	At      look.Moment
	Ago     look.Moment
}

// Change is what one field was and what it became.
type Change struct{ Field, From, To string }

// EntryOf puts an entry of the audit log into words.
func EntryOf(clock look.Clock, e audit.Entry) Entry {
	v := Entry{
		Action: actionInWords(e.Action), Icon: iconOf(e.Object.Type), Who: e.Actor.Name, From: e.IP,
		Object: look.Link{Text: e.Object.Name, To: PathOf(e.Object)}, At: clock.When(e.At), Ago: clock.Ago(e.At),
	}
	if v.Object.Text == "" {
		v.Object.Text = e.Object.ID
	}
	if v.Who == "" {
		v.Who = actorInWords(e.Actor.Kind, e.Actor.ID)
	}
	var fields []string
	for _, c := range e.Changes {
		v.Changes = append(v.Changes, Change{fieldInWords(c.Field), valueInWords(clock, c.From), valueInWords(clock, c.To)})
		fields = append(fields, fieldInWords(c.Field))
	}
	if v.Summary = strings.Join(fields, ", "); len(fields) > 3 {
		v.Summary = strings.Join(fields[:2], ", ") + fmt.Sprintf(" and %d more", len(fields)-2)
	}
	return v
}

func actorInWords(kind, id string) string {
	if kind == "system" {
		return "Motorpool"
	}
	return id
}

// actionInWords: "webhook_endpoint.secret_rotated" is "Webhook endpoint secret rotated".
func actionInWords(action string) string {
	noun, verb, _ := strings.Cut(action, ".")
	return page.TitleOf(noun) + " " + strings.ReplaceAll(verb, "_", " ")
}

func fieldInWords(field string) string {
	field = strings.TrimPrefix(field, "settings.")
	return strings.NewReplacer("_", " ", ".", " ").Replace(field)
}

func valueInWords(clock look.Clock, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return clock.Exact(at).Text
		}
		return v
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case []any:
		if all, ok := plainTexts(v); ok {
			return all
		}
	}
	if amount, ok := v.(map[string]any); ok {
		if words, is := amountInWords(amount); is {
			return words
		}
	}
	b, err := json.Marshal(v)
	if err != nil { // it came out of JSON
		return fmt.Sprint(v)
	}
	return string(b)
}

// plainTexts lists texts in words: "email, mobile". Identifiers stay as they are.
func plainTexts(list []any) (string, bool) {
	var all []string
	for _, one := range list {
		text, ok := one.(string)
		if !ok {
			return "", false
		}
		if !strings.ContainsAny(text, "0123456789") {
			text = strings.ReplaceAll(text, "_", " ")
		}
		all = append(all, text)
	}
	return strings.Join(all, ", "), true
}

// amountInWords is an amount of money as people read it, if v is one.
func amountInWords(v map[string]any) (string, bool) {
	minor, is := v["minor"].(float64)
	currency, named := v["currency"].(string)
	if !is || !named || len(v) != 2 {
		return "", false
	}
	return page.Money(money.Amount{Minor: int64(minor), Currency: currency}), true
}

func iconOf(noun string) string {
	icons := map[string]string{
		"api_key":                   "key",
		"asset":                     "car",
		"category":                  "tag",
		"expense":                   "coin",
		"insurance_claim":           "umbrella",
		"insurance_policy":          "umbrella",
		"issue":                     "alert",
		"maintenance_window":        "gear",
		"person":                    "user",
		"role":                      "shield",
		"service_reminder":          "clock",
		"service_reminder_template": "copy",
		"user":                      "user",
		"webhook_delivery":          "send",
		"webhook_endpoint":          "hook",
		"workspace":                 "gear",
	}
	if icon, ok := icons[noun]; ok {
		return icon
	}
	return "history"
}

// PathOf is the page of what an entry is about; empty if it has none.
func PathOf(o audit.Object) string {
	switch o.Type {
	case "asset":
		return AssetPath(o.ID)
	case "category":
		return CategoryPath(o.ID)
	case "maintenance_window":
		return WindowPath(o.ID)
	case "issue":
		return IssuePath(o.ID)
	case "expense":
		return ExpensePath(o.ID)
	case "insurance_policy":
		return PolicyPath(o.ID)
	case "insurance_claim":
		return ClaimPath(o.ID)
	case "service_reminder":
		return ReminderPath(o.ID)
	case "service_reminder_template":
		return "/reminder-templates/" + url.PathEscape(o.ID)
	case "webhook_endpoint":
		return EndpointPath(o.ID)
	case "webhook_delivery", "delivery":
		return DeliveryPath(o.ID)
	case "api_key":
		return KeysPath
	case "person":
		return PersonPath(o.ID)
	case "company":
		return CompanyPath(o.ID)
	case "device": // it has no page of its own
		return page.With("/devices", "q", o.Name[strings.LastIndex(o.Name, " ")+1:])
	case "tracking_rules":
		return "/devices"
	case "document":
		return DocumentPath(o.ID)
	case "location":
		return "/locations/" + url.PathEscape(o.ID)
	case "inspection":
		return "/inspections/" + url.PathEscape(o.ID)
	case "inspection_template":
		return TemplatePath(o.ID)
	case "import":
		return ImportsPath + "/" + url.PathEscape(o.ID)
	case "export":
		return ExportsPath
	case "role":
		return RolePath(o.ID)
	case "user":
		return UserPath(o.ID)
	case "workspace":
		return "/settings/workspace"
	}
	return ""
}
