package inspections

import (
	"context"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
	"motorpool/shared/span"
)

// fillIn takes the answers that a browser posts. Only fields that are said to be
// in the form ("has") are looked at.
func fillIn(ctx context.Context, c *api.Call, id string) error {
	var uploads map[string][]*multipart.FileHeader
	if kind, _, _ := mime.ParseMediaType(c.HTTP.Header.Get("Content-Type")); kind == "multipart/form-data" {
		c.HTTP.Body = http.MaxBytesReader(nil, c.HTTP.Body, c.Route.MaxBody) // the page's own limit is on a copy of the request
		if err := c.HTTP.ParseMultipartForm(4 << 20); err != nil {
			return fault.New(fault.Invalid, "request.form", "The photos could not be read. Send fewer at once, or smaller ones.").Because(err)
		}
		defer c.HTTP.MultipartForm.RemoveAll()
		uploads = c.HTTP.MultipartForm.File
	}
	sheet, err := c.Inspections.Sheet(ctx, c.Actor, id)
	if err != nil {
		return err
	}
	if err := stamp(ctx, c, sheet); err != nil {
		return err
	}
	captured, _ := time.Parse(time.RFC3339, c.HTTP.PostForm.Get("captured")) // without a script it is now
	taken, err := time.Parse(time.RFC3339, c.HTTP.PostForm.Get("taken"))     // a photo may wait for the network
	if err != nil {
		taken = captured
	}
	answers := map[string]inspection.Answer{}
	for _, key := range c.HTTP.PostForm["has"] {
		f, known := sheet.Form.Field(key)
		if !known {
			continue
		}
		a, err := posted(c.HTTP.PostForm, f, sheet.Answers[key])
		if err != nil {
			return err
		}
		if err := takeFiles(ctx, c, f, uploads, taken, &a); err != nil {
			return err
		}
		a.Captured = captured
		if _, there := sheet.Answers[key]; there || says(a) {
			answers[key] = a
		}
	}
	if len(answers) == 0 {
		return nil
	}
	_, err = c.Inspections.Answer(ctx, c.Actor, id, answers, 0, c.Now)
	return err
}

// stamp notes where the device says it is, once.
func stamp(ctx context.Context, c *api.Call, s *inspection.Sheet) error {
	at := inspection.Place{Latitude: c.HTTP.PostForm.Get("latitude"), Longitude: c.HTTP.PostForm.Get("longitude")}
	if at.Latitude == "" || s.Place != nil || !s.Open() {
		return nil
	}
	_, err := c.Inspections.Address(ctx, c.Actor, s.ID, s.Customer, &at, 0, c.Now)
	return err
}

// says reports whether an answer that is new says anything.
func says(a inspection.Answer) bool {
	return a.Choice+a.Text+a.Number+a.Note != "" || a.Odometer != nil || a.Level != nil || a.Checked != nil || !a.Date.IsZero() ||
		len(a.Photos)+len(a.Marks)+len(a.Files) > 0 || a.Clean || a.Signature != nil
}

// posted makes an answer of what is in a form, and keeps what the form only adds to.
func posted(form url.Values, f inspection.Field, was inspection.Answer) (a inspection.Answer, err error) {
	at := "a." + f.Key
	value := page.Trim(form.Get(at))
	a = inspection.Answer{Note: form.Get(at + ".note"), Photos: was.Photos, Marks: was.Marks, Files: was.Files}
	bad := func(right string) error {
		return fault.New(fault.Invalid, "inspection.answers", "“%s”: %s", f.Label, right).At("answers." + f.Key)
	}
	switch f.Type {
	case inspection.Check:
		a.Choice = value
	case inspection.Text:
		a.Text = value
	case inspection.Number:
		a.Number = strings.ReplaceAll(value, ",", ".")
	case inspection.Checkbox:
		on := value != ""
		a.Checked = &on
	case inspection.Odometer, inspection.Level:
		if value == "" {
			return a, nil
		}
		n, err := strconv.ParseInt(strings.NewReplacer(" ", "", ",", "").Replace(value), 10, 64)
		if err != nil {
			return a, bad("give a whole number.")
		}
		if a.Odometer = &n; f.Type == inspection.Level {
			level := int(n)
			a.Odometer, a.Level = nil, &level
		}
	case inspection.Day:
		if value != "" {
			if a.Date, err = span.ParseDate(value); err != nil {
				return a, bad("give a day, for example 2026-11-23.")
			}
		}
	case inspection.Damage:
		return a, marked(form, at, &a)
	case inspection.Signature:
		a.Signature, err = signed(form, at)
	}
	if drop := form.Get(at + ".drop"); drop != "" {
		a.Photos = slices.DeleteFunc(slices.Clone(a.Photos), func(p inspection.Picture) bool { return p.File == drop })
	}
	return a, err
}

// marked adds or takes away a damage, or says that there is none.
func marked(form url.Values, at string, a *inspection.Answer) error {
	a.Marks = slices.Clone(a.Marks)
	if n, err := strconv.Atoi(form.Get(at + ".unmark")); err == nil && n > 0 && n <= len(a.Marks) {
		a.Marks = slices.Delete(a.Marks, n-1, n)
	}
	if form.Get(at+".add") != "" {
		var m inspection.Mark
		m.View, m.Type, m.Note = form.Get(at+".view"), form.Get(at+".type"), form.Get(at+".what")
		if _, err := fmt.Sscanf(form.Get(at+".spot"), "%d,%d", &m.X, &m.Y); err != nil {
			return fault.New(fault.Invalid, "inspection.answers", "Say where the damage is.").Because(err)
		}
		a.Marks = append(a.Marks, m)
	}
	a.Clean = form.Get(at+".clean") != "" && len(a.Marks) == 0
	return nil
}

// signed is a signature as it was drawn, or the name that was typed.
func signed(form url.Values, at string) (*inspection.Strokes, error) {
	s := &inspection.Strokes{Name: page.Trim(form.Get(at + ".name"))}
	for line := range strings.SplitSeq(form.Get(at+".lines"), ";") {
		if line == "" {
			continue
		}
		var numbers []int
		for n := range strings.SplitSeq(line, ",") {
			v, err := strconv.Atoi(n)
			if err != nil {
				return nil, fault.New(fault.Invalid, "inspection.answers", "The signature could not be read. Sign again.").Because(err)
			}
			numbers = append(numbers, v)
		}
		s.Lines = append(s.Lines, numbers)
	}
	if s.Name == "" && len(s.Lines) == 0 {
		return nil, nil
	}
	return s, nil
}

// takeFiles keeps what came with the form for one field: photos, one for each
// angle and others, or files.
func takeFiles(ctx context.Context, c *api.Call, f inspection.Field, uploads map[string][]*multipart.FileHeader, taken time.Time, a *inspection.Answer) error {
	keep := func(name, angle string, p attachment.Purpose) error {
		for _, head := range uploads[name] {
			if head.Size == 0 {
				continue
			}
			body, err := head.Open()
			if err != nil {
				return err
			}
			kept, err := c.Attachments.Keep(ctx, c.Actor, attachment.Draft{Purpose: p, Name: head.Filename, Type: head.Header.Get("Content-Type"), Size: head.Size}, body, c.Now)
			body.Close()
			if err != nil {
				return err
			}
			if p == attachment.Document {
				a.Files = append(slices.Clone(a.Files), kept.ID)
				continue
			}
			// A phone that never heard the answer sends the photo again.
			again := func(p inspection.Picture) bool { return p.Angle == angle && p.SHA256 == kept.SHA256 }
			if slices.ContainsFunc(a.Photos, again) {
				continue
			}
			a.Photos = append(slices.Clone(a.Photos), inspection.Picture{File: kept.ID, Angle: angle, Captured: taken})
		}
		return nil
	}
	if f.Type == inspection.File {
		return keep("f."+f.Key, "", attachment.Document)
	}
	for n, angle := range f.Angles {
		if err := keep(fmt.Sprintf("p.%s.%d", f.Key, n), angle, attachment.Evidence); err != nil {
			return err
		}
	}
	return keep("p."+f.Key, "", attachment.Evidence)
}
