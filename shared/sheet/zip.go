package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"motorpool/shared/fault"
)

const (
	maxParts = 2000    // files in an XLSX
	maxToken = 1 << 20 // bytes from one < to the next
	maxDepth = 64      // elements within each other
	small    = 1 << 20 // bytes up to which a part may be packed however well
)

// pack is an XLSX that has been found to be no larger than it may be.
type pack struct {
	parts  map[string]*zip.File // by lower-case name
	limits Limits
	spent  int64 // bytes unpacked so far
}

// unpack looks at what a ZIP says of itself. What it unpacks to is counted again
// while it is read.
func unpack(file []byte, l Limits) (*pack, error) {
	end := len(file) - 22 // the end of a ZIP without a comment
	if end < 0 || !bytes.HasPrefix(file[end:], []byte("PK\x05\x06")) || file[end+20] != 0 || file[end+21] != 0 {
		return nil, fault.New(fault.Invalid, "sheet.damaged", "The workbook is cut off, or has something else behind it. Save it again.")
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, damaged(err)
	}
	if len(z.File) > maxParts {
		return nil, bomb()
	}
	p := &pack{parts: map[string]*zip.File{}, limits: l}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
		if f.UncompressedSize64 > uint64(l.Unpacked) || total > uint64(l.Unpacked) ||
			f.UncompressedSize64 > small && f.UncompressedSize64/uint64(l.Ratio) > f.CompressedSize64 {
			return nil, bomb()
		}
		if f.Flags&1 != 0 {
			return nil, fault.New(fault.Invalid, "sheet.encrypted", "This workbook has a password. Save it without one.")
		}
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		if p.parts[name] != nil {
			return nil, fault.New(fault.Invalid, "sheet.damaged", "The workbook has two parts with the name %.50q. Save it again.", f.Name)
		}
		p.parts[name] = f
	}
	return p, nil
}

func damaged(err error) error {
	return fault.New(fault.Invalid, "sheet.damaged", "The workbook is damaged, or no workbook at all. Open it in a spreadsheet and save it again.").Because(err)
}

func bomb() error {
	return fault.New(fault.Invalid, "sheet.unpacked", "The workbook unpacks to more than we take. Keep only the sheet with the table, without formatting, or send it as CSV.")
}

// open returns a part's bytes, counted; nil if there is no such part.
func (p *pack) open(name string) (io.ReadCloser, error) {
	f := p.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return &counted{r, p, 0}, nil
}

// counted bounds what is unpacked of all parts together, and how much lies
// between two tags, which a parser has to hold in memory.
type counted struct {
	io.ReadCloser
	pack *pack
	gap  int
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	if c.pack.spent += int64(n); c.pack.spent > 2*c.pack.limits.Unpacked { // a sheet is read twice
		return 0, bomb()
	}
	first, last := bytes.IndexByte(b[:n], '<'), bytes.LastIndexByte(b[:n], '<')
	switch {
	case first < 0:
		c.gap += n
	case c.gap+first > maxToken:
		return 0, bomb()
	default:
		c.gap = n - last
	}
	if c.gap > maxToken {
		return 0, bomb()
	}
	return n, err
}

// tokens reads XML that has no document type and is not nested too deeply.
type tokens struct {
	xml   *xml.Decoder
	depth int
}

func tokensOf(r io.Reader) *tokens { return &tokens{xml: xml.NewDecoder(r)} }

// next returns the next token; io.EOF after the last.
func (t *tokens) next() (xml.Token, error) {
	tok, err := t.xml.Token()
	if err != nil {
		return nil, unread(err)
	}
	switch tok.(type) {
	case xml.Directive:
		return nil, fault.New(fault.Invalid, "sheet.damaged", "The workbook declares a document type, which no spreadsheet writes. Save it again.")
	case xml.StartElement:
		if t.depth++; t.depth > maxDepth {
			return nil, bomb()
		}
	case xml.EndElement:
		t.depth--
	}
	return tok, nil
}

// unread is err of a parser: the end, what we said ourselves, or damage.
func unread(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if said, ok := errors.AsType[*fault.Error](err); ok {
		return said
	}
	return damaged(err)
}

// each calls f with the start of every element of a part. A part that is not
// there has none.
func (p *pack) each(name string, f func(*tokens, xml.StartElement) error) error {
	r, err := p.open(name)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	t := tokensOf(r)
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := tok.(xml.StartElement); ok {
			if err := f(t, start); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// text gathers what an element says, until its end: the texts in elements named
// t, or all of it where whole says so. Phonetic hints are left out.
func (t *tokens) text(whole bool) (string, error) {
	var out strings.Builder
	hint, inside := 0, whole
	for depth := t.depth; ; {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return "", damaged(err)
		}
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if tok.Name.Local == "rPh" {
				hint = t.depth
			}
			inside = inside || tok.Name.Local == "t"
		case xml.CharData:
			if inside && hint == 0 {
				out.Write(tok)
			}
		case xml.EndElement:
			if t.depth < depth {
				return unescape(out.String()), nil
			}
			if hint > t.depth {
				hint = 0
			}
			inside = whole || inside && tok.Name.Local != "t"
		}
	}
}

// unescape resolves what OOXML writes for characters that XML cannot carry:
// _x000D_ (ECMA-376 22.9.2.19). What is no text is left out.
func unescape(s string) string {
	s = strings.ReplaceAll(s, "_x000D_", "\r")
	return strings.ReplaceAll(s, "_x005F_", "_")
}
