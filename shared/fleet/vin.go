package fleet

import "strings"

// A Warning is something that may be right and is worth a second look. It stops
// nothing.
type Warning struct {
	Code    string `json:"code" doc:"Stable; branch on this" example:"vin.check_digit"`
	Field   string `json:"field" example:"vin"`
	Message string `json:"message" doc:"For people"`
}

// Warnings tells what about a may be a mistake. Only vehicles made in North
// America, whose VIN begins with 1 to 5, need a check digit, and trailers and boats no VIN at all.
func (d AssetDetails) Warnings() []Warning {
	vin := d.VIN
	switch {
	case vin == "":
		return nil
	case len(vin) != 17 && (d.Type == "car" || d.Type == "van" || d.Type == "truck"):
		return []Warning{{"vin.length", "vin", "A VIN has 17 characters; this one may be incomplete."}}
	case len(vin) == 17 && strings.ContainsAny(vin, "IOQ-"):
		return []Warning{{"vin.characters", "vin", "A VIN has no I, O, Q or hyphen; perhaps a 1 or a 0 is meant."}}
	case len(vin) == 17 && vin[0] >= '1' && vin[0] <= '5' && vin[8] != checkDigit(vin):
		return []Warning{{"vin.check_digit", "vin", "The ninth character does not fit the others, as it must for a vehicle made in North America. Check the VIN for a typing mistake."}}
	}
	return nil
}

// checkDigit computes the ninth character of a VIN (ISO 3779, 49 CFR 565): the
// values of all characters, weighted by position, modulo 11.
func checkDigit(vin string) byte {
	const (
		letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
		values  = "12345678123457923456789"
	)
	weights := [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	sum := 0
	for i, w := range weights {
		v := int(vin[i] - '0')
		if at := strings.IndexByte(letters, vin[i]); at >= 0 {
			v = int(values[at] - '0')
		}
		sum += w * v
	}
	return "0123456789X"[sum%11]
}
