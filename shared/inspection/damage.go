package inspection

import (
	"cmp"
	"fmt"
	"slices"

	"motorpool/shared/form"
	"motorpool/shared/ident"
)

// Mark is a damage, and where on the vehicle it is.
type Mark struct {
	ID     string   `json:"id,omitempty" readOnly:"true" doc:"Stays the same as long as the damage is found again" example:"dmg_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	View   string   `json:"view" enum:"front,rear,left,right,top,inside" doc:"From where it is seen"`
	X      int      `json:"x" minimum:"0" maximum:"1000" doc:"In thousandths of the view, from its left"`
	Y      int      `json:"y" minimum:"0" maximum:"1000" doc:"In thousandths of the view, from its top"`
	Type   string   `json:"type" enum:"scratch,dent,crack,chip,broken,missing,stain,tear,other"`
	Note   string   `json:"note,omitempty" doc:"At most 300 characters" example:"10 cm, down to the primer"`
	Photos []string `json:"photos,omitempty" nullable:"false" doc:"Attachments of the purpose evidence: at most 5"`
	Known  string   `json:"known,omitempty" doc:"The id of the earlier damage that this is, if you know; otherwise it is found by where it is"`
	Status string   `json:"status,omitempty" enum:"new,pre_existing" readOnly:"true" doc:"Once the inspection is completed"`
	Since  string   `json:"since,omitempty" readOnly:"true" doc:"The inspection that found it first"`
}

// Views are from where a vehicle is seen.
var Views = []string{"front", "rear", "left", "right", "top", "inside"}

// DamageTypes are what a damage may be.
var DamageTypes = []string{"scratch", "dent", "crack", "chip", "broken", "missing", "stain", "tear", "other"}

// Fresh is the Status of a damage that was not known before.
const Fresh = "new"

const (
	preexisting = "pre_existing"

	// near is how far apart, in thousandths of a view, two marks of one type may
	// be to be taken for one damage: a thumb's width on a phone.
	near = 80
)

func (m *Mark) check(c *form.Complaints, at string) {
	c.OneOf(at+".view", m.View, Views)
	c.OneOf(at+".type", m.Type, DamageTypes)
	c.Between(at+".x", int64(m.X), 0, 1000)
	c.Between(at+".y", int64(m.Y), 0, 1000)
	c.Text(at+".note", &m.Note, 300)
	if len(m.Photos) > 5 {
		c.Add(at+".photos", "Give at most 5 photos.")
	}
	for n, id := range m.Photos {
		if !ident.Has("att", id) || slices.Contains(m.Photos[:n], id) {
			c.Add(fmt.Sprintf("%s.photos[%d]", at, n), "Give the id of an attachment, att_…, once.")
		}
	}
	m.ID, m.Status, m.Since = "", "", ""
}

// compare says of each damage found whether it was known, and which of those
// known were not found. A known damage is found at most once: by who names it,
// then by the nearest mark of its type in its view.
func compare(found, known []Mark, inspection string, newID ident.Source) (seen, gone []Mark) {
	seen = slices.Clone(found)
	taken := map[string]bool{}
	match := func(n int, k Mark) {
		seen[n].ID, seen[n].Since, seen[n].Status = k.ID, k.Since, preexisting
		taken[k.ID] = true
	}
	for n := range seen {
		seen[n].ID, seen[n].Since, seen[n].Status = "", inspection, Fresh
		for _, k := range known {
			if k.ID == seen[n].Known && !taken[k.ID] {
				match(n, k)
			}
		}
	}
	for _, p := range pairs(seen, known) {
		if k := known[p.known]; seen[p.found].Status == Fresh && seen[p.found].Known == "" && !taken[k.ID] {
			match(p.found, k)
		}
	}
	for n := range seen {
		if seen[n].ID == "" {
			seen[n].ID = newID("dmg")
		}
		seen[n].Known = ""
	}
	for _, k := range known {
		if !taken[k.ID] {
			gone = append(gone, k)
		}
	}
	return seen, gone
}

// pair is a mark that may be a known one, and how far from it.
type pair struct{ found, known, apart int }

// pairs lists who may be whom, the nearest first.
func pairs(found, known []Mark) (all []pair) {
	for n, f := range found {
		for m, k := range known {
			dx, dy := f.X-k.X, f.Y-k.Y
			if apart := dx*dx + dy*dy; f.View == k.View && f.Type == k.Type && apart <= near*near {
				all = append(all, pair{n, m, apart})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(a.apart, b.apart) })
	return all
}

// found lists the damages that were marked.
func (i *Inspection) found(e *Edition) (marks []Mark, asked bool) {
	for _, f := range e.Fields() {
		if a, there := i.Answers[f.Key]; f.Type == Damage && there {
			return a.Marks, true
		}
	}
	return nil, false
}

// News lists the damages that were not known before.
func (i *Inspection) News() (marks []Mark) {
	for _, m := range i.Damages {
		if m.Status == Fresh {
			marks = append(marks, m)
		}
	}
	return marks
}
