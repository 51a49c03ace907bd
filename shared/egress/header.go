package egress

import (
	"net/http"
	"strings"

	"motorpool/shared/fault"
)

// ours are the headers that belong to the connection or to this package.
var ours = map[string]bool{
	"Host": true, "Content-Length": true, "Transfer-Encoding": true, "Connection": true, "Keep-Alive": true,
	"Te": true, "Trailer": true, "Upgrade": true, "Expect": true, "Proxy-Authorization": true,
	"Proxy-Connection": true, "Accept-Encoding": true, "User-Agent": true,
}

// Bounds of a custom header.
const (
	maxHeaderName  = 100
	maxHeaderValue = 1000
)

// CheckHeader reports what is wrong with a header that an operator wants sent
// along. It returns fault.Invalid with code "webhook.header".
func CheckHeader(name, value string) error {
	canonical := http.CanonicalHeaderKey(name)
	switch {
	case name == "" || len(name) > maxHeaderName || strings.ContainsFunc(name, func(r rune) bool { return !isTokenRune(r) }):
		return badHeader("A header's name has 1 to %d letters, digits, hyphens or underscores.", maxHeaderName)
	case ours[canonical] || canonical == "Content-Type" || strings.HasPrefix(canonical, "Webhook-"):
		return badHeader("The header %s is set by Motorpool. Choose another name.", canonical)
	case len(value) > maxHeaderValue:
		return badHeader("The value of a header has at most %d bytes.", maxHeaderValue)
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r > '~' }):
		return badHeader("The value of a header is plain text: no line breaks, and only ASCII characters.")
	case strings.TrimSpace(value) != value:
		return badHeader("The value of a header has no spaces at its ends.")
	}
	return nil
}

func isTokenRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
}

func badHeader(format string, args ...any) error {
	return fault.New(fault.Invalid, "webhook.header", format, args...).At("headers")
}
