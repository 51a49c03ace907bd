package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"motorpool/shared/fault"
)

// commas are what may part columns, the usual one first.
const commas = ",;\t|"

// csvRows reads CSV as RFC 4180 has it.
type csvRows struct {
	csv  *csv.Reader
	from int // lines before what csv reads
}

func openCSV(file []byte, l Limits) (rows, string, error) {
	text, err := decode(file)
	if err != nil {
		return nil, "", err
	}
	// Counting lines is fast and needs no memory, so that a file that is far too
	// long is refused at once and with its number. Lines within quotes may make
	// it look longer than it is: that is given the benefit of the doubt here,
	// and counted by rows while reading.
	if n := bytes.Count(text, []byte("\n")); n > l.Rows && bytes.IndexByte(text, '"') < 0 {
		if text[len(text)-1] != '\n' {
			n++
		}
		if n -= 1; n > l.Rows {
			return nil, "", fault.New(fault.Invalid, "sheet.rows", "The file has %d rows; %d are the most. Split it.", n, l.Rows)
		}
	}
	from := 0
	comma, rest, said := declared(text)
	if said {
		text, from = rest, 1
	} else {
		comma = parted(text)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = rune(comma), -1, false
	return &csvRows{r, from}, string(comma), nil
}

// declared reads Excel's "sep=;" line.
func declared(text []byte) (comma byte, rest []byte, ok bool) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) != 5 || !strings.EqualFold(string(line[:4]), "sep=") || strings.IndexByte(commas, line[4]) < 0 {
		return 0, nil, false
	}
	return line[4], rest, true
}

// parted is what parts the columns of the first line that has anything in it:
// what is there most often outside of quotes.
func parted(text []byte) byte {
	count, quoted, any := map[byte]int{}, false, false
	for _, b := range text {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n' && any:
			return most(count)
		case strings.IndexByte(commas, b) >= 0:
			count[b]++
		}
		any = any || b > ' '
	}
	return most(count)
}

func most(count map[byte]int) byte {
	best := commas[0]
	for i := range len(commas) {
		if count[commas[i]] > count[best] {
			best = commas[i]
		}
	}
	return best
}

func (c *csvRows) next() (Row, error) {
	cells, err := c.csv.Read()
	if errors.Is(err, io.EOF) {
		return Row{}, io.EOF
	}
	if err != nil {
		return Row{}, c.explain(err)
	}
	line, _ := c.csv.FieldPos(0)
	return Row{Number: line + c.from, Cells: cells}, nil
}

func (c *csvRows) explain(err error) error {
	wrong, ok := errors.AsType[*csv.ParseError](err)
	switch {
	case !ok:
		return err
	case errors.Is(err, csv.ErrBareQuote):
		return fault.New(fault.Invalid, "sheet.quotes", "Line %d has a quotation mark inside a cell that does not begin with one. Put the cell in quotation marks and double those inside it.", wrong.Line+c.from).Because(err)
	default:
		return fault.New(fault.Invalid, "sheet.quotes", "The quotation mark that opens a cell in line %d is not closed where the cell ends. Double quotation marks inside a cell, and close each.", wrong.StartLine+c.from).Because(err)
	}
}
