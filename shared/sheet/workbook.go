package sheet

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"motorpool/shared/fault"
)

const maxStrings = 1_000_000 // texts that cells share

// workbook is what has to be known of an XLSX before its first sheet is read.
type workbook struct {
	*pack
	sheet   string // the part of the first sheet that is shown
	ignored []string
	late    bool // days are counted from 1904
	shared  []string
	dates   []bool // by cell format: it shows days

	sharedAt, stylesAt string // the parts with both
}

func openXLSX(file []byte, l Limits) (rows, []string, error) {
	p, err := unpack(file, l)
	if err != nil {
		return nil, nil, err
	}
	for name := range p.parts {
		if strings.HasSuffix(name, "vbaproject.bin") {
			return nil, nil, fault.New(fault.Invalid, "sheet.macros", "This workbook has macros. Save it as .xlsx, without them.")
		}
	}
	w := &workbook{pack: p}
	for _, read := range []func() error{w.book, w.strings, w.styles} {
		if err := read(); err != nil {
			return nil, nil, err
		}
	}
	if err := w.survey(); err != nil {
		return nil, nil, err
	}
	r, err := p.open(w.sheet)
	if err != nil {
		return nil, nil, err
	}
	return &xlsxRows{book: w, tokens: tokensOf(r), close: r}, w.ignored, nil
}

// related lists what a part refers to, by id; nothing outside of the workbook.
func (p *pack) related(part string) (map[string]string, map[string]string, error) {
	byID, byType := map[string]string{}, map[string]string{}
	dir, base := path.Split(part)
	err := p.each(dir+"_rels/"+base+".rels", func(_ *tokens, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		to := attr(e, "Target")
		if !strings.HasPrefix(to, "/") {
			to = dir + to
		}
		to = strings.TrimPrefix(path.Clean("/"+to), "/")
		byID[attr(e, "Id")] = to
		byType[path.Base(attr(e, "Type"))] = to
		return nil
	})
	return byID, byType, err
}

// book finds the first sheet that people see.
func (w *workbook) book() error {
	_, top, err := w.related("")
	if err != nil {
		return err
	}
	main := top["officeDocument"]
	if w.parts[strings.ToLower(main)] == nil {
		return fault.New(fault.Invalid, "sheet.foreign", "This ZIP file is no workbook. Send a CSV or an XLSX; if one is inside, unpack it first.")
	}
	byID, byType, err := w.related(main)
	if err != nil {
		return err
	}
	err = w.each(main, func(_ *tokens, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.late = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case "sheet":
			part := byID[attr(e, "id")]
			switch {
			case attr(e, "state") == "hidden" || attr(e, "state") == "veryHidden" || strings.Contains(part, "chartsheets/"):
			case w.sheet == "":
				w.sheet = part
			default:
				w.ignored = append(w.ignored, attr(e, "name"))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if w.parts[strings.ToLower(w.sheet)] == nil {
		return fault.New(fault.Invalid, "sheet.foreign", "This file has no sheet that is shown. Send a CSV or an XLSX with the table in its first sheet.")
	}
	w.sharedAt, w.stylesAt = byType["sharedStrings"], byType["styles"]
	return nil
}

// strings reads the texts that cells share.
func (w *workbook) strings() error {
	size := 0
	return w.each(w.sharedAt, func(t *tokens, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := t.text(false)
		if size += len(s); err == nil && (size > w.limits.Strings || len(w.shared) == maxStrings) {
			err = bomb()
		}
		w.shared = append(w.shared, s)
		return err
	})
}

// styles finds out which formats show days: a number is a day only by its format.
func (w *workbook) styles() error {
	custom, within := map[int]bool{}, false
	return w.each(w.stylesAt, func(t *tokens, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				custom[id] = showsDays(attr(e, "formatCode"))
			}
		case "cellXfs":
			within = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			within = false
		case "xf":
			if !within {
				return nil
			}
			id, _ := strconv.Atoi(attr(e, "numFmtId")) // without one: the general format, which is 0
			said, ok := custom[id]
			w.dates = append(w.dates, ok && said || !ok && (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58))
			if len(w.dates) > 100_000 {
				return bomb()
			}
		}
		return nil
	})
}

// showsDays reports whether a format code has days, months, years or hours in
// it, outside of quotes, brackets and escapes.
func showsDays(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return false
			}
			i += end + 1
		case 'd', 'D', 'm', 'M', 'y', 'Y', 'h', 'H':
			return true
		}
	}
	return false
}
