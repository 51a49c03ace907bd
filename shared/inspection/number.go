package inspection

import (
	"math/big"
	"strings"

	"motorpool/shared/form"
)

// holds reports whether a number can be: between the least and the most.
func (f Field) holds(number string) bool {
	return (f.Min == "" || compared(number, f.Min) >= 0) && (f.Max == "" || compared(number, f.Max) <= 0)
}

// Range says which numbers f takes: "from 0 to 30 mm"; nothing if it takes all.
func (f Field) Range() string {
	words := ""
	switch {
	case f.Min != "" && f.Max != "":
		words = "from " + f.Min + " to " + f.Max
	case f.Min != "":
		words = "at least " + f.Min
	case f.Max != "":
		words = "at most " + f.Max
	default:
		return ""
	}
	return strings.TrimSpace(words + " " + f.Unit)
}

// compared compares decimals exactly. What is no number is zero; it is refused
// elsewhere.
func compared(a, b string) int {
	x, _ := new(big.Rat).SetString(a)
	y, _ := new(big.Rat).SetString(b)
	if x == nil || y == nil {
		return 0
	}
	return x.Cmp(y)
}

// checkRange complains of bounds that are none, or the wrong way round.
func (f *Field) checkRange(c *form.Complaints, at string) {
	for name, bound := range map[string]string{".min": f.Min, ".max": f.Max} {
		if bound != "" && !decimals(bound) {
			c.Add(at+name, "Give a number: 0.")
		}
	}
	if f.Min != "" && f.Max != "" && compared(f.Min, f.Max) > 0 {
		c.Add(at+".max", "Give no less than the least, %s.", f.Min)
	}
}
