package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible are the format characters (Unicode's category Cf) that are seen or do
// something that their script needs: signs of numbers and verses in Arabic, Syriac
// and Kaithi script, which enclose what follows.
var visible = &unicode.RangeTable{
	R16: []unicode.Range16{{0x0600, 0x0605, 1}, {0x06DD, 0x06DD, 1}, {0x070F, 0x070F, 1}, {0x0890, 0x0891, 1}, {0x08E2, 0x08E2, 1}},
	R32: []unicode.Range32{{0x110BD, 0x110BD, 1}, {0x110CD, 0x110CD, 1}},
}

// blank are letters and symbols that show nothing at all.
var blank = &unicode.RangeTable{R16: []unicode.Range16{{0x115F, 0x1160, 1}, {0x2800, 0x2800, 1}, {0x3164, 0x3164, 1}, {0xFFA0, 0xFFA0, 1}}}

// Hides reports whether s has a character that cannot be seen and changes what
// is: one that turns the direction of writing ("evil" shown as "live"), ends a
// line, or makes two texts differ that look alike. ZWJ and ZWNJ, which Persian,
// Indian scripts and emoji need, are none where they join what is before them.
func Hides(s string) bool {
	last := ' '
	for _, r := range s {
		switch {
		case r == '\u200c' || r == '\u200d':
			if unicode.IsSpace(last) || unicode.IsControl(last) || last == '\u200c' || last == '\u200d' {
				return true
			}
		case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, blank) && !unicode.Is(visible, r):
			return true
		}
		last = r
	}
	return false
}

// Line reports whether s is one line that shows all that is in it.
func Line(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) && !Hides(s)
}

// Lines is Line for a text that may have line breaks and tabs.
func Lines(s string) bool {
	return Line(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, s)) && utf8.ValidString(s)
}
