package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"

	"motorpool/shared/pattern"
)

// BOM before a CSV makes Excel read it as UTF-8.
const BOM = "\ufeff"

// signs begin what a spreadsheet takes for a formula; the wide ones are what some
// of them take for the narrow ones. https://owasp.org/www-community/attacks/CSV_Injection
const signs = "=+-@\t\r\n＝＋－＠"

var numeric = pattern.New(`^-?[0-9]+([.,][0-9]+)?$`)

// Writer writes CSV as RFC 4180 has it, harmless to open.
type Writer struct{ csv *csv.Writer }

// NewWriter writes to w, from the header on.
func NewWriter(w io.Writer) *Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return &Writer{c}
}

// Write writes one row. Cells that a spreadsheet would take for formulas get an
// apostrophe before them, as Safe says.
func (w *Writer) Write(cells []string) error {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = Safe(c)
	}
	return w.csv.Write(safe)
}

// Flush writes what is held back, and returns the first error there was.
func (w *Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// Safe is s with an apostrophe before it if a spreadsheet would take it for a
// formula. Numbers are left alone.
func Safe(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || !strings.ContainsRune(signs, first) && !(first == '\'' && len(s) > 1 && dangerous(s[1:])) || numeric(s) {
		return s
	}
	return "'" + s
}

func dangerous(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(signs, first) || first == '\'' && dangerous(s[1:])
}

// plain takes off what Safe puts on, so that what we wrote reads as it was.
func plain(s string) string {
	if len(s) > 1 && s[0] == '\'' && dangerous(s[1:]) && Safe(s[1:]) == s {
		return s[1:]
	}
	return s
}
