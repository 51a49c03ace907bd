package locations

import (
	"strconv"
	"strings"

	"motorpool/functions/console/page"
	"motorpool/shared/fault"
	"motorpool/shared/location"
	"motorpool/shared/span"
)

// Hours, closed days and rules are written as text, so that one field each is
// enough and a browser needs no script: "08:00-12:00, 13:00-18:00".

const allDay = "24 h"

func openingsText(day []location.Opening) string {
	var all []string
	for _, o := range day {
		if o.Opens == 0 && o.Closes == span.Midnight {
			return allDay
		}
		all = append(all, o.Opens.String()+"-"+o.Closes.String())
	}
	return strings.Join(all, ", ")
}

func openings(s, field string, bad *fault.Error) (all []location.Opening) {
	s = strings.NewReplacer("–", "-", "—", "-", " ", "").Replace(strings.ToLower(s))
	if s == "24h" {
		return []location.Opening{{Opens: 0, Closes: span.Midnight}}
	}
	for part := range strings.SplitSeq(s, ",") {
		if part == "" || part == "closed" {
			continue
		}
		from, to, _ := strings.Cut(part, "-")
		opens, err1 := span.ParseClock(hour(from))
		closes, err2 := span.ParseClock(hour(to))
		if err1 != nil || err2 != nil {
			bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Write it as 08:00-12:00, 13:00-18:00, or 24 h; leave it empty for closed."})
			return nil
		}
		all = append(all, location.Opening{Opens: opens, Closes: closes})
	}
	return all
}

// hour makes 08:00 of 8:00 and of 8.
func hour(s string) string {
	if !strings.Contains(s, ":") && s != "" {
		s += ":00"
	}
	if strings.IndexByte(s, ':') == 1 {
		s = "0" + s
	}
	return s
}

func closuresText(all []location.Closure) string {
	var lines []string
	for _, c := range all {
		line := c.From.String()
		if !c.To.IsZero() && c.To != c.From {
			line += " to " + c.To.String()
		}
		if c.Yearly {
			line += " yearly"
		}
		lines = append(lines, strings.TrimSpace(line+" "+c.Label))
	}
	return strings.Join(lines, "\n")
}

func closures(s string, bad *fault.Error) (all []location.Closure) {
	for line := range strings.Lines(s) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		var c location.Closure
		var err error
		c.From, err = span.ParseDate(words[0])
		words = words[1:]
		if err == nil && len(words) > 1 && words[0] == "to" {
			c.To, err = span.ParseDate(words[1])
			words = words[2:]
		}
		if err != nil {
			bad.Fields = append(bad.Fields, fault.Field{Name: "closures", Reason: "“" + page.Trim(line) + "” is not such a line. Write 2026-12-25 to 2026-12-26 yearly Christmas."})
			return nil
		}
		if len(words) > 0 && words[0] == "yearly" {
			c.Yearly, words = true, words[1:]
		}
		c.Label = strings.Join(words, " ")
		all = append(all, c)
	}
	return all
}

func clockText(c *span.Clock) string {
	if c == nil {
		return ""
	}
	return c.String()
}

func lengthText(l location.Length) string {
	if l.Count == 0 {
		return ""
	}
	return l.String()
}

func pickupRule(field, lead, cutOff, notice, advance string, bad *fault.Error) location.PickupRule {
	r := location.PickupRule{
		LeadTimeDays: page.Count(lead, field+".lead_time_days", bad),
		MinNotice:    stretch(notice, field+".min_notice", bad),
		MaxAdvance:   stretch(advance, field+".max_advance", bad),
	}
	if page.Trim(cutOff) != "" {
		c, err := span.ParseClock(hour(page.Trim(cutOff)))
		if err != nil {
			bad.Fields = append(bad.Fields, fault.Field{Name: field + ".cut_off", Reason: "Give a time of day, for example 15:00."})
		}
		r.CutOff = &c
	}
	return r
}

// stretch reads "24 hours", "1 day" or "4 weeks".
func stretch(s, field string, bad *fault.Error) location.Length {
	words := strings.Fields(strings.ToLower(s))
	if len(words) == 0 {
		return location.Length{}
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || len(words) != 2 {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a number of hours, days or weeks, for example 24 hours."})
		return location.Length{}
	}
	return location.Length{Count: n, Unit: strings.TrimSuffix(words[1], "s") + "s"}
}
