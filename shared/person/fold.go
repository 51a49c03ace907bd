package person

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const maxSearched = 40 // characters of a name, address or number that count

// plain is s as it is searched for and compared: letters and digits only, upper
// case, without accents. It may be part of a key, because nothing in it can be
// mistaken for a separator.
func plain(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n == maxSearched || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		n++
		return unicode.ToUpper(r)
	}, letters.Replace(norm.NFKD.String(s)))
}

// letters are those that people type otherwise and that do not come apart.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ı", "i")

// inOrder is where p comes in a list of names.
func (p *Person) inOrder() string {
	family, given := plain(p.FamilyName), plain(p.GivenName)
	if family+given == "" {
		return "~"
	}
	return family + "!" + given // before every letter: the shorter name comes first
}

// names are what p is found by when somebody knows their name.
func (p *Person) names() []string {
	preferred := ""
	if p.PreferredName != "" {
		preferred = plain(p.PreferredName + p.FamilyName)
	}
	return distinct(plain(p.FamilyName+p.GivenName), plain(p.GivenName+p.FamilyName), preferred)
}

// secrets are what p is found by when somebody may see what is personal.
func (p *Person) secrets() []string {
	if p.Mobile == "" {
		return distinct(plain(p.Email))
	}
	return distinct(plain(p.Email), plain(p.Mobile), plain(nationally(p.Mobile)))
}

func distinct(list ...string) (out []string) {
	seen := map[string]bool{"": true}
	for _, s := range list {
		if !seen[s] {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}
