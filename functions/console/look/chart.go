package look

// Bars is a row of outcomes, oldest first, as a small SVG: one bar each.
type Bars struct {
	Width, Height int
	Bars          []Bar
	Label         string // what a screen reader says instead
	Large, Wide   bool
}

// Bar is one outcome.
type Bar struct {
	X, Y, Width, Height int
	Kind                string // "ok", "bad", "wait" or "none"
	Hint                string
}

// Outcome is what a bar stands for.
type Outcome struct{ Kind, Hint string }

// Glance draws the last outcomes in a chart of places bars, the newest at the
// right. Failures are also lower and hang from the top, so that they can be
// told without colour.
func Glance(last []Outcome, places int, label string) Bars {
	const step, width, height = 4, 3, 24
	b := Bars{Width: places * step, Height: height, Label: label}
	last = last[max(0, len(last)-places):]
	for i := range places {
		bar := Bar{X: i * step, Width: width, Y: height - 4, Height: 4, Kind: "none"}
		if at := i - (places - len(last)); at >= 0 {
			bar.Kind, bar.Hint = last[at].Kind, last[at].Hint
			switch bar.Kind {
			case "ok":
				bar.Y, bar.Height = 4, height-4
			case "bad":
				bar.Y, bar.Height = 0, 14
			case "wait":
				bar.Y, bar.Height = 12, height-12
			}
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

// Column is one of a chart of columns: how many went well and how many did not.
type Column struct {
	Hint    string
	OK, Bad int
}

// Columns draws counts over time, failures at the foot of each column.
func Columns(cols []Column, label string) Bars {
	const step, width, height = 20, 16, 96
	b := Bars{Width: len(cols) * step, Height: height, Label: label, Large: true}
	most := 1
	for _, c := range cols {
		most = max(most, c.OK+c.Bad)
	}
	for i, c := range cols {
		bad, ok := c.Bad*(height-4)/most, c.OK*(height-4)/most
		if c.Bad > 0 {
			bad = max(bad, 3)
		}
		if c.OK > 0 {
			ok = max(ok, 3)
		}
		if bad+ok == 0 {
			b.Bars = append(b.Bars, Bar{i * step, height - 2, width, 2, "none", c.Hint})
			continue
		}
		if ok > 0 {
			b.Bars = append(b.Bars, Bar{i * step, height - bad - ok, width, ok, "ok", c.Hint})
		}
		if bad > 0 {
			b.Bars = append(b.Bars, Bar{i * step, height - bad, width, bad, "bad", c.Hint})
		}
	}
	return b
}

// Step is one point of a timeline: something that happened or is planned.
type Step struct {
	Kind  string // "ok", "bad", "warn", "next", "planned" or empty
	Icon  string
	Title string
	At    Moment
	Until Moment // the countdown of the next one
	Note  string // beside the title: "200 · 84 ms"
	Why   string
	More  *Exchange
}

// Exchange is what went over the wire in one attempt.
type Exchange struct {
	ID       string
	Request  []Pair
	Status   string
	Response []Pair
	Body     Code
	Cut      string // says that the body is longer than what is kept
}
