package rest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"motorpool/shared/api"
)

// setup gives huma our problems and our words for what is wrong. Both are its
// package's variables, so they are set once, before the first route is mounted.
var setup = sync.OnceFunc(func() {
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problemFrom(status, msg, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return api.ProblemOf(ctx.Context(), errors.Join(append([]error{problemFrom(status, msg, errs), errors.New(msg)}, errs...)...))
	}
	for at, words := range map[*string]string{
		&validation.MsgExpectedRequiredProperty:          required + "%s",
		&validation.MsgUnexpectedProperty:                unknown,
		&validation.MsgExpectedRFC3339DateTime:           instant,
		&validation.MsgExpectedRFC1123DateTime:           "Give an instant, for example Sun, 01 Mar 2026 09:00:00 GMT.",
		&validation.MsgExpectedRFC3339Date:               "Give a date, for example 2026-03-01.",
		&validation.MsgExpectedRFC3339Time:               "Give a time of day, for example 09:00:00.",
		&validation.MsgExpectedRFC5322Email:              "Give an e-mail address.%.0s",
		&validation.MsgExpectedRFC5890Hostname:           "Give a host name.",
		&validation.MsgExpectedRFC2673IPv4:               "Give an IPv4 address.",
		&validation.MsgExpectedRFC2373IPv6:               "Give an IPv6 address.",
		&validation.MsgExpectedRFCIPAddr:                 "Give an IP address.",
		&validation.MsgExpectedRFC3986URI:                "Give a URL, for example https://example.com/hooks.%.0s",
		&validation.MsgExpectedRFC4122UUID:               "Give a UUID.%.0s",
		&validation.MsgExpectedRegexp:                    "Give a regular expression.%.0s",
		&validation.MsgExpectedMatchAtLeastOneSchema:     "This is none of the forms that this field takes.",
		&validation.MsgExpectedMatchExactlyOneSchema:     "This is none of the forms that this field takes.",
		&validation.MsgExpectedNotMatchSchema:            "This value is not allowed here.",
		&validation.MsgExpectedBoolean:                   "Give true or false.",
		&validation.MsgExpectedDuration:                  "Give a duration, for example 90s or 24h.%.0s",
		&validation.MsgExpectedNumber:                    "Give a number.",
		&validation.MsgExpectedInteger:                   whole,
		&validation.MsgExpectedString:                    "Give a string.",
		&validation.MsgExpectedBase64String:              "Give base64.",
		&validation.MsgExpectedArray:                     "Give a list.",
		&validation.MsgExpectedObject:                    "Give an object.",
		&validation.MsgExpectedArrayItemsUnique:          "Name each item once.",
		&validation.MsgExpectedOneOf:                     "Give one of: %s.",
		&validation.MsgExpectedMinimumNumber:             "Give %v or more.",
		&validation.MsgExpectedExclusiveMinimumNumber:    "Give more than %v.",
		&validation.MsgExpectedMaximumNumber:             "Give %v or less.",
		&validation.MsgExpectedExclusiveMaximumNumber:    "Give less than %v.",
		&validation.MsgExpectedNumberBeMultipleOf:        "Give a multiple of %v.",
		&validation.MsgExpectedMinLength:                 "Give %d characters or more.",
		&validation.MsgExpectedMaxLength:                 "Give %d characters or fewer.",
		&validation.MsgExpectedBePattern:                 "Give %s.",
		&validation.MsgExpectedMatchPattern:              "Give text that matches %s.",
		&validation.MsgExpectedMinItems:                  "Give %d items or more.",
		&validation.MsgExpectedMaxItems:                  "Give %d items or fewer.",
		&validation.MsgExpectedMinProperties:             "Give %d fields or more.",
		&validation.MsgExpectedMaxProperties:             "Give %d fields or fewer.",
		&validation.MsgExpectedDependentRequiredProperty: "Give %s as well if you give %s.",
	} {
		*at = words
	}
})

// Words that stand for more than they say; problemFrom spells them out.
const (
	required = "required:"
	unknown  = "unknown"
	typed    = "typed:"  // field and reason from unmarshal
	broken   = "broken:" // a body that is no JSON to encoding/json
	instant  = "Give an instant as RFC 3339, for example 2026-03-01T09:00:00Z."
	whole    = "Give a whole number."
)

// problemFrom makes our problem of huma's error.
func problemFrom(status int, msg string, errs []error) *api.Problem {
	switch {
	case msg == "request body is required":
		return api.NewProblem(http.StatusUnprocessableEntity, "request.body", "This request needs a body: a JSON object.")
	case status >= 500 || len(errs) == 0:
		return api.Internal()
	}
	var fields []api.FieldProblem
	strange := 0
	for _, err := range errs {
		d, ok := errors.AsType[*huma.ErrorDetail](err)
		if !ok {
			return api.Internal()
		}
		if text, ok := strings.CutPrefix(d.Message, broken); ok {
			return api.NewProblem(http.StatusBadRequest, "request.json", text)
		}
		f, isUnknown := fieldProblem(d)
		if isUnknown {
			strange++
		}
		fields = append(fields, f)
	}
	code := "request.invalid"
	if strange == len(fields) {
		code = "request.unknown_field"
	}
	return api.NewProblem(http.StatusUnprocessableEntity, code, sentence(fields), fields...)
}

// fieldProblem says where and why, in the words of the person who wrote it.
func fieldProblem(d *huma.ErrorDetail) (f api.FieldProblem, isUnknown bool) {
	place, rest, inside := strings.Cut(d.Location, ".")
	f.Field = rest
	if !inside {
		f.Field = place // the body itself
		if after, ok := strings.CutPrefix(place, "body["); ok {
			f.Field = "[" + after
		}
	}
	name, missing := strings.CutPrefix(d.Message, required)
	switch {
	case missing && inside:
		f.Field, f.Reason = rest+"."+name, "Give this field; it is required."
	case missing:
		f.Field, f.Reason = name, "Give this field; it is required."
	case d.Message == unknown:
		f.Reason, isUnknown = "There is no such field here.", true
	case d.Message == "unknown query parameter":
		f.Reason, isUnknown = "There is no such parameter here.", true
	case strings.HasPrefix(d.Message, typed):
		f.Field, f.Reason, _ = strings.Cut(strings.TrimPrefix(d.Message, typed), "\n")
	default:
		f.Reason = reason(d.Message)
	}
	return f, isUnknown
}

// reason translates the words that huma does not let us choose. What is left in
// lower case is not ours, and might name things that are nobody's business.
func reason(msg string) string {
	switch {
	case msg == "Give 1 characters or more." || msg == "Give 1 items or more.":
		return "This must not be empty."
	case strings.HasSuffix(msg, "parameter is missing"):
		return "Give this parameter; it is required."
	case msg == "invalid integer":
		return whole
	case msg == "invalid float":
		return "Give a number."
	case msg == "invalid boolean":
		return "Give true or false."
	case strings.HasPrefix(msg, "invalid date/time"):
		return instant
	case msg == "" || msg[0] >= 'a' && msg[0] <= 'z':
		return "This value does not fit here."
	}
	return msg
}

func sentence(fields []api.FieldProblem) string {
	if len(fields) == 1 {
		return fields[0].Field + ": " + fields[0].Reason
	}
	return "Several fields are not right; see errors."
}

// wording is an error in our words; huma passes its text on.
type wording string

func (w wording) Error() string { return string(w) }

// unmarshal is json.Unmarshal with errors in our words.
func unmarshal(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return wording(broken + "The body has a number that is too large to be read.")
		}
		if strings.HasPrefix(wrong.Value, "number") {
			return wording(typed + wrong.Field + "\nGive a number that fits here: whole, and not too large.")
		}
		return wording(typed + wrong.Field + "\nThis value does not fit here.")
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return wording(broken + "The body is not valid JSON.")
	}
	return wording(typed + "body\nA value in the body does not fit its field.")
}
