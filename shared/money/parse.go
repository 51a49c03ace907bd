package money

import (
	"strconv"
	"strings"

	"motorpool/shared/fault"
)

// Parse reads what String writes, "AUD 45990.00", and what people write like
// it: decimals left out, commas between thousands. It returns fault.Invalid for
// anything else, more decimals than the currency has among it.
func Parse(s string) (Amount, error) {
	bad := fault.New(fault.Invalid, "money.amount", "Give a currency and an amount, for example AUD 45990.00.")
	code, number, _ := strings.Cut(strings.TrimSpace(s), " ")
	code = strings.ToUpper(code)
	digits, known := decimals(code)
	if !known {
		return Amount{}, bad
	}
	whole, fraction, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(number), ",", ""), ".")
	if whole == "" || len(fraction) > digits || strings.ContainsAny(fraction, "+-") {
		return Amount{}, bad
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", digits-len(fraction)), 10, 64)
	if err != nil {
		return Amount{}, bad.Because(err)
	}
	a := Amount{minor, code}
	return a, a.Check()
}
