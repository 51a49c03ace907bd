package odometer

import (
	"fmt"

	"motorpool/shared/fault"
)

// MaxValue is more than any dashboard shows: seven digits.
const MaxValue = 9_999_999

// A mile is 1,609.344 m exactly, since 1959. In millimetres, so that it is whole.
const (
	kilometre = 1_000_000
	mile      = 1_609_344
)

// Metres turns what a dashboard shows into metres. A kilometre is exact; a mile
// is rounded to the nearest metre, halves up, which Shown undoes for every value.
func Metres(value int64, unit string) int64 { return (value*millimetres(unit) + 500) / 1000 }

// Shown turns metres into what a dashboard shows: whole units, rounded to the
// nearest, halves up, and down below nought.
func Shown(metres int64, unit string) int64 {
	mm, per := metres*1000, millimetres(unit)
	if mm < 0 {
		return -((-mm + per/2) / per)
	}
	return (mm + per/2) / per
}

func millimetres(unit string) int64 {
	if unit == "mi" {
		return mile
	}
	return kilometre
}

func checkValue(value int64) error {
	if value < 0 || value > MaxValue {
		return fault.New(fault.Invalid, "odometer.value", "Give the whole number on the dashboard, from 0 to %s.", fmt.Sprint(MaxValue)).At("value")
	}
	return nil
}
