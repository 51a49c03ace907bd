package attachment

import (
	"strings"
	"unicode"
)

const maxName = 100 // characters before the ending

// harmless is the name under which a file of this media type is saved: no path,
// nothing that ends a line, nothing that turns the direction of writing and so
// hides an ending, and the ending of what the file is.
func harmless(name, kind string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case strings.ContainsRune(`<>:"|?*;%`, r):
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if at := strings.LastIndexByte(name, '.'); at >= 0 && len(name)-at <= 6 {
		name = name[:at]
	}
	name = strings.Trim(name, " .")
	if cut := []rune(name); len(cut) > maxName {
		name = strings.TrimRight(string(cut[:maxName]), " .")
	}
	if name == "" {
		name = "file"
	}
	return name + endings[kind]
}
