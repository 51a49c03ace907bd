package identity

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
)

// params are what a new hash costs: OWASP's second choice for argon2id, which
// leaves a Lambda of 512 MB room for other work.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
var params = cost{memory: 19 << 10, passes: 2, lanes: 1}

type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

const (
	saltBytes = 16
	hashBytes = 32
)

// atOnce bounds how many hashes are computed at the same time, each in 19 MiB.
var atOnce = make(chan struct{}, 4)

func (c cost) key(plain string, salt []byte) []byte {
	atOnce <- struct{}{}
	defer func() { <-atOnce }()
	return argon2.IDKey([]byte(plain), salt, c.passes, c.memory, c.lanes, hashBytes)
}

// hash returns plain as argon2id in PHC form: "$argon2id$v=19$m=19456,t=2,p=1$salt$hash".
func hash(plain string, random io.Reader) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, params.memory, params.passes, params.lanes,
		b64.EncodeToString(salt), b64.EncodeToString(params.key(plain, salt))), nil
}

// matches reports whether plain is what phc was made of. An empty phc matches
// nothing, and costs as much work as any other.
func matches(phc, plain string) bool {
	c, salt, want, ok := parse(phc)
	if !ok {
		c, salt, want = params, make([]byte, saltBytes), make([]byte, hashBytes)
	}
	return subtle.ConstantTimeCompare(c.key(plain, salt), want) == 1 && ok
}

// outdated reports whether phc was made at another cost than a new one would be.
func outdated(phc string) bool {
	c, _, _, ok := parse(phc)
	return ok && c != params
}

func parse(phc string) (c cost, salt, want []byte, ok bool) {
	var version int
	var s, h string
	n, err := fmt.Sscanf(spaced(phc), "argon2id v=%d m=%d,t=%d,p=%d %s %s", &version, &c.memory, &c.passes, &c.lanes, &s, &h)
	if err != nil || n != 6 || version != argon2.Version || c.passes < 1 || c.lanes < 1 {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(s)
	want, err2 := base64.RawStdEncoding.DecodeString(h)
	return c, salt, want, err1 == nil && err2 == nil && len(want) == hashBytes
}

// spaced makes the parts of phc words, which is what Sscanf reads.
func spaced(phc string) string {
	b := []byte(phc)
	for i := range b {
		if b[i] == '$' {
			b[i] = ' '
		}
	}
	if len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	return string(b)
}
