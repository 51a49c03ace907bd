package page

import (
	"strconv"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// LocalTime is how a browser writes an instant in an <input type="datetime-local">.
const LocalTime = "2006-01-02T15:04"

// Words are what a list with commas names.
func Words(list string) []string {
	var out []string
	for word := range strings.SplitSeq(list, ",") {
		if word = Trim(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// Number is n as text, and nothing if it is zero.
func Number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Size is how large a file of n bytes is, as people write it.
func Size(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt(max(1, n>>10), 10) + " kB"
	}
	return strconv.FormatInt(n>>20, 10) + " MB"
}

// Count reads a whole number; zero if nothing is said.
func Count(s, field string, bad *fault.Error) int {
	if Trim(s) == "" {
		return 0
	}
	n, err := strconv.Atoi(Trim(s))
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a whole number."})
	}
	return n
}

// DateText is a date for a form, and nothing if there is none.
func DateText(d span.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// Date reads a date as a form posts it.
func Date(s, field string, bad *fault.Error) span.Date {
	if Trim(s) == "" {
		return span.Date{}
	}
	d, err := span.ParseDate(Trim(s))
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a day, for example 2026-11-23."})
	}
	return d
}

// Money is an amount as people read it, and nothing if it is not given: AUD
// 28,760.00. Every page writes amounts by it.
func Money(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	code, number, _ := strings.Cut(a.String(), " ")
	end := strings.IndexByte(number, '.')
	if end < 0 {
		end = len(number)
	}
	for i := end - 3; i > 0 && number[i-1] != '-'; i -= 3 {
		number = number[:i] + "," + number[i:]
	}
	return code + " " + number
}

// MoneyText is an amount for a form: AUD 420.00.
func MoneyText(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	return a.String()
}

// Amount reads an amount as people write it: AUD 420.00.
func Amount(s, field string, bad *fault.Error) money.Amount {
	if Trim(s) == "" {
		return money.Amount{}
	}
	a, err := money.Parse(Trim(s))
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a currency and an amount, for example AUD 45990.00."})
	}
	return a
}

// TitleOf names a group: "webhook_endpoint" is "Webhook endpoint".
func TitleOf(noun string) string {
	words := strings.ReplaceAll(noun, "_", " ")
	if rest, ok := strings.CutPrefix(words, "api "); ok {
		return "API " + rest
	}
	first := words[:min(1, len(words))]
	return strings.ToUpper(first) + words[len(first):]
}

// Instant reads RFC 3339, or a date and time as a browser's input gives it.
func Instant(s string, zone *time.Location) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, nil
	}
	return time.ParseInLocation("2006-01-02T15:04", s, zone)
}
