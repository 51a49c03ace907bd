// Package kms seals secrets with AES-256-GCM under data keys that AWS KMS makes
// and keeps (envelope encryption). The KMS key never leaves KMS; a data key
// travels, encrypted, with what it has sealed.
//
// A data key belongs to one workspace: KMS ties it to the part of bound before
// the first "/" (encryption context "workspace"), and shows that in CloudTrail.
// It seals for five minutes and 10,000 secrets at the most; a decrypted one is
// remembered for five minutes, so that taking away the right to use the KMS key
// takes effect soon.
//
// What is sealed has this form; header and bound are authenticated with it:
//
//	version   1 byte, 2
//	check     8 bytes, the beginning of the SHA-256 of the encrypted data key;
//	          it spares KMS what was damaged on the way
//	length    2 bytes, big endian, of the encrypted data key
//	data key  as KMS encrypted it
//	nonce     12 bytes
//	cipher    as long as the secret
//	tag       16 bytes
package kms

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"motorpool/shared/secrets"
)

const (
	version    = 2
	checkBytes = 8
	headBytes  = 1 + checkBytes + 2

	maxAge   = 5 * time.Minute
	maxUses  = 10_000
	maxKnown = 1000 // data keys in memory, of each kind
)

// Box is a secrets.Box on a KMS key.
type Box struct {
	client calls
	keyID  string
	now    func() time.Time

	mu      sync.Mutex // never held while KMS is asked
	sealing *cache     // by workspace
	opening *cache     // by encrypted data key and workspace
}

var _ secrets.Box = (*Box)(nil)

// New returns a box on the KMS key keyID (id, ARN or alias ARN). The role that
// runs it needs kms:GenerateDataKey and kms:Decrypt on that key. Cached data
// keys age by now.
func New(client *kms.Client, keyID string, now func() time.Time) *Box {
	return &Box{client: calls{client.Decrypt, client.GenerateDataKey}, keyID: keyID, now: now, sealing: newCache(), opening: newCache()}
}

// calls are the operations of KMS that are used. The adapter keeps them and not
// the client, which has a method for each there is: a binary with templates in it
// keeps all methods of all types that it can reach.
type calls struct {
	Decrypt         func(context.Context, *kms.DecryptInput, ...func(*kms.Options)) (*kms.DecryptOutput, error)
	GenerateDataKey func(context.Context, *kms.GenerateDataKeyInput, ...func(*kms.Options)) (*kms.GenerateDataKeyOutput, error)
}

// Open is New with a client of cfg.
func Open(cfg aws.Config, keyID string, now func() time.Time) secrets.Box {
	return New(kms.NewFromConfig(cfg), keyID, now)
}

// A dataKey is a data key in both its forms.
type dataKey struct {
	head   []byte // all up to and with the encrypted data key
	cipher cipher.AEAD
}

// Seal seals with the workspace's current data key.
func (b *Box) Seal(ctx context.Context, plain []byte, bound string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	k, err := b.sealer(ctx, workspaceOf(bound))
	if err != nil {
		return nil, err
	}
	sealed := make([]byte, len(k.head), len(k.head)+12+len(plain)+16)
	copy(sealed, k.head)
	return k.cipher.Seal(sealed, nil, plain, surroundings(k.head, bound)), nil
}

// Open opens what any box on the same KMS key has sealed.
func (b *Box) Open(ctx context.Context, sealed []byte, bound string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	head, wrapped, rest, err := split(sealed)
	if err != nil {
		return nil, secrets.Broken(err)
	}
	k, err := b.opener(ctx, head, wrapped, workspaceOf(bound))
	if err != nil {
		return nil, err
	}
	plain, err := k.cipher.Open([]byte{}, nil, rest, surroundings(head, bound))
	if err != nil {
		return nil, secrets.Broken(err)
	}
	return plain, nil
}

func header(wrapped []byte) []byte {
	sum := sha256.Sum256(wrapped)
	head := append([]byte{version}, sum[:checkBytes]...)
	return append(binary.BigEndian.AppendUint16(head, uint16(len(wrapped))), wrapped...)
}

func split(sealed []byte) (head, wrapped, rest []byte, err error) {
	if len(sealed) < headBytes || sealed[0] != version {
		return nil, nil, nil, errors.New("kms: not sealed by KMS")
	}
	n := headBytes + int(binary.BigEndian.Uint16(sealed[1+checkBytes:]))
	if len(sealed) < n {
		return nil, nil, nil, errors.New("kms: cut short")
	}
	head, wrapped, rest = sealed[:n], sealed[headBytes:n], sealed[n:]
	if !bytes.Equal(head, header(wrapped)) {
		return nil, nil, nil, errors.New("kms: the data key is damaged")
	}
	return head, wrapped, rest, nil
}

func (b *Box) sealer(ctx context.Context, workspace string) (*dataKey, error) {
	if k := b.cached(b.sealing, workspace); k != nil {
		return k, nil
	}
	out, err := b.client.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{
		KeyId: &b.keyID, KeySpec: types.DataKeySpecAes256, EncryptionContext: about(workspace),
	})
	if err != nil {
		return nil, secrets.Unavailable(err)
	}
	k, err := newKey(header(out.CiphertextBlob), out.Plaintext)
	if err != nil {
		return nil, err
	}
	b.remember(b.sealing, workspace, k)
	return k, nil
}

func (b *Box) opener(ctx context.Context, head, wrapped []byte, workspace string) (*dataKey, error) {
	name := string(head) + workspace // head tells its own length
	if k := b.cached(b.opening, name); k != nil {
		return k, nil
	}
	out, err := b.client.Decrypt(ctx, &kms.DecryptInput{
		CiphertextBlob: wrapped, KeyId: &b.keyID, EncryptionContext: about(workspace),
	})
	if err != nil {
		return nil, failed(err)
	}
	k, err := newKey([]byte(name[:len(head)]), out.Plaintext)
	if err != nil {
		return nil, secrets.Broken(err)
	}
	b.remember(b.opening, name, k)
	return k, nil
}

// failed tells a data key that KMS has not made for us from a KMS that does not
// answer now.
func failed(err error) error {
	if _, is := errors.AsType[*types.InvalidCiphertextException](err); is {
		return secrets.Broken(err)
	}
	if _, is := errors.AsType[*types.IncorrectKeyException](err); is {
		return secrets.Broken(err)
	}
	return secrets.Unavailable(err)
}

func newKey(head, plain []byte) (*dataKey, error) {
	block, err := aes.NewCipher(plain)
	if err != nil {
		return nil, err
	}
	c, err := cipher.NewGCMWithRandomNonce(block)
	return &dataKey{head, c}, err
}

func (b *Box) cached(c *cache, name string) *dataKey {
	b.mu.Lock()
	defer b.mu.Unlock()
	return c.get(name, b.now())
}

func (b *Box) remember(c *cache, name string, k *dataKey) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c.put(name, k, b.now())
}

func workspaceOf(bound string) string {
	workspace, _, _ := strings.Cut(bound, "/")
	return workspace
}

// about is the encryption context; KMS takes no empty value.
func about(workspace string) map[string]string {
	return map[string]string{"workspace": "=" + workspace}
}

// surroundings are authenticated but not stored again: they must be the same.
func surroundings(head []byte, bound string) []byte {
	return append(append(make([]byte, 0, len(head)+len(bound)), head...), bound...)
}
