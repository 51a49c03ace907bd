package blob

import (
	"mime"
	"strings"
	"time"

	"motorpool/shared/fault"
)

// The limits that hold in every adapter.
const (
	MaxKey  = 500                // bytes; S3 takes 1,024 and a file system 4,096
	MaxName = 200                // bytes of one part of a key; a file system takes 255
	MaxSize = 100 << 20          // bytes of one file: a store may hold one in memory
	MaxLast = 7 * 24 * time.Hour // how long a link or an upload works: what S3 allows a signature
)

// Valid reports what is wrong with a key. A name never begins with a dot, so
// that no key climbs out of a directory or hides in it.
func (k Key) Valid() error {
	wrong := fault.New(fault.Invalid, "blob.key", "Name a file by parts of letters, digits, '.', '_' and '-', joined by '/': at least two, at most %d bytes.", MaxKey)
	parts := strings.Split(string(k), "/")
	if len(k) > MaxKey || len(parts) < 2 {
		return wrong
	}
	for _, p := range parts {
		if p == "" || p[0] == '.' || len(p) > MaxName || strings.ContainsFunc(p, notInName) {
			return wrong
		}
	}
	return nil
}

func notInName(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-')
}

// Valid reports what is wrong with what is said of a file. The type is one that
// mime.FormatMediaType writes in the same way: "text/csv; charset=utf-8".
func (i Info) Valid() error {
	if i.Size < 0 || i.Size > MaxSize {
		return fault.New(fault.Invalid, "blob.size", "A file has 0 to %d bytes, not %d.", int64(MaxSize), i.Size)
	}
	kind, params, err := mime.ParseMediaType(i.Type)
	if err != nil || !strings.Contains(kind, "/") || len(i.Type) > 100 || mime.FormatMediaType(kind, params) != i.Type {
		return fault.New(fault.Invalid, "blob.type", "Say what the file is with a media type like image/jpeg.").Because(err)
	}
	return nil
}

// Until checks an instant until which something is to work.
func Until(until, now time.Time) error {
	if d := until.Sub(now); d < time.Second || d > MaxLast {
		return fault.New(fault.Invalid, "blob.until", "A link works for a second at least, and for seven days at the most.")
	}
	return nil
}

// Disposition is the Content-Disposition header that s asks for, for the file
// under key (RFC 6266). Names beyond ASCII are encoded as RFC 8187 has it.
func (s Show) Disposition(key Key) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\"`, r) {
			return '_'
		}
		return r
	}, s.Name)
	if name == "" {
		name = string(key[strings.LastIndexByte(string(key), '/')+1:])
	}
	how := "attachment"
	if s.Inline {
		how = "inline"
	}
	return mime.FormatMediaType(how, map[string]string{"filename": name})
}
