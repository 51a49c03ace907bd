package fleet

import (
	"strings"
	"unicode"
)

const maxSearched = 40 // characters of a number, plate or VIN that count

// plain is s as it is searched for: letters and digits only, upper case. It may
// be part of a key, because nothing in it can be mistaken for a separator.
func plain(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n == maxSearched || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		n++
		return unicode.ToUpper(r)
	}, s)
}

// searchable is what an asset is found by, the more telling first.
func (a *Asset) searchable() [3]string {
	return [3]string{plain(a.Number), plain(a.Registration.Plate), plain(a.VIN)}
}

// natural is s as it is sorted: "C-2" before "C-10". What has no number comes last.
func natural(s string) string {
	var out strings.Builder
	digits := ""
	flush := func() {
		if digits = strings.TrimLeft(digits, "0"); len(digits) < 12 {
			out.WriteString(strings.Repeat("0", 12-len(digits)))
		}
		out.WriteString(digits)
		digits = ""
	}
	inDigits := false
	for _, r := range plain(s) {
		if r >= '0' && r <= '9' {
			digits, inDigits = digits+string(r), true
			continue
		}
		if inDigits {
			flush()
			inDigits = false
		}
		out.WriteRune(r)
	}
	if inDigits {
		flush()
	}
	if out.Len() == 0 {
		return "~"
	}
	return out.String()
}
