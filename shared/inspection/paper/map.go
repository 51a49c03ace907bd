package paper

import (
	"fmt"

	"motorpool/shared/inspection"
)

// damages draws the body map with what was found, and lists it.
func (p *paper) damages() {
	s := p.sheet
	if !s.Looked {
		return
	}
	p.title("Damage")
	if len(s.Damages) == 0 {
		p.font("", 9)
		p.text("No damage was found.")
	} else {
		p.bodyMap()
	}
	for n, m := range s.Damages {
		status := "already there"
		if m.Status == inspection.Fresh {
			status = "NEW"
		}
		p.room(8)
		p.fact(fmt.Sprintf("%d  %s", n+1, inspection.ViewNames[m.View]), joined(m.Type, status, m.Note))
		var pictures []inspection.Picture
		for _, id := range m.Photos {
			pictures = append(pictures, inspection.Picture{File: id, Captured: s.Completed})
		}
		p.photos(pictures)
	}
	for _, m := range s.Gone {
		p.fact("Not seen again", joined(inspection.ViewNames[m.View], m.Type, m.Note))
	}
}

func joined(parts ...string) (s string) {
	for _, p := range parts {
		if p != "" && s != "" {
			s += ", "
		}
		s += p
	}
	return s
}

// bodyMap draws six views, three in a row, each damage a numbered dot.
func (p *paper) bodyMap() {
	const wide, high, gap = 56.0, 28.0, 6.0
	p.room(2*(high+8) + 4)
	top := p.GetY() + 2
	for n, view := range inspection.Views {
		x, y := margin+float64(n%3)*(wide+gap), top+float64(n/3)*(high+8)
		p.SetDrawColor(150, 150, 150)
		p.Rect(x, y, wide, high, "D")
		for _, l := range inspection.Outline(view) {
			for k := 2; k+1 < len(l); k += 2 {
				p.Line(x+float64(l[k-2])*wide/1000, y+float64(l[k-1])*high/1000, x+float64(l[k])*wide/1000, y+float64(l[k+1])*high/1000)
			}
		}
		p.SetDrawColor(0, 0, 0)
		p.font("", 7)
		p.Text(x, y+high+3, inspection.ViewNames[view])
		for k, m := range p.sheet.Damages {
			if m.View == view {
				p.dot(x+float64(m.X)*wide/1000, y+float64(m.Y)*high/1000, k+1, m.Status == inspection.Fresh)
			}
		}
	}
	p.SetXY(margin, top+2*(high+8)+2)
}

func (p *paper) dot(x, y float64, n int, isNew bool) {
	if isNew {
		p.SetFillColor(200, 30, 30)
	} else {
		p.SetFillColor(110, 110, 110)
	}
	p.Circle(x, y, 2, "F")
	p.SetTextColor(255, 255, 255)
	p.font("B", 6)
	label := fmt.Sprint(n)
	p.Text(x-p.GetStringWidth(label)/2, y+0.75, label)
	p.SetTextColor(0, 0, 0)
}

// proof lists the photos with their hashes: who has a photo can see that it is
// the one.
func (p *paper) proof() {
	var all []inspection.Picture
	for _, f := range p.sheet.Form.Fields() {
		all = append(all, p.sheet.Answers[f.Key].Photos...)
	}
	if len(all) == 0 {
		return
	}
	p.title("Photos as evidence")
	for _, photo := range all {
		p.room(10)
		p.font("", 7)
		p.MultiCell(textWide, 3.5, plain(fmt.Sprintf("%s  taken %s, received %s\nSHA-256 %s", photo.File, p.at(photo.Captured), p.at(photo.Uploaded), photo.SHA256)), "", "L", false)
		p.Ln(1)
	}
}
