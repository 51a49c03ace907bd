// Package sheet reads the tables that people send, CSV and XLSX, and writes CSV
// that no spreadsheet mistakes for formulas.
//
// What is read comes row by row, as text: a formula is its value, a date is
// 2026-03-01, a number has no exponent. What is not a table, or is more than the
// limits allow, is refused with a fault that names the line and says what would
// be right; nothing that a file says of itself is believed before it is counted.
// Nothing is ever fetched, run or expanded for a file's sake: links to other
// files, macros and entities are not followed.
//
// What the columns mean is left to whoever asks.
package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"motorpool/shared/fault"
)

// Limits bound what is read. They are published in the docs of imports.
type Limits struct {
	Bytes    int   // of the file
	Rows     int   // without the header and empty rows
	Columns  int   // of the header
	RowBytes int   // of all cells of a row
	Unpacked int64 // bytes of all that is unpacked of an XLSX
	Ratio    int64 // how many times larger a packed part may become
	Strings  int   // bytes of all texts that the cells of an XLSX share
}

// Usual are the limits of imports.
var Usual = Limits{
	Bytes: 20 << 20, Rows: 50_000, Columns: 200, RowBytes: 64 << 10,
	Unpacked: 300 << 20, Ratio: 200, Strings: 64 << 20,
}

// Row is one row of a table.
type Row struct {
	Number int            // as a spreadsheet or an editor counts: the header has 1, or more
	Cells  []string       // as many as the header has
	Wrong  map[int]string // by column: what cannot be read, in words for people
}

// Table is a file that has been recognised. It is read once, from the first row
// to the last, and is not safe for concurrent use.
type Table struct {
	Format  string   // "csv" or "xlsx"
	Comma   string   // what parts the columns of a CSV
	Header  []string // trimmed, each different; empty for a column without a name
	Ignored []string // sheets that are not read
	limits  Limits
	rows    rows
	given   int
}

// rows is what each format has to offer.
type rows interface {
	// next returns the next row, of any length; io.EOF after the last.
	next() (Row, error)
}

// Open recognises a file and reads its header.
func Open(file []byte, l Limits) (*Table, error) {
	if len(file) > l.Bytes {
		return nil, fault.New(fault.TooLarge, "sheet.too_large", "The file has %d bytes; %d are the most. Split it.", len(file), l.Bytes)
	}
	t := &Table{limits: l}
	var err error
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		t.Format = "xlsx"
		t.rows, t.Ignored, err = openXLSX(file, l)
	} else if err = foreign(file); err == nil {
		t.Format = "csv"
		t.rows, t.Comma, err = openCSV(file, l)
	}
	if err != nil {
		return nil, err
	}
	return t, t.head()
}

// head reads the first row that is not empty.
func (t *Table) head() error {
	for {
		r, err := t.rows.next()
		if errors.Is(err, io.EOF) {
			return fault.New(fault.Invalid, "sheet.empty", "The file is empty. Its first row has to name the columns.")
		}
		if err != nil {
			return err
		}
		if !blank(r.Cells) {
			return t.name(r)
		}
	}
}

// name takes the header from r.
func (t *Table) name(r Row) error {
	for len(r.Cells) > 0 && strings.TrimSpace(r.Cells[len(r.Cells)-1]) == "" {
		r.Cells = r.Cells[:len(r.Cells)-1]
	}
	for n := range r.Wrong {
		if n >= t.limits.Columns {
			return fault.New(fault.Invalid, "sheet.columns", "The header in row %d reaches to column %s; %d columns are the most. Leave out those that are not needed.", r.Number, Letter(n), t.limits.Columns)
		}
	}
	if len(r.Cells) > t.limits.Columns {
		return fault.New(fault.Invalid, "sheet.columns", "The header in row %d has %d columns; %d are the most. Leave out those that are not needed.", r.Number, len(r.Cells), t.limits.Columns)
	}
	seen := map[string]int{}
	for i, h := range r.Cells {
		h = strings.Join(strings.Fields(h), " ")
		if len(h) > 200 {
			return fault.New(fault.Invalid, "sheet.header", "The name of column %s in row %d is longer than 200 bytes. The first row has to name the columns.", Letter(i), r.Number)
		}
		r.Cells[i] = h
		if h == "" {
			continue
		}
		key := strings.ToLower(h)
		if first, twice := seen[key]; twice {
			return fault.New(fault.Invalid, "sheet.header_twice", "Columns %s and %s have the same name, %q. Give each its own.", Letter(first), Letter(i), h)
		}
		seen[key] = i
	}
	t.Header = append([]string(nil), r.Cells...)
	return nil
}

// Next returns the next row that is not empty, with as many cells as the header
// has; io.EOF after the last. A row with more cells than the header is wrong.
func (t *Table) Next() (Row, error) {
	for {
		r, err := t.rows.next()
		if err != nil {
			return Row{}, err
		}
		if blank(r.Cells) && len(r.Wrong) == 0 {
			continue
		}
		if t.given++; t.given > t.limits.Rows {
			return Row{}, tooMany(t.given, t.limits)
		}
		size := 0
		for i, c := range r.Cells {
			if r.Cells[i] = plain(c); i >= len(t.Header) && strings.TrimSpace(c) != "" {
				r.mark(i, "The row has more cells than the header; this one has no name. Put text that contains the delimiter in quotes.")
			}
			size += len(c)
		}
		if size > t.limits.RowBytes {
			return Row{}, fault.New(fault.Invalid, "sheet.row", "Row %d has %d bytes; %d are the most. Perhaps a quotation mark before it is never closed.", r.Number, size, t.limits.RowBytes)
		}
		for len(r.Cells) < len(t.Header) {
			r.Cells = append(r.Cells, "")
		}
		r.Cells = r.Cells[:len(t.Header)]
		return r, nil
	}
}

func (r *Row) mark(column int, reason string) {
	if r.Wrong == nil {
		r.Wrong = map[int]string{}
	}
	r.Wrong[column] = reason
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

func tooMany(n int, l Limits) error {
	return fault.New(fault.Invalid, "sheet.rows", "The file has %d rows or more; %d are the most. Split it.", n, l.Rows)
}

// Letter is what spreadsheets call the column: A, B, …, Z, AA.
func Letter(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
