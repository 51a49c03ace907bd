package attachment

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// sniff says what bytes are, whatever they are called; empty if they are nothing
// that we know. It looks at the very first byte: what begins elsewhere may be
// two things at once.
func sniff(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return WebP
	case len(b) >= 12 && string(b[4:8]) == "ftyp" && slices.Contains(heicBrands, string(b[8:12])):
		return HEIC
	case bytes.HasPrefix(b, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return zipped(b)
	case isTable(b):
		return CSV
	}
	return ""
}

// heicBrands are those of ISO/IEC 23008-12 for pictures coded as HEVC, and the
// two for which a decoder has to look further.
var heicBrands = []string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}

// zipped tells a workbook from another archive. One with macros is not a
// workbook that we take.
func zipped(b []byte) string {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return ""
	}
	has := func(name string) bool {
		return slices.ContainsFunc(r.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, name) })
	}
	if has("[Content_Types].xml") && has("xl/workbook.xml") && !has("xl/vbaProject.bin") {
		return XLSX
	}
	return ZIP
}

// isTable reports whether b may be a table in text: UTF-8, UTF-16 with its mark,
// or a code page of bytes, and no page of a browser.
func isTable(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return len(b)%2 == 0
	}
	head := b[:min(len(b), headBytes)]
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			return false
		}
	}
	return !bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("<"))
}

// headBytes is where readers look for what a file is: PDF readers accept their
// mark anywhere in the first 1,024 bytes, browsers guess from 1,445.
const headBytes = 2048

// pageMarks begin what a browser would run or draw.
var pageMarks = []string{"<html", "<script", "<!doctype", "<svg", "<iframe", "<body", "<?php", "<img"}

// alsoReadAs says as what else a file would be read by a program that looks for
// it elsewhere than at the first byte; empty if by none. It is asked of what is
// kept as it came; what is drawn anew is one thing only.
func alsoReadAs(b []byte, kind string) string {
	head := b[:min(len(b), headBytes)]
	if kind != PDF && bytes.Contains(head, []byte("%PDF-")) {
		return "a PDF"
	}
	lower := strings.ToLower(string(head))
	for _, mark := range pageMarks {
		if kind != CSV && strings.Contains(lower, mark) {
			return "a web page"
		}
	}
	if kind != XLSX && kind != ZIP {
		if r, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil && len(r.File) > 0 {
			return "an archive"
		}
	}
	return ""
}

// wholePDF reports whether a PDF has its end: a reader finds nothing in it without.
func wholePDF(b []byte) bool {
	tail := b[max(0, len(b)-2048):]
	return bytes.Contains(tail, []byte("%%EOF")) && bytes.Contains(tail, []byte("startxref"))
}

// isText reports whether s can be shown.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
