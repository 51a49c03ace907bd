package customer

import (
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/person"
)

// LikeBlocked warns of people who are blocked and have something in common with
// the customer of a page. Nothing is refused because of it.
func LikeBlocked(like []person.Duplicate) []look.Notice {
	if len(like) == 0 {
		return nil
	}
	n := look.Notice{Tone: "warn", Title: "This looks like somebody who is blocked here.", Text: "Nothing is refused because of it: have a look, and decide."}
	for _, d := range like {
		why := strings.ReplaceAll(strings.Join(d.Why, ", "), "_", " ")
		n.Links = append(n.Links, look.Link{Text: d.Person.Name() + " (same " + why + ")", To: record.PersonPath(d.Person.ID)})
	}
	return []look.Notice{n}
}
