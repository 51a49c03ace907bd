package span

import (
	"errors"
	"fmt"
	"time"
)

// Clock is a time of day on the wall, in minutes since midnight: 08:30. 24:00 is
// the end of the day.
type Clock int

// Midnight is the end of a day.
const Midnight Clock = 24 * 60

var errClock = errors.New("a time of day is written as 08:30, from 00:00 to 24:00")

// ParseClock reads a time of day that there is, written as 08:30.
func ParseClock(s string) (Clock, error) {
	if len(s) != 5 || s[2] != ':' {
		return 0, errClock
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, errClock
		}
	}
	hour, minute := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	c := Clock(hour*60 + minute)
	if minute > 59 || c > Midnight {
		return 0, errClock
	}
	return c, nil
}

// ClockOf is what a clock on the wall shows at t, in t's own location.
func ClockOf(t time.Time) Clock { return Clock(t.Hour()*60 + t.Minute()) }

func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes c as 08:30.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes, and no time that there is not.
func (c *Clock) UnmarshalText(text []byte) (err error) {
	*c, err = ParseClock(string(text))
	return err
}
