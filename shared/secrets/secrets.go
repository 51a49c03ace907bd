// Package secrets keeps small secrets (signing keys, integration credentials)
// unreadable at rest: with KMS envelope encryption on AWS, with a key file on a
// machine. What is sealed may lie in the table; what is opened must never reach
// a log, a list or an error.
package secrets

import (
	"context"

	"motorpool/shared/fault"
)

// Box seals and opens. It is safe for concurrent use.
type Box interface {
	// Seal encrypts plain so that only Open with the same bound opens it. bound
	// says where the secret belongs ("wsp_…/whe_…"): a sealed secret that is
	// copied to another place does not open there.
	Seal(ctx context.Context, plain []byte, bound string) (sealed []byte, err error)

	// Open decrypts what Seal made. It returns fault.Invalid with code
	// "secret.broken" if sealed was changed, cut, made with another key or bound
	// elsewhere, and fault.Unavailable if the key cannot be reached now.
	Open(ctx context.Context, sealed []byte, bound string) (plain []byte, err error)
}

// Broken is what Open returns for bytes that it cannot have sealed for bound.
// All causes have the same words, so that nobody learns from them.
func Broken(cause error) error {
	return fault.New(fault.Invalid, "secret.broken", "This secret cannot be read. Replace it by a new one.").Because(cause)
}

// Unavailable is what a box returns while its key is out of reach.
func Unavailable(cause error) error {
	return fault.New(fault.Unavailable, "secret.unavailable", "The key that protects secrets is out of reach. Please try again in a moment.").Because(cause)
}
