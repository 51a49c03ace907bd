package sheet

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"motorpool/shared/fault"
)

// magics are the first bytes of what is no table, and what to do instead.
var magics = []struct{ begins, code, advice string }{
	{"%PDF", "sheet.foreign", "This is a PDF. Export the table as CSV or XLSX."},
	{"\x89PNG", "sheet.foreign", "This is a picture. Export the table as CSV or XLSX."},
	{"\xff\xd8\xff", "sheet.foreign", "This is a picture. Export the table as CSV or XLSX."},
	{"GIF8", "sheet.foreign", "This is a picture. Export the table as CSV or XLSX."},
	{"\x1f\x8b", "sheet.foreign", "This file is packed with gzip. Send what is in it."},
	{"7z\xbc\xaf", "sheet.foreign", "This file is packed with 7-Zip. Send what is in it."},
	{"Rar!", "sheet.foreign", "This file is packed with RAR. Send what is in it."},
	{"PK\x05\x06", "sheet.foreign", "This is an empty ZIP file. Send a CSV or an XLSX."},
	{"MZ", "sheet.foreign", "This is a program. Send a CSV or an XLSX."},
	{"\x7fELF", "sheet.foreign", "This is a program. Send a CSV or an XLSX."},
	{"{\\rtf", "sheet.foreign", "This is a text document. Export the table as CSV or XLSX."},
}

var compound = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// foreign refuses what is plainly no CSV.
func foreign(file []byte) error {
	if bytes.HasPrefix(file, compound) {
		if bytes.Contains(file, utf16le("EncryptedPackage")) {
			return fault.New(fault.Invalid, "sheet.encrypted", "This workbook has a password. Save it without one.")
		}
		return fault.New(fault.Invalid, "sheet.old", "This is a workbook of Excel 97 to 2003 (.xls). Save it as .xlsx or CSV.")
	}
	for _, m := range magics {
		if bytes.HasPrefix(file, []byte(m.begins)) {
			return fault.New(fault.Invalid, m.code, "%s", m.advice)
		}
	}
	start := bytes.ToLower(bytes.TrimLeft(file[:min(len(file), 512)], "\xef\xbb\xbf \t\r\n"))
	for _, mark := range []string{"<!doctype", "<html", "<?xml", "<table", "<svg", "<script"} {
		if bytes.HasPrefix(start, []byte(mark)) {
			return fault.New(fault.Invalid, "sheet.foreign", "This is a web page or XML, whatever its name says. Save it as .xlsx or CSV.")
		}
	}
	return nil
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// decode returns the file in UTF-8, without a byte order mark. UTF-16 is
// recognised with one and without; what is neither is refused with its line.
func decode(file []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(file, []byte("\x00\x00\xfe\xff")), bytes.HasPrefix(file, []byte("\xff\xfe\x00\x00")):
		return nil, fault.New(fault.Invalid, "sheet.encoding", "The file is in UTF-32. Save it as CSV UTF-8.")
	case bytes.HasPrefix(file, []byte("\xff\xfe")):
		return wide(file[2:], binary.LittleEndian)
	case bytes.HasPrefix(file, []byte("\xfe\xff")):
		return wide(file[2:], binary.BigEndian)
	}
	if order := unmarked(file); order != nil {
		return wide(file, order)
	}
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	return file, legible(file)
}

// unmarked recognises UTF-16 without a mark by where its zero bytes are: text
// of which most is ASCII has one in every pair, always on the same side.
func unmarked(file []byte) binary.ByteOrder {
	sample := file[:min(len(file), 1024)&^1]
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(sample) / 2
	switch {
	case pairs < 2:
		return nil
	case zeros[0] == 0 && zeros[1]*2 > pairs:
		return binary.LittleEndian
	case zeros[1] == 0 && zeros[0]*2 > pairs:
		return binary.BigEndian
	}
	return nil
}

func wide(file []byte, order binary.ByteOrder) ([]byte, error) {
	if len(file)%2 == 1 {
		return nil, fault.New(fault.Invalid, "sheet.encoding", "The file is in UTF-16 and ends in the middle of a character. Send it whole.")
	}
	out, line := make([]byte, 0, len(file)/2), 1
	for i := 0; i < len(file); i += 2 {
		r := rune(order.Uint16(file[i:]))
		if utf16.IsSurrogate(r) {
			pair := utf8.RuneError
			if i+4 <= len(file) {
				pair = utf16.DecodeRune(r, rune(order.Uint16(file[i+2:])))
			}
			if pair == utf8.RuneError {
				return nil, fault.New(fault.Invalid, "sheet.encoding", "Line %d has half a character of UTF-16. Save the file as CSV UTF-8.", line)
			}
			r, i = pair, i+2
		}
		if r == 0 {
			return nil, nul(line)
		}
		if r == '\n' {
			line++
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}

// legible refuses what is not UTF-8, and NUL bytes, by their line.
func legible(file []byte) error {
	if at := bytes.IndexByte(file, 0); at >= 0 {
		return nul(1 + bytes.Count(file[:at], []byte("\n")))
	}
	if utf8.Valid(file) {
		return nil
	}
	line, column := 1, 1
	for rest := file; ; column++ {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			return fault.New(fault.Invalid, "sheet.encoding",
				"Line %d is not in UTF-8: its character %d is the byte 0x%02X. Save the file as \"CSV UTF-8\", or send the workbook itself (.xlsx).", line, column, rest[0])
		}
		if rest = rest[n:]; r == '\n' {
			line, column = line+1, 0
		}
	}
}

func nul(line int) error {
	return fault.New(fault.Invalid, "sheet.nul", "Line %d has a NUL byte, so this is not a CSV, or a damaged one. Export it again.", line)
}
