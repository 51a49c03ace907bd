package record

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/audit"
	"motorpool/shared/ident"
)

// Teller puts what happened into the words of people who were not there: names
// and links in place of ids, pictures in place of what is stored of them, times
// where the workspace is. What only programs care for it leaves out.
type Teller struct {
	call  *api.Call
	clock look.Clock
	names map[string]look.Link // by id, of what was looked up
}

// TellerOf is a teller for one page.
func TellerOf(c *api.Call, clock look.Clock) *Teller {
	return &Teller{c, clock, map[string]look.Link{}}
}

// Photo is a picture that an entry is about, small and as it opens.
type Photo struct{ Small, Large, Alt string }

// Told is an entry in words.
type Told struct {
	Entry
	Details []Detail
	Photos  []Photo
}

// Detail is what one field was and what it became.
type Detail struct {
	Field, From string
	To          []look.Link // without an address where it is words alone; empty: nothing
}

// actions are those for which a noun and a verb are not what people say.
var actions = map[string]string{
	"asset.archived":           "Archived",
	"asset.booking_disabled":   "Closed for booking",
	"asset.booking_enabled":    "Opened for booking",
	"asset.category_changed":   "Categories changed",
	"asset.created":            "Added to the fleet",
	"asset.location_changed":   "Location changed",
	"asset.photo_added":        "Photo added",
	"asset.photo_removed":      "Photo removed",
	"asset.photos_changed":     "Photos put in order or described",
	"asset.updated":            "Details changed",
	"inspection.issue_created": "Inspection raised an issue",
}

// Tell puts an entry into words.
func (t *Teller) Tell(ctx context.Context, e audit.Entry) Told {
	v := Told{Entry: EntryOf(t.clock, e)}
	if words, ok := actions[e.Action]; ok {
		v.Action = words
	}
	if e.Actor.Name == "" && ident.Has("usr", e.Actor.ID) {
		v.Who = t.name(ctx, e.Actor.ID).Text
	}
	if v.Object.Text == e.Object.ID {
		v.Object.Text = ""
	}
	if e.Object.Type == "inspection" && e.Object.ID != "" {
		v.Object.To = "/inspections/" + e.Object.ID
	}
	for _, c := range e.Changes {
		if last(c.Field) == "photos" {
			v.Photos = append(v.Photos, t.pictures(ctx, c)...)
			continue
		}
		if unseen(c.Field) {
			continue
		}
		d := Detail{Field: strings.TrimSuffix(fieldInWords(c.Field), " minor"), From: texts(t.values(ctx, c.Field, c.From, e.Changes)), To: t.values(ctx, c.Field, c.To, e.Changes)}
		if d.From != "" || len(d.To) > 0 {
			v.Details = append(v.Details, d)
		}
	}
	return v
}

// unseen are the fields of which people hear nothing: how something is stored,
// and what the entry says already.
func unseen(field string) bool {
	name := last(field)
	return slices.Contains([]string{"id", "currency", "sha256", "size", "version", "updated_at", "booking_switched_at", "located_at", "cover", "answers", "signatures", "link"}, name) ||
		strings.HasPrefix(name, "report") || strings.HasSuffix(name, "_sha256") || strings.HasSuffix(name, "_size")
}

// last is the last part of a dotted name.
func last(field string) string { return field[strings.LastIndex(field, ".")+1:] }

// pictures are the photos that a change added, while they can be had.
func (t *Teller) pictures(ctx context.Context, c audit.Change) (out []Photo) {
	had := pictureIDs(c.From)
	for id, alt := range pictureIDs(c.To) {
		if _, before := had[id]; before || !ident.Has("att", id) {
			continue
		}
		small, err := t.call.Attachments.Link(ctx, t.call.Actor.Workspace, id, attachment.Small)
		if err != nil {
			continue
		}
		large, err := t.call.Attachments.Link(ctx, t.call.Actor.Workspace, id, attachment.Large)
		if err != nil {
			continue
		}
		if alt == "" {
			alt = "Photo, not described"
		}
		out = append(out, Photo{small, large, alt})
	}
	slices.SortFunc(out, func(a, b Photo) int { return strings.Compare(a.Small, b.Small) })
	return out
}

// pictureIDs are the attachments of a list, of ids or of objects, with what is
// said of them.
func pictureIDs(v any) map[string]string {
	ids := map[string]string{}
	list, _ := v.([]any)
	for _, one := range list {
		switch one := one.(type) {
		case string:
			ids[one] = ""
		case map[string]any:
			if id, ok := one["id"].(string); ok {
				ids[id], _ = one["alt"].(string)
			}
		}
	}
	return ids
}

// texts are links read one after the other.
func texts(links []look.Link) string {
	var out []string
	for _, l := range links {
		out = append(out, l.Text)
	}
	return strings.Join(out, ", ")
}

// name is what people call a thing, and where it is shown; empty if that cannot
// be had by this reader.
func (t *Teller) name(ctx context.Context, id string) look.Link {
	if known, ok := t.names[id]; ok {
		return known
	}
	l := t.lookUp(ctx, id)
	t.names[id] = l
	return l
}

// lookUp is name, from where things rest.
func (t *Teller) lookUp(ctx context.Context, id string) (l look.Link) {
	c := t.call
	switch prefix, _, _ := strings.Cut(id, "_"); prefix {
	case "ast":
		if a, err := c.Fleet.Find(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: a.Title(), To: AssetPath(id)}
		}
	case "cat":
		if k, err := c.Fleet.Category(ctx, c.Actor.Workspace, id); err == nil {
			l = look.Link{Text: k.Name, To: CategoryPath(id)}
		}
	case "loc":
		if p, err := c.Locations.Location(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: p.Name, To: "/locations/" + id}
		}
	case "usr":
		if m, err := c.Members.Get(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: m.Name}
		}
	case "iss":
		if i, err := c.Issues.Issue(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: i.Line(), To: IssuePath(id)}
		}
	case "mtw":
		if w, err := c.Maintenance.Window(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: w.Title(), To: WindowPath(id)}
		}
	case "rem":
		if r, err := c.Reminders.Reminder(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: r.Name, To: ReminderPath(id)}
		}
	case "ins":
		if i, err := c.Inspections.Inspection(ctx, c.Actor, id); err == nil {
			l = look.Link{Text: page.Trim(fmt.Sprint(i.Number, " ", i.Name)), To: "/inspections/" + id}
		}
	}
	return l
}
