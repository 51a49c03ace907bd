// Package money is amounts: whole minor units of a currency of ISO 4217. There
// are no floats and no fractions of a minor unit; rates and proration are left
// to whoever divides, which must say how it rounds.
package money

import (
	"fmt"
	"strconv"
	"strings"

	"motorpool/shared/fault"
)

// MaxMinor is the largest amount that is taken from outside, either way: 15
// digits, which every JSON reader keeps exactly.
const MaxMinor = 999_999_999_999_999

// Amount is some money. The zero Amount is none in no currency: not given.
type Amount struct {
	Minor    int64  `json:"minor" doc:"In the smallest unit of the currency: cents" example:"4599000"`
	Currency string `json:"currency" doc:"ISO 4217" example:"AUD"`
}

// IsZero reports whether a is not given. Nothing in some currency is given.
func (a Amount) IsZero() bool { return a == Amount{} }

// Check returns fault.Invalid unless a is a size we take, in a currency there is.
func (a Amount) Check() error {
	_, known := decimals(a.Currency)
	switch {
	case !known:
		return fault.New(fault.Invalid, "money.currency", "Give the currency as its three capital letters of ISO 4217: AUD.")
	case a.Minor > MaxMinor || a.Minor < -MaxMinor:
		return fault.New(fault.Invalid, "money.amount", "Give an amount of at most 15 digits in minor units.")
	}
	return nil
}

// String writes a with its currency's own number of decimals: "AUD 45990.00".
func (a Amount) String() string {
	digits, known := decimals(a.Currency)
	if !known {
		return fmt.Sprintf("%s %d", a.Currency, a.Minor)
	}
	sign, whole := "", strconv.FormatInt(a.Minor, 10)
	if whole[0] == '-' {
		sign, whole = "-", whole[1:]
	}
	whole = strings.Repeat("0", max(digits+1-len(whole), 0)) + whole
	point := len(whole) - digits
	if digits == 0 {
		return fmt.Sprintf("%s %s%s", a.Currency, sign, whole)
	}
	return fmt.Sprintf("%s %s%s.%s", a.Currency, sign, whole[:point], whole[point:])
}
