// Package keyfile seals secrets with AES-256-GCM under a key in a file. Who has
// the file can open all that is sealed; who loses it has lost all that is
// sealed. It belongs into the backup, but not into the same one as the data.
//
// The file holds one key per line, "v1 " and 32 bytes in base64. The first key
// seals, all of them open. To change the key, put a new line above the others
// and start anew; drop an old line once nothing is sealed with it any more.
//
// What is sealed has this form, and its header and bound are authenticated with
// it:
//
//	version   1 byte, 1
//	key       4 bytes, the beginning of the SHA-256 of the key
//	nonce     12 bytes
//	cipher    as long as the secret
//	tag       16 bytes
package keyfile

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"

	"motorpool/shared/secrets"
)

const (
	version    = 1
	keyBytes   = 32
	idBytes    = 4
	headBytes  = 1 + idBytes
	nonceBytes = 12
)

// Box is a secrets.Box with the keys of a file.
type Box struct{ keys []key }

var _ secrets.Box = (*Box)(nil)

type key struct {
	id     [idBytes]byte
	cipher cipher.AEAD // makes a random nonce by itself and puts it in front
}

func newKey(raw []byte) (k key, err error) {
	sum := sha256.Sum256(raw)
	copy(k.id[:], sum[:])
	block, err := aes.NewCipher(raw)
	if err != nil {
		return k, err
	}
	k.cipher, err = cipher.NewGCMWithRandomNonce(block)
	return k, err
}

// Seal seals with the first key.
func (b *Box) Seal(ctx context.Context, plain []byte, bound string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	k := b.keys[0]
	sealed := make([]byte, 0, headBytes+nonceBytes+len(plain)+16)
	sealed = append(append(sealed, version), k.id[:]...)
	return k.cipher.Seal(sealed, nil, plain, surroundings(sealed, bound)), nil
}

// Open opens what any of the keys has sealed.
func (b *Box) Open(ctx context.Context, sealed []byte, bound string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(sealed) < headBytes || sealed[0] != version {
		return nil, secrets.Broken(errors.New("keyfile: not sealed by a key file"))
	}
	head, rest := sealed[:headBytes], sealed[headBytes:]
	for _, k := range b.keys {
		if k.id != [idBytes]byte(head[1:]) {
			continue
		}
		plain, err := k.cipher.Open([]byte{}, nil, rest, surroundings(head, bound))
		if err != nil {
			return nil, secrets.Broken(err)
		}
		return plain, nil
	}
	return nil, secrets.Broken(errors.New("keyfile: sealed with a key that is not in the file"))
}

// surroundings are authenticated but not stored: they must be the same again.
func surroundings(head []byte, bound string) []byte {
	return append(append(make([]byte, 0, len(head)+len(bound)), head...), bound...)
}
