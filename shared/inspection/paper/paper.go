// Package paper prints the reports of inspections as PDF. It is apart from
// package inspection because the library and the fonts are large: only binaries
// that print have them in them.
package paper

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // what renditions are
	"strings"
	"time"

	"github.com/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"motorpool/shared/inspection"
)

// Measures of a page, in millimetres.
const (
	pageWide, margin = 210.0, 15.0
	textWide         = pageWide - 2*margin
	pageEnd          = 297 - 20.0 // where a new page begins
	lineHigh         = 5.0
)

// paper is a report that is being written.
type paper struct {
	*fpdf.Fpdf
	sheet   *inspection.Sheet
	picture func(file string) []byte
	shown   int
}

var _ inspection.Printer = Print

// Print is an inspection.Printer.
func Print(s *inspection.Sheet, picture func(file string) []byte) ([]byte, error) {
	p := &paper{fpdf.New("P", "mm", "A4", ""), s, picture, 0}
	p.SetCatalogSort(true)
	p.SetCreationDate(s.Arrived)
	p.SetModificationDate(s.Arrived)
	p.SetTitle(s.Number+" "+s.Name, true)
	p.SetAuthor(s.Operator, true)
	p.AddUTF8FontFromBytes("go", "", goregular.TTF)
	p.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, 20)
	p.AliasNbPages("{pages}")
	p.SetFooterFunc(func() {
		p.SetY(-12)
		p.font("", 8)
		p.CellFormat(textWide/2, 4, plain(s.Number+" · "+s.Operator), "", 0, "L", false, 0, "")
		p.CellFormat(textWide/2, 4, fmt.Sprintf("%d / {pages}", p.PageNo()), "", 0, "R", false, 0, "")
	})
	p.AddPage()
	p.head()
	for _, sec := range s.Form.Sections {
		p.section(sec)
	}
	p.damages()
	p.proof()
	var b bytes.Buffer
	err := p.Output(&b)
	return b.Bytes(), err
}

func (p *paper) font(style string, size float64) { p.SetFont("go", style, size) }

// plain is text without what the font cannot show: it would be a row of boxes.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff || r < ' ' && r != '\n' {
			return -1
		}
		return r
	}, s)
}

func (p *paper) at(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(p.sheet.Zone).Format("2 January 2006, 15:04 MST")
}

func (p *paper) head() {
	s := p.sheet
	p.font("", 10)
	p.text(s.Operator)
	p.font("B", 18)
	p.MultiCell(textWide, 9, plain(s.Name+" "+s.Number), "", "L", false)
	p.Ln(2)
	by := s.Inspector.Name
	if by == "" {
		by = s.Inspector.ID
	}
	where := ""
	if s.Place != nil {
		where = fmt.Sprintf("%s, %s (to about 100 m)", s.Place.Latitude, s.Place.Longitude)
	}
	heard := ""
	if s.Arrived.Sub(s.Completed) > time.Minute {
		heard = p.at(s.Arrived)
	}
	for _, fact := range [][2]string{
		{"Vehicle", s.Vehicle.Title},
		{"Plate", s.Vehicle.Plate},
		{"VIN", s.Vehicle.VIN},
		{"Identifier", s.Asset},
		{"Booking", s.Booking},
		{"Kind", string(s.Kind)},
		{"Inspected by", by},
		{"Customer", s.Customer.Name},
		{"Begun", p.at(s.Started)},
		{"Completed", p.at(s.Completed)},
		{"Received", heard},
		{"Where", where},
		{"Device", s.Device},
		{"Template", fmt.Sprintf("%s, edition %d", s.Name, s.Edition)},
	} {
		p.fact(fact[0], fact[1])
	}
}

func (p *paper) text(s string) { p.MultiCell(textWide, lineHigh, plain(s), "", "L", false) }

// fact is a name and what it is, unless that is empty.
func (p *paper) fact(name, value string) {
	if value == "" {
		return
	}
	const wide = 55
	p.font("", 9)
	x, y := p.GetXY()
	p.MultiCell(wide-3, lineHigh, plain(name), "", "L", false)
	low := p.GetY()
	if p.PageNo() > 0 && low < y { // the name ran over the end of the page
		y = margin
	}
	p.SetXY(x+wide, y)
	p.font("B", 9)
	p.MultiCell(textWide-wide, lineHigh, plain(value), "", "L", false)
	if p.GetY() < low && p.GetY() > y {
		p.SetY(low)
	}
}

func (p *paper) title(s string) {
	p.room(20)
	p.Ln(4)
	p.font("B", 12)
	p.text(s)
	p.Line(margin, p.GetY(), pageWide-margin, p.GetY())
	p.Ln(1.5)
}

// room begins a new page unless there are so many millimetres left.
func (p *paper) room(high float64) {
	if p.GetY()+high > pageEnd {
		p.AddPage()
	}
}

func (p *paper) section(sec inspection.Section) {
	p.title(sec.Title)
	for _, f := range sec.Fields {
		a, there := p.sheet.Answers[f.Key]
		if !there {
			p.fact(f.Label, "–")
			continue
		}
		p.room(12)
		p.fact(f.Label, p.sheet.Says(f, a))
		p.fact("    Note", a.Note)
		if a.Signature.Signed() {
			p.signature(a.Signature)
		}
		p.photos(a.Photos)
	}
}

// signature draws the strokes, in a box 50 millimetres wide.
func (p *paper) signature(s *inspection.Strokes) {
	if len(s.Lines) == 0 {
		return
	}
	const wide, high = 50.0, 20.0
	p.room(high + 4)
	x, y := margin+55, p.GetY()+1
	p.SetDrawColor(150, 150, 150)
	p.Rect(x, y, wide, high, "D")
	p.SetDrawColor(0, 0, 0)
	for _, l := range s.Lines {
		for n := 2; n+1 < len(l); n += 2 {
			p.Line(x+float64(l[n-2])*wide/inspection.BoardWide, y+float64(l[n-1])*high/inspection.BoardHigh, x+float64(l[n])*wide/inspection.BoardWide, y+float64(l[n+1])*high/inspection.BoardHigh)
		}
	}
	p.SetY(y + high + 2)
}

// photos shows pictures, three in a row.
func (p *paper) photos(all []inspection.Picture) {
	const wide, high, gap, perRow = 56.0, 42.0, 6.0, 3
	column := 0
	for _, photo := range all {
		jpeg := p.picture(photo.File)
		size, _, err := image.DecodeConfig(bytes.NewReader(jpeg))
		if err != nil || size.Width == 0 || size.Height == 0 {
			continue
		}
		if column == 0 {
			p.room(high + 12)
			p.Ln(1)
		}
		p.shown++
		name := fmt.Sprintf("photo%d", p.shown)
		p.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "JPEG"}, bytes.NewReader(jpeg))
		w, h := wide, wide*float64(size.Height)/float64(size.Width)
		if h > high {
			w, h = high*float64(size.Width)/float64(size.Height), high
		}
		x, y := margin+float64(column)*(wide+gap), p.GetY()
		p.ImageOptions(name, x, y, w, h, false, fpdf.ImageOptions{ImageType: "JPEG"}, 0, "")
		p.font("", 7)
		p.Text(x, y+high+3, plain(strings.TrimSpace(photo.Angle+"  "+photo.Captured.In(p.sheet.Zone).Format("2 Jan 15:04"))))
		if column++; column == perRow {
			column = 0
			p.SetXY(margin, y+high+6)
		}
	}
	if column > 0 {
		p.SetXY(margin, p.GetY()+high+6)
	}
}
