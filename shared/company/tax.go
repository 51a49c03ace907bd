package company

import (
	"slices"
	"strings"

	"motorpool/shared/form"
	"motorpool/shared/pattern"
)

// TaxKinds are the kinds of tax number there are.
var TaxKinds = []string{"abn", "acn", "vat", "ein", "other"}

// taxForms is what a number of each kind looks like, without spaces and hyphens,
// and how to say so.
var taxForms = map[string]struct {
	fits func(string) bool
	says string
}{
	"abn":   {pattern.New(`^[0-9]{11}$`), "An ABN has 11 digits."},
	"acn":   {pattern.New(`^[0-9]{9}$`), "An ACN has 9 digits."},
	"vat":   {pattern.New(`^[A-Z]{2}[A-Z0-9+*]{2,12}$`), "Give the VAT number with the two letters of its country first: DE136695976."},
	"ein":   {pattern.New(`^[0-9]{9}$`), "An EIN has 9 digits."},
	"other": {pattern.New(`^[A-Z0-9/.]{2,30}$`), "Give 2 to 30 letters and digits."},
}

func (n *TaxID) check(c *form.Complaints) {
	if *n == (TaxID{}) {
		return
	}
	n.Number = strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "").Replace(n.Number))
	form, known := taxForms[n.Kind]
	switch {
	case !known:
		c.Add("tax_number.kind", "Choose one of %s.", strings.Join(TaxKinds, ", "))
	case !form.fits(n.Number):
		c.Add("tax_number.number", "%s", form.says)
	}
}

// A Warning is something that may be right and is worth a second look. It stops
// nothing.
type Warning struct {
	Code    string `json:"code" doc:"Stable; branch on this" example:"tax_number.check_digit"`
	Field   string `json:"field" example:"tax_number.number"`
	Message string `json:"message" doc:"For people"`
}

// Warnings tells what about a company may be a mistake.
func (d Details) Warnings() (all []Warning) {
	if !d.TaxNumber.plausible() {
		all = append(all, Warning{"tax_number.check_digit", "tax_number.number", "The check digits of this number do not fit. Look for a typing mistake."})
	}
	return all
}

// plausible reports whether the check digits of n fit, where we know how they
// are made.
func (n TaxID) plausible() bool {
	switch n.Kind {
	case "abn":
		return abn(n.Number)
	case "acn":
		return acn(n.Number)
	case "vat":
		if check := vatChecks[n.Number[:2]]; check != nil {
			return check(n.Number[2:])
		}
	}
	return true
}

// abn: one is taken from the first digit; the digits, weighted, are a multiple
// of 89. https://abr.business.gov.au/Help/AbnFormat
func abn(s string) bool {
	return (weighted(s, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}

// acn: the last digit makes the others, weighted, a multiple of ten.
// https://asic.gov.au/for-business/registering-a-company/steps-to-register-a-company/australian-company-numbers/australian-company-number-digit-check/
func acn(s string) bool {
	return (10-weighted(s[:8], 8, 7, 6, 5, 4, 3, 2, 1)%10)%10 == int(s[8]-'0')
}

// vatChecks are the check digits of VAT numbers by country. Where a country is
// not here, or its rule has exceptions, any number of the right form will do.
var vatChecks = map[string]func(string) bool{
	"DE": vatGermany, "GB": vatBritain, "FR": vatFrance, "NL": vatNetherlands, "IT": vatItaly, "BE": vatBelgium,
}

// vatGermany is ISO 7064, MOD 11,10.
func vatGermany(s string) bool {
	if !digits(s, 9) {
		return false
	}
	product := 10
	for _, r := range s[:8] {
		sum := (int(r-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = 2 * sum % 11
	}
	return (11-product)%10 == int(s[8]-'0')
}

// vatBritain: the nine digits, weighted, are a multiple of 97, or 55 more than
// one. Branches have three digits more.
func vatBritain(s string) bool {
	if digits(s, 12) {
		s = s[:9]
	}
	if !digits(s, 9) {
		return strings.HasPrefix(s, "GD") || strings.HasPrefix(s, "HA")
	}
	sum := weighted(s, 8, 7, 6, 5, 4, 3, 2, 10, 1)
	return sum%97 == 0 || (sum+55)%97 == 0
}

// vatFrance: two check digits, then the SIREN; numbers with letters are not checked.
func vatFrance(s string) bool {
	if !digits(s, 11) {
		return len(s) == 11
	}
	return (number(s[2:])*100+12)%97 == number(s[:2])
}

// vatNetherlands is either the old rule, modulo 11, or the new one of sole
// traders, modulo 97 with the letters counted (NL is 2321, B is 11).
func vatNetherlands(s string) bool {
	if len(s) != 12 || s[9] != 'B' || !digits(s[:9], 9) || !digits(s[10:], 2) {
		return false
	}
	old := weighted(s[:8], 9, 8, 7, 6, 5, 4, 3, 2)%11 == int(s[8]-'0')
	remainder := 0
	for _, r := range "2321" + s[:9] + "11" + s[10:] {
		remainder = (remainder*10 + int(r-'0')) % 97
	}
	return old || remainder == 1
}

// vatItaly is the Luhn sum.
func vatItaly(s string) bool {
	if !digits(s, 11) {
		return false
	}
	sum := 0
	for i, r := range s {
		n := int(r - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// vatBelgium: the last two digits are 97 less the others modulo 97.
func vatBelgium(s string) bool {
	return digits(s, 10) && 97-number(s[:8])%97 == number(s[8:])
}

func weighted(s string, weights ...int) (sum int) {
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return sum
}

func number(s string) (n int) {
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func digits(s string, n int) bool {
	return len(s) == n && !slices.ContainsFunc([]byte(s), func(b byte) bool { return b < '0' || b > '9' })
}
