package inspection

import (
	"fmt"
	"strconv"
	"strings"
)

// Says is an answer in words.
func (s *Sheet) Says(f Field, a Answer) string {
	switch f.Type {
	case Check:
		return map[string]string{"pass": "Pass", "fail": "FAIL", "na": "Not applicable"}[a.Choice]
	case Text:
		return a.Text
	case Number:
		return strings.TrimSpace(a.Number + " " + f.Unit)
	case Odometer:
		if a.Odometer != nil {
			return thousands(*a.Odometer) + " " + s.Vehicle.Unit
		}
	case Level:
		if a.Level != nil {
			return fmt.Sprintf("%d %%", *a.Level)
		}
	case Photo:
		return fmt.Sprintf("%d photos", len(a.Photos))
	case Damage:
		if len(a.Marks) == 0 {
			return "No damage"
		}
		return fmt.Sprintf("%d marked", len(a.Marks))
	case Checkbox:
		if a.Checked != nil {
			return map[bool]string{true: "Yes", false: "No"}[*a.Checked]
		}
	case Day:
		return a.Date.String()
	case Signature:
		if a.Signature.Signed() {
			return a.Signature.Name
		}
	case File:
		return fmt.Sprintf("%d files", len(a.Files))
	}
	return ""
}

// thousands writes a number with commas: 48,211.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
