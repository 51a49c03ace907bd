package webhook

import (
	"errors"
	"fmt"
	"maps"
	"net/textproto"
	"slices"
	"strings"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/pattern"
)

// Limits of what an endpoint may ask for.
const (
	MaxEndpoints   = 100  // in a workspace
	MaxRate        = 1000 // deliveries per second
	maxDescription = 500  // characters
	maxPatterns    = 100
	maxHeaders     = 20
	maxHeaderName  = 100
	maxHeaderValue = 1000
)

// problems gathers what is wrong, so that a person hears of all of it at once.
type problems struct{ found []*fault.Error }

func (p *problems) add(field, code, format string, args ...any) {
	p.found = append(p.found, fault.New(fault.Invalid, code, format, args...).At(field))
}

// take adds a fault that someone else found; any other error is returned.
func (p *problems) take(err error, field string) error {
	f, ok := errors.AsType[*fault.Error](err)
	if err == nil || !ok || f.Kind != fault.Invalid {
		return err
	}
	if len(f.Fields) == 0 {
		f = f.At(field)
	}
	p.found = append(p.found, f)
	return nil
}

// err is the first problem, naming the fields of them all.
func (p *problems) err() error {
	if len(p.found) == 0 {
		return nil
	}
	all := *p.found[0]
	for _, f := range p.found[1:] {
		all.Fields = append(all.Fields, f.Fields...)
	}
	return &all
}

func (p *problems) text(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > maxDescription || !form.Line(s) {
		p.add("description", "webhook.description", "Use at most %d characters on one line.", maxDescription)
	}
	return s
}

func (p *problems) rate(n int) int {
	if n < 0 || n > MaxRate {
		p.add("rate_limit", "webhook.rate_limit", "Choose 1 to %d deliveries per second, or 0 for no limit.", MaxRate)
	}
	return n
}

// ownFamily is the pattern of custom events, of which there is no catalogue.
var ownFamily = pattern.New(`^custom(\.[a-z][a-z0-9_]*)*\.([a-z][a-z0-9_]*|\*)$`)

// patterns returns the patterns without repetitions.
func (p *problems) patterns(list []string, known []events.Listing) []string {
	if len(list) == 0 || len(list) > maxPatterns {
		p.add("events", "webhook.events", "Choose 1 to %d events; \"*\" chooses all.", maxPatterns)
		return nil
	}
	var kept []string
	for i, one := range list {
		if !choosable(one, known) {
			p.add(fmt.Sprintf("events[%d]", i), "webhook.events",
				"%q is no event here. Use a type of the catalogue (asset.updated), a category (asset.*), custom.*, or * for all.", clip(one, 60))
		}
		if !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}

func choosable(pattern string, known []events.Listing) bool {
	family, wild := strings.CutSuffix(pattern, "*")
	return pattern == "*" || len(pattern) <= 100 && ownFamily(pattern) ||
		slices.ContainsFunc(known, func(l events.Listing) bool {
			noun, _, _ := strings.Cut(l.Type, ".")
			return l.Type == pattern || wild && family == noun+"."
		})
}

// token is what may stand before the colon of a header.
var token = pattern.New("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// ours are the headers that Motorpool sets, or that would change what a request
// is. Families end in a hyphen.
var ours = []string{
	"accept-encoding", "connection", "content-", "cookie2", "date", "expect", "host", "http2-settings", "keep-alive",
	"proxy-", "sec-", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via", "webhook-",
}

// headers returns the headers under their canonical names.
func (p *problems) headers(list map[string]string) map[string]string {
	all := make(map[string]string, len(list))
	for _, name := range slices.Sorted(maps.Keys(list)) {
		canonical, value := textproto.CanonicalMIMEHeaderKey(name), list[name]
		field := "headers." + clip(name, 60)
		_, twice := all[canonical]
		switch {
		case len(name) > maxHeaderName || !token(name):
			p.add(field, "webhook.header", "A header's name has 1 to %d letters, digits and hyphens.", maxHeaderName)
		case reserved(strings.ToLower(name)):
			p.add(field, "webhook.header", "Motorpool sets this header itself, or it may not be set. Choose another name.")
		case twice:
			p.add(field, "webhook.header", "This header is there twice; upper and lower case make no difference.")
		case value == "" || len(value) > maxHeaderValue || !visible(value):
			p.add(field, "webhook.header", "A header's value has 1 to %d visible ASCII characters, with spaces only between them.", maxHeaderValue)
		}
		all[canonical] = value
	}
	if len(all) > maxHeaders {
		p.add("headers", "webhook.header", "An endpoint has at most %d headers.", maxHeaders)
	}
	return all
}

func reserved(name string) bool {
	return slices.ContainsFunc(ours, func(one string) bool {
		return name == one || strings.HasSuffix(one, "-") && strings.HasPrefix(name, one)
	})
}

func visible(value string) bool {
	for _, c := range []byte(value) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return strings.TrimSpace(value) == value
}

func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}
