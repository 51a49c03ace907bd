package egress

import (
	"net/netip"

	"code.dny.dev/ssrf"
)

// A Verdict names the kind of network that an address belongs to. Only Global
// may be dialled.
type Verdict string

// Global is the one verdict that lets an address be dialled.
const Global Verdict = "global"

// kinds lists what is refused, with a name and the document that says so. The
// first that contains an address names it, so special addresses come first.
var kinds = []struct {
	prefix netip.Prefix
	kind   Verdict
}{
	// Addresses at which clouds answer questions about the machine.
	{netip.MustParsePrefix("169.254.169.254/32"), "metadata"},     // AWS, Azure, GCP, Oracle, …
	{netip.MustParsePrefix("169.254.170.0/24"), "metadata"},       // AWS containers
	{netip.MustParsePrefix("168.63.129.16/32"), "metadata"},       // Azure WireServer, a public address
	{netip.MustParsePrefix("100.100.100.200/32"), "metadata"},     // Alibaba
	{netip.MustParsePrefix("192.0.0.192/32"), "metadata"},         // Oracle, classic
	{netip.MustParsePrefix("161.26.0.0/16"), "metadata"},          // IBM Cloud infrastructure services
	{netip.MustParsePrefix("166.8.0.0/14"), "metadata"},           // IBM Cloud service endpoints
	{netip.MustParsePrefix("fd00:ec2::/32"), "metadata"},          // AWS
	{netip.MustParsePrefix("fd20:ce::254/128"), "metadata"},       // GCP
	{netip.MustParsePrefix("fd00:42::42/128"), "metadata"},        // Scaleway
	{netip.MustParsePrefix("fd00:c1::a9fe:a9fe/128"), "metadata"}, // Oracle

	{netip.MustParsePrefix("0.0.0.0/32"), "unspecified"},        // RFC 1122
	{netip.MustParsePrefix("0.0.0.0/8"), "reserved"},            // RFC 791: this network
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},            // RFC 1918
	{netip.MustParsePrefix("100.64.0.0/10"), "cgnat"},           // RFC 6598
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},          // RFC 1122
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},     // RFC 3927
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},         // RFC 1918
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved"},         // RFC 6890: IETF protocol assignments
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation"},    // RFC 5737
	{netip.MustParsePrefix("192.31.196.0/24"), "reserved"},      // RFC 7535: AS112
	{netip.MustParsePrefix("192.52.193.0/24"), "reserved"},      // RFC 7450: AMT
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4"},           // RFC 7526: relay anycast
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},        // RFC 1918
	{netip.MustParsePrefix("192.175.48.0/24"), "reserved"},      // RFC 7534: AS112
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmarking"},    // RFC 2544
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation"}, // RFC 5737
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation"},  // RFC 5737
	{netip.MustParsePrefix("233.252.0.0/24"), "documentation"},  // RFC 6676: MCAST-TEST-NET
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},         // RFC 1112
	{netip.MustParsePrefix("255.255.255.255/32"), "broadcast"},  // RFC 919
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},          // RFC 1112

	{netip.MustParsePrefix("::/128"), "unspecified"},          // RFC 4291
	{netip.MustParsePrefix("::1/128"), "loopback"},            // RFC 4291
	{netip.MustParsePrefix("::ffff:0:0/96"), "mapped"},        // RFC 4291
	{netip.MustParsePrefix("::ffff:0:0:0/96"), "translated"},  // RFC 2765
	{netip.MustParsePrefix("::/96"), "compatible"},            // RFC 4291
	{netip.MustParsePrefix("64:ff9b::/96"), "nat64"},          // RFC 6052
	{netip.MustParsePrefix("64:ff9b:1::/48"), "nat64"},        // RFC 8215
	{netip.MustParsePrefix("100::/64"), "discard"},            // RFC 6666
	{netip.MustParsePrefix("100:0:0:1::/64"), "discard"},      // RFC 9780
	{netip.MustParsePrefix("2001::/32"), "teredo"},            // RFC 4380
	{netip.MustParsePrefix("2001:2::/48"), "benchmarking"},    // RFC 5180
	{netip.MustParsePrefix("2001:10::/28"), "orchid"},         // RFC 4843
	{netip.MustParsePrefix("2001:20::/28"), "orchid"},         // RFC 7343
	{netip.MustParsePrefix("2001::/23"), "reserved"},          // RFC 2928
	{netip.MustParsePrefix("2001:db8::/32"), "documentation"}, // RFC 3849
	{netip.MustParsePrefix("2002::/16"), "6to4"},              // RFC 3056
	{netip.MustParsePrefix("2620:4f:8000::/48"), "reserved"},  // RFC 7534
	{netip.MustParsePrefix("3ffe::/16"), "reserved"},          // RFC 3701: 6bone
	{netip.MustParsePrefix("3fff::/20"), "documentation"},     // RFC 9637
	{netip.MustParsePrefix("5f00::/16"), "srv6"},              // RFC 9602
	{netip.MustParsePrefix("fc00::/7"), "unique-local"},       // RFC 4193
	{netip.MustParsePrefix("fe80::/10"), "link-local"},        // RFC 4291
	{netip.MustParsePrefix("fec0::/10"), "site-local"},        // RFC 3879
	{netip.MustParsePrefix("ff00::/8"), "multicast"},          // RFC 4291
}

// guardian is the second opinion: whatever kinds forgets and it knows is refused.
var guardian = ssrf.New(ssrf.WithAnyPort())

// classify decides about one address, as written: an IPv4 address in IPv6
// clothes is refused for the clothes, whatever it hides.
func classify(a netip.Addr) Verdict {
	if !a.IsValid() {
		return "invalid"
	}
	if a.Zone() != "" {
		return "zoned" // a zone means something only on the machine itself
	}
	for _, k := range kinds {
		if k.prefix.Contains(a) {
			return k.kind
		}
	}
	if a.Is6() && isISATAP(a) {
		return "isatap"
	}
	if guardian.SafeAddr(a) != nil || !a.IsGlobalUnicast() {
		return "reserved"
	}
	return Global
}

// isISATAP recognises ::0:5efe:a.b.c.d and ::200:5efe:a.b.c.d under any prefix (RFC 5214).
func isISATAP(a netip.Addr) bool {
	b := a.As16()
	return (b[8] == 0 || b[8] == 2) && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}

// allowedPort reports whether p may be dialled: the two of the web, and those
// that need no privilege to listen at.
func allowedPort(p uint16) bool { return p == 80 || p == 443 || p >= 1024 }
