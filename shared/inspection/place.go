package inspection

import (
	"math"
	"strconv"
	"time"

	"motorpool/shared/form"
)

// rounded is p to a thousandth of a degree: enough to say at which branch it
// was, too little to say at whose door.
func (p *Place) rounded(c *form.Complaints) *Place {
	if p == nil {
		return nil
	}
	latitude, err := thousandths(p.Latitude, 90)
	longitude, wrong := thousandths(p.Longitude, 180)
	if err != nil || wrong != nil {
		c.Add("place", "Give a latitude from -90 to 90 and a longitude from -180 to 180: -33.868.")
		return nil
	}
	return &Place{latitude, longitude}
}

func thousandths(degrees string, most float64) (string, error) {
	d, err := strconv.ParseFloat(degrees, 64)
	if err == nil && !(math.Abs(d) <= most) { // nor is it no number
		err = strconv.ErrRange
	}
	return strconv.FormatFloat(math.Round(d*1000)/1000, 'f', 3, 64), err
}

// slack is how far a device's clock may be ahead of ours.
const slack = 5 * time.Minute

// instant is when a device says that something was: not after now, since then
// its clock is ahead, and not long ago.
func instant(c *form.Complaints, field string, said, at time.Time) time.Time {
	if said.IsZero() {
		return at
	}
	if said = said.UTC().Truncate(time.Second); said.After(at.Add(slack)) || said.Before(at.AddDate(0, -3, 0)) {
		c.Add(field, "Give a time of the last three months that has been.")
	}
	if said.After(at) {
		return at
	}
	return said
}
