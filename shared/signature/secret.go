// Package signature signs webhooks and verifies signatures, as Standard
// Webhooks says: https://www.standardwebhooks.com. What is signed is
// "id.timestamp.body", byte for byte.
//
// It promises that any conforming verifier accepts what Sign makes, that Verify
// takes constant time over secret bytes, and that printing a Secret never shows
// it. Where secrets rest, and how long an old one still counts after a rotation,
// is left to package webhook.
package signature

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"motorpool/shared/fault"
)

// The bytes that a symmetric secret may have, and those that NewSecret gives it.
const (
	MinSecretBytes = 24
	MaxSecretBytes = 64
	newSecretBytes = 32
)

const (
	symmetricPrefix = "whsec_"
	privatePrefix   = "whsk_"
	publicPrefix    = "whpk_"
)

// A Secret signs. It is either symmetric (whsec_, scheme v1) or the private
// half of an ed25519 pair (whsk_, scheme v1a). The zero Secret signs nothing.
type Secret struct {
	shared  []byte
	private ed25519.PrivateKey
}

// A Key verifies: a symmetric secret (whsec_) or the public half of an ed25519
// pair (whpk_). The zero Key accepts nothing.
type Key struct {
	shared []byte
	public ed25519.PublicKey
}

// NewSecret makes a symmetric secret of 32 bytes read from random.
func NewSecret(random io.Reader) (Secret, error) {
	b := make([]byte, newSecretBytes)
	if _, err := io.ReadFull(random, b); err != nil {
		return Secret{}, fmt.Errorf("signature: reading random bytes: %w", err)
	}
	return Secret{shared: b}, nil
}

// NewKeyPair makes an ed25519 pair from 32 bytes of random. Receivers get
// Secret.Key; the secret itself never leaves the product.
func NewKeyPair(random io.Reader) (Secret, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return Secret{}, fmt.Errorf("signature: reading random bytes: %w", err)
	}
	return Secret{private: ed25519.NewKeyFromSeed(seed)}, nil
}

// ParseSecret reads what Reveal wrote, or what an operator brings from another
// system: whsec_ and base64 of 24 to 64 bytes, or whsk_ and base64 of an ed25519
// key. It returns fault.Invalid with code "webhook.secret"; the message never
// repeats the text.
func ParseSecret(text string) (Secret, error) {
	switch {
	case strings.HasPrefix(text, symmetricPrefix):
		b, err := decode(text[len(symmetricPrefix):])
		if err != nil || len(b) < MinSecretBytes || len(b) > MaxSecretBytes {
			return Secret{}, badSecret()
		}
		return Secret{shared: b}, nil
	case strings.HasPrefix(text, privatePrefix):
		b, err := decode(text[len(privatePrefix):])
		if err != nil || len(b) < ed25519.SeedSize {
			return Secret{}, badSecret()
		}
		private := ed25519.NewKeyFromSeed(b[:ed25519.SeedSize])
		if len(b) != ed25519.SeedSize && !bytes.Equal(private, b) {
			return Secret{}, badSecret() // the public half must be that of the seed, or signatures leak the seed
		}
		return Secret{private: private}, nil
	}
	return Secret{}, badSecret()
}

// ParseKey reads what a receiver holds: whsec_ or whpk_. It returns
// fault.Invalid with code "webhook.secret".
func ParseKey(text string) (Key, error) {
	if rest, ok := strings.CutPrefix(text, publicPrefix); ok {
		b, err := decode(rest)
		if err != nil || len(b) != ed25519.PublicKeySize {
			return Key{}, badSecret()
		}
		return Key{public: b}, nil
	}
	s, err := ParseSecret(text)
	if err != nil || s.shared == nil {
		return Key{}, badSecret()
	}
	return s.Key(), nil
}

// Reveal writes the secret as text. Keep the answer out of logs, lists and errors.
func (s Secret) Reveal() string {
	switch {
	case s.shared != nil:
		return symmetricPrefix + base64.StdEncoding.EncodeToString(s.shared)
	case s.private != nil:
		return privatePrefix + base64.StdEncoding.EncodeToString(s.private)
	}
	return ""
}

// Key returns what verifies the signatures that s makes.
func (s Secret) Key() Key {
	if s.private != nil {
		return Key{public: s.private.Public().(ed25519.PublicKey)}
	}
	return Key{shared: s.shared}
}

// Asymmetric reports whether s is of scheme v1a, so that receivers are shown
// the public key instead of the secret.
func (s Secret) Asymmetric() bool { return s.private != nil }

// IsZero reports whether s is no secret at all.
func (s Secret) IsZero() bool { return s.shared == nil && s.private == nil }

// String masks the secret; Reveal is the only way to see it.
func (s Secret) String() string {
	switch {
	case s.shared != nil:
		return symmetricPrefix + "…"
	case s.private != nil:
		return privatePrefix + "…"
	}
	return "no secret"
}

// GoString masks the secret for %#v.
func (s Secret) GoString() string { return "signature.Secret(" + s.String() + ")" }

// Reveal writes the key as a receiver configures it. For a symmetric key that
// is the secret itself.
func (k Key) Reveal() string {
	if k.public != nil {
		return publicPrefix + base64.StdEncoding.EncodeToString(k.public)
	}
	return Secret{shared: k.shared}.Reveal()
}

// String masks the key if it is a secret.
func (k Key) String() string {
	if k.public != nil {
		return k.Reveal()
	}
	return Secret{shared: k.shared}.String()
}

// GoString masks the key for %#v.
func (k Key) GoString() string { return "signature.Key(" + k.String() + ")" }

// decode is strict: line breaks, missing padding and loose final bits are
// refused, so that one secret has one spelling.
func decode(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, base64.CorruptInputError(0)
	}
	return base64.StdEncoding.Strict().DecodeString(text)
}

func badSecret() error {
	return fault.New(fault.Invalid, "webhook.secret",
		"A signing secret is whsec_ followed by base64 of %d to %d bytes, or whsk_ followed by base64 of an ed25519 key.",
		MinSecretBytes, MaxSecretBytes).At("secret")
}
