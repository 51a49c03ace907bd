package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/fault"
)

// xlsxRows reads the rows of a sheet, one after the other.
type xlsxRows struct {
	book   *workbook
	tokens *tokens
	close  io.Closer
	at     int // number of the row read last
}

// survey looks over the sheet once without taking it apart, which is fast and
// needs no memory: a table that is far too long is refused with its number, and
// a header of merged cells by its place.
func (w *workbook) survey() error {
	r, err := w.open(w.sheet)
	if err != nil {
		return err
	}
	defer r.Close()
	var (
		buf                 = make([]byte, 64<<10)
		kept, lines, values int
	)
	for {
		n, err := io.ReadFull(r, buf[kept:])
		window := buf[:kept+n]
		last := err != nil
		cut := len(window)
		if !last {
			cut = max(bytes.LastIndexByte(window, '<'), 0)
		}
		lines += bytes.Count(window[:cut], []byte("<row ")) + bytes.Count(window[:cut], []byte("<row>"))
		values += bytes.Count(window[:cut], []byte("<v>")) + bytes.Count(window[:cut], []byte("<is>"))
		if wrong := merged(window[:cut]); wrong != nil {
			return wrong
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return unread(err)
		}
		if kept = copy(buf, window[cut:]); kept == len(buf) {
			kept = 0 // a tag longer than this is no row
		}
	}
	if lines-1 > w.limits.Rows && values-1 > w.limits.Rows {
		return fault.New(fault.Invalid, "sheet.rows", "The sheet has %d rows; %d are the most. Split it.", lines-1, w.limits.Rows)
	}
	return nil
}

// merged refuses merged cells in the first row: which column has which name
// could not be told.
func merged(window []byte) error {
	for {
		at := bytes.Index(window, []byte("<mergeCell "))
		if at < 0 {
			return nil
		}
		window = window[at:]
		tag, _, _ := bytes.Cut(window, []byte(">"))
		_, ref, _ := bytes.Cut(tag, []byte(`ref="`))
		ref, _, _ = bytes.Cut(ref, []byte(`"`))
		from, to, ok := strings.Cut(string(ref), ":")
		if first, row := place(from); ok && row == 1 {
			if last, _ := place(to); last > first {
				return fault.New(fault.Invalid, "sheet.merged", "The cells %s of the header are merged. Give each column its own name.", ref)
			}
		}
		window = window[1:]
	}
}

// place reads "C12": column 2, row 12; -1 for what is no place.
func place(ref string) (column, row int) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	if err != nil || i == 0 || column > 16384 || row < 1 || row > 1<<20 {
		return -1, -1
	}
	return column - 1, row
}

func (x *xlsxRows) next() (Row, error) {
	for {
		tok, err := x.tokens.next()
		if err != nil {
			return Row{}, errors.Join(err, x.closed(err))
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "row" {
			return x.row(e)
		}
	}
}

// closed closes the sheet at its end.
func (x *xlsxRows) closed(err error) error {
	if errors.Is(err, io.EOF) && x.close != nil {
		err, x.close = x.close.Close(), nil
		return err
	}
	return nil
}

func (x *xlsxRows) row(e xml.StartElement) (Row, error) {
	x.at++
	if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= x.at && n <= 1<<20 {
		x.at = n
	}
	r, column := Row{Number: x.at}, -1
	for {
		tok, err := x.tokens.next()
		if errors.Is(err, io.EOF) {
			return r, damaged(err)
		}
		if err != nil {
			return r, err
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			if tok.Name.Local == "row" {
				return r, nil
			}
		case xml.StartElement:
			if tok.Name.Local != "c" {
				continue
			}
			column++
			if at, _ := place(attr(tok, "r")); at >= column {
				column = at
			}
			if err := x.cell(&r, column, tok); err != nil {
				return r, err
			}
		}
	}
}

// cell reads one cell into r.
func (x *xlsxRows) cell(r *Row, column int, e xml.StartElement) error {
	value, formula, err := x.content()
	if err != nil {
		return err
	}
	text, wrong := x.shown(e, value)
	if formula && value == "" && attr(e, "t") != "str" {
		wrong = "The formula has no value. Open the workbook in a spreadsheet, let it compute, and save it."
	}
	if column >= x.book.limits.Columns {
		if text != "" || wrong != "" {
			r.mark(column, "The row has a cell beyond the last column that we read.")
		}
		return nil
	}
	if wrong != "" {
		r.mark(column, wrong)
	}
	if text == "" {
		return nil
	}
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, "")
	}
	r.Cells[column] = text
	return nil
}

// content is what a cell holds: its value, and whether a formula made it.
func (x *xlsxRows) content() (value string, formula bool, err error) {
	for depth := x.tokens.depth; ; {
		tok, err := x.tokens.next()
		if errors.Is(err, io.EOF) {
			return "", false, damaged(err)
		}
		if err != nil {
			return "", false, err
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			if x.tokens.depth < depth {
				return value, formula, nil
			}
		case xml.StartElement:
			switch tok.Name.Local {
			case "v":
				value, err = x.tokens.text(true)
			case "is":
				value, err = x.tokens.text(false)
			case "f":
				formula = true
			}
			if err != nil {
				return "", false, err
			}
		}
	}
}

// shown is a cell as text, or what is wrong with it.
func (x *xlsxRows) shown(e xml.StartElement, value string) (text, wrong string) {
	switch attr(e, "t") {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(x.book.shared) {
			return "", "The cell refers to a text that the workbook does not have. Save the workbook again."
		}
		return x.book.shared[n], ""
	case "b":
		return map[string]string{"1": "true", "0": "false"}[value], ""
	case "e":
		return "", "The cell shows the error " + value + ". Correct its formula."
	case "str", "inlineStr", "d":
		return value, ""
	}
	if value == "" {
		return "", ""
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return "", "This is not a number that we can read."
	}
	style, _ := strconv.Atoi(attr(e, "s"))
	if style >= 0 && style < len(x.book.dates) && x.book.dates[style] {
		return day(f, x.book.late)
	}
	return decimal(f)
}

// decimal writes a number as people do. A spreadsheet keeps 15 digits, and shows
// no more of what lies behind them.
func decimal(f float64) (text, wrong string) {
	if math.Abs(f) >= 1e15 {
		return "", "The spreadsheet has kept only 15 digits of this number. Format the column as text and enter it again."
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', 14, 64), 64)
	if err != nil {
		return "", "This is not a number that we can read."
	}
	return strconv.FormatFloat(short, 'f', -1, 64), ""
}

// day writes a count of days as 2026-03-01, with the time of day if it has one.
// Excel believes in 29 February 1900, which is day 60.
func day(f float64, late bool) (text, wrong string) {
	if f < 0 || f > 2_958_465 {
		return "", "This is no day of a calendar."
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case late:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case f < 60:
		start = start.AddDate(0, 0, 1)
	}
	whole := math.Floor(f)
	at := start.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round((f-whole)*86400)) * time.Second)
	if at.Hour()+at.Minute()+at.Second() == 0 {
		return at.Format("2006-01-02"), ""
	}
	return at.Format("2006-01-02T15:04:05"), ""
}
