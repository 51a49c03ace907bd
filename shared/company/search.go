package company

import (
	"slices"
	"strings"
	"unicode"
)

const (
	maxSearched = 40 // characters of a name that count
	maxWords    = 4  // words of a name that it is found by
)

// plain is s as it is searched for: letters and digits only, upper case. It may
// be part of a key, because nothing in it can be mistaken for a separator.
func plain(s string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if n == maxSearched || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		n++
		return unicode.ToUpper(r)
	}, s)
}

// searchable is what a company is found by: its names from any of their first
// words on, its tax number and the addresses of its bills, each with its kind.
func (c *Company) searchable() (all []string) {
	add := func(text, kind string) {
		if text = plain(text); text != "" && !slices.Contains(all, text+"#"+kind) {
			all = append(all, text+"#"+kind)
		}
	}
	for _, name := range []string{c.TradingName, c.LegalName} {
		words := strings.Fields(name)
		for i := range words[:min(len(words), maxWords)] {
			add(strings.Join(words[i:], ""), "1")
		}
	}
	add(c.TaxNumber.Number, "2")
	for _, e := range c.BillingEmails {
		add(e, "3")
	}
	return all
}

// firstFound reports whether sk is the first of the entries by which the prefix
// finds c, so that a page has c once.
func (c *Company) firstFound(prefix, sk string) bool {
	first := ""
	for _, text := range c.searchable() {
		if k := text + "#" + c.ID; strings.HasPrefix(k, prefix) && (first == "" || k < first) {
			first = k
		}
	}
	return sk == first
}

// shared is what other companies may have too, if they are the same one.
func (c *Company) shared() (all []string) {
	if n := c.TaxNumber.Number; n != "" {
		all = append(all, "tax#"+plain(n))
	}
	for _, name := range unique([]string{plain(c.TradingName), plain(c.LegalName)}) {
		all = append(all, "name#"+name)
	}
	for _, e := range c.BillingEmails {
		all = append(all, "email#"+strings.ReplaceAll(e, "#", ""))
	}
	return all
}
