package look

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// Token is a run of JSON of one kind: "k" key, "s" string, "n" number,
// "l" literal, empty for the rest.
type Token struct{ Kind, Text string }

// JSON shows a document indented and coloured if it is JSON, and as it is if it
// is not. Numbers and key order stay as written.
func JSON(id, label string, raw []byte) Code {
	var b bytes.Buffer
	if !utf8.Valid(raw) || json.Indent(&b, raw, "", "  ") != nil {
		return Code{ID: id, Label: label, Text: Printable(raw), Wrap: true}
	}
	shown := visible(b.String())
	return Code{ID: id, Label: label, Text: shown, Parts: tokens(shown)}
}

// visible writes the characters that reorder text as JSON's own escapes: in a
// document of JSON they can only stand in strings.
func visible(doc string) string {
	if !strings.ContainsFunc(doc, bidi) {
		return doc
	}
	var b strings.Builder
	for _, r := range doc {
		if bidi(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// maxColoured bounds the work a browser has with one document.
const maxColoured = 64 << 10

var lexeme = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|true|false|null`)
})

func tokens(s string) []Token {
	if len(s) > maxColoured {
		return []Token{{"", s}}
	}
	var out []Token
	end := 0
	for _, m := range lexeme().FindAllStringSubmatchIndex(s, -1) {
		if m[0] > end {
			out = append(out, Token{"", s[end:m[0]]})
		}
		out = append(out, Token{kindOf(s[m[0]:m[1]], m[2] >= 0), s[m[0]:m[1]]})
		end = m[1]
	}
	return append(out, Token{"", s[end:]})
}

func kindOf(lexeme string, key bool) string {
	switch c := lexeme[0]; {
	case key:
		return "k"
	case c == '"':
		return "s"
	case c == 't' || c == 'f' || c == 'n':
		return "l"
	}
	return "n"
}

// Printable shows bytes that may be anything: what is not text becomes �, so
// that a hostile body can neither hide nor act.
func Printable(raw []byte) string {
	clean := bytes.ToValidUTF8(raw, []byte("�"))
	return string(bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r >= 0x80 && r < 0xa0 || bidi(r) {
			return '�'
		}
		return r
	}, clean))
}

// bidi reports the characters that reorder text, with which a body could look
// like something else.
func bidi(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }
