package egress

import (
	"net/netip"
	"net/url"
	"path"
	"strconv"
	"strings"

	"motorpool/shared/fault"
)

// CheckURL reports what is wrong with a URL that somebody wants webhooks sent
// to, before any name is resolved. live workspaces take https only. It returns
// fault.Invalid with code "webhook.url"; the check when dialling is the one that
// counts.
func CheckURL(raw string, live bool) error { return (&Client{}).CheckURL(raw, live) }

// CheckURL is CheckURL with the exceptions of this client: our own inboxes and,
// where they are allowed at all, private targets may be plain http.
func (c *Client) CheckURL(raw string, live bool) error {
	u, err := parse(raw)
	if err != nil {
		return err
	}
	if c.isOwn(u) {
		return nil
	}
	private := isPrivateHost(u.Hostname())
	switch {
	case private && !c.options.AllowPrivate:
		return refuse("This address is not on the public internet. Give one that is reachable from everywhere.")
	case live && u.Scheme != "https" && !private:
		return refuse("A live workspace sends webhooks over https only. Give an https address.")
	}
	return nil
}

// parse reads a URL and applies every rule that concerns its form alone.
func parse(raw string) (*url.URL, error) {
	switch {
	case raw == "":
		return nil, refuse("Give the address that webhooks are sent to, for example https://example.com/webhooks.")
	case len(raw) > MaxURL:
		return nil, refuse("A URL has at most %d characters; this one has %d.", MaxURL, len(raw))
	case strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }):
		return nil, refuse("A URL has no spaces, line breaks, control characters or backslashes.")
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, refuse("This is not a URL. Give one like https://example.com/webhooks.")
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, refuse("A URL begins with https:// (or, in a test workspace, http://).")
	case u.Opaque != "" || u.Host == "":
		return nil, refuse("The URL has no host. Give one like https://example.com/webhooks.")
	case u.User != nil:
		return nil, refuse("A URL has no user name or password. Put credentials into a custom header.")
	case strings.Contains(raw, "#"):
		return nil, refuse("A URL has no fragment: leave out # and what follows.")
	}
	if err := checkPort(u); err != nil {
		return nil, err
	}
	return u, checkHost(u)
}

func checkPort(u *url.URL) error {
	p := u.Port()
	if p == "" {
		if strings.HasSuffix(u.Host, ":") {
			return refuse("The URL has a colon but no port after it.")
		}
		return nil
	}
	n, err := strconv.ParseUint(p, 10, 16)
	if err != nil || strconv.FormatUint(n, 10) != p || !allowedPort(uint16(n)) {
		return refuse("The port is 80, 443 or one from 1024 to 65535.")
	}
	return nil
}

// checkHost accepts a DNS name, a dotted IPv4 address or an IPv6 address in
// brackets, each in its one usual spelling. The others (decimal, octal, hex,
// short, full-width) exist to be read differently by two programs.
func checkHost(u *url.URL) error {
	host := u.Hostname()
	if strings.HasPrefix(u.Host, "[") {
		a, err := netip.ParseAddr(host)
		switch {
		case err != nil:
			return refuse("What is in the brackets is not an IPv6 address.")
		case a.Zone() != "":
			return refuse("An IPv6 address here has no zone: leave out %% and what follows.")
		}
		return nil
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	if strings.HasSuffix(host, ".") {
		return refuse("The host ends with a dot. Leave it out.")
	}
	if len(host) > 253 {
		return refuse("A host name has at most 253 characters.")
	}
	labels := strings.Split(host, ".")
	for _, l := range labels {
		if !isLabel(l) {
			return refuse("The host name %q is not one. Write names in other scripts in their xn-- form.", host)
		}
	}
	if isNumber(labels[len(labels)-1]) {
		return refuse("The host is a number in an unusual form. Give a name, or an IP address as four decimal numbers.")
	}
	return nil
}

func isLabel(l string) bool {
	return l != "" && len(l) <= 63 && l[0] != '-' && l[len(l)-1] != '-' &&
		!strings.ContainsFunc(l, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
		})
}

// isNumber recognises what a lenient parser of IPv4 addresses takes for a part
// of one: decimal, octal, hex.
func isNumber(l string) bool {
	if _, err := strconv.ParseUint(l, 0, 64); err == nil {
		return true
	}
	l = strings.ToLower(l)
	return strings.Trim(l, "0123456789") == "" || strings.HasPrefix(l, "0x") && strings.Trim(l[2:], "0123456789abcdef") == ""
}

// localNames are names that mean something only inside a network.
var localNames = []string{"localhost", "local", "internal", "localdomain", "lan", "home", "corp", "intranet", "private", "home.arpa", "in-addr.arpa", "ip6.arpa", "onion"}

// isPrivateHost reports what the host alone gives away; names that look public
// are judged when they are resolved.
func isPrivateHost(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return classify(a) != Global
	}
	host = strings.ToLower(host)
	if !strings.Contains(host, ".") {
		return true
	}
	for _, name := range localNames {
		if strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

// isOwn reports whether u is one of our own test inboxes: exactly our scheme and
// host, and a clean path of exactly /inbox/ and one token.
func (c *Client) isOwn(u *url.URL) bool {
	if c.own == nil || c.options.OwnAddr == "" || u.RawPath != "" || path.Clean(u.Path) != u.Path {
		return false
	}
	token, ok := strings.CutPrefix(u.Path, c.own.Path+"/inbox/")
	return ok && token != "" && isLabel(token) && u.Scheme == c.own.Scheme && canonicalHost(u) == canonicalHost(c.own)
}

// canonicalHost is the host in lower case with its port spelled out.
func canonicalHost(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return strings.ToLower(u.Hostname()) + ":" + port
}

func refuse(format string, args ...any) error {
	return fault.New(fault.Invalid, "webhook.url", format, args...).At("url")
}
