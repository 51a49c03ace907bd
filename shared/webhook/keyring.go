package webhook

import (
	"io"
	"net/http"
	"slices"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/signature"
)

// How a rotation may overlap.
const (
	DefaultOverlap = 24 * time.Hour
	MaxOverlap     = 7 * 24 * time.Hour
	maxSecrets     = 5 // live at once
)

// Keyring is what an endpoint keeps secret. It rests sealed. Nothing here may
// reach a log.
type Keyring struct {
	Secrets []Secret          `json:"secrets"` // newest first
	Headers map[string]string `json:"headers,omitempty"`
}

// Secret signs from Created until Expires: the symmetric key, and the private
// key of a pair if the endpoint is asymmetric.
type Secret struct {
	Key     string    `json:"key"`               // whsec_…
	Private string    `json:"private,omitempty"` // whsk_…
	Public  string    `json:"public,omitempty"`  // whpk_…, for the receiver
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero: the current one
}

// newSecret makes the pair too, whether or not it is used yet, so that turning
// v1a on does not need a rotation.
func newSecret(random io.Reader, at time.Time) (Secret, error) {
	shared, err := signature.NewSecret(random)
	if err != nil {
		return Secret{}, err
	}
	pair, err := signature.NewKeyPair(random)
	if err != nil {
		return Secret{}, err
	}
	return Secret{Key: shared.Reveal(), Private: pair.Reveal(), Public: pair.Key().Reveal(), Created: at}, nil
}

// Live returns the secrets that sign at an instant, newest first.
func (k Keyring) Live(at time.Time) []Secret {
	return slices.DeleteFunc(slices.Clone(k.Secrets), func(s Secret) bool {
		return !s.Expires.IsZero() && !s.Expires.After(at)
	})
}

// rotate puts fresh first; the ones before sign along until the overlap is
// over. With no overlap they end now, all of them.
func (k *Keyring) rotate(fresh Secret, overlap time.Duration, at time.Time) error {
	if overlap < 0 || overlap > MaxOverlap {
		return fault.New(fault.Invalid, "webhook.overlap", "Choose an overlap of 0 seconds to 7 days.").At("overlap_seconds")
	}
	var live []Secret
	if overlap > 0 {
		live = k.Live(at)
	}
	if len(live) >= maxSecrets {
		return fault.New(fault.Conflict, "webhook.too_many_secrets",
			"%d secrets are live already. Wait until the oldest ends, or rotate with an overlap of 0, which ends them all.", maxSecrets)
	}
	for i := range live {
		if live[i].Expires.IsZero() || live[i].Expires.After(at.Add(overlap)) {
			live[i].Expires = at.Add(overlap)
		}
	}
	k.Secrets = append([]Secret{fresh}, live...)
	return nil
}

// signer is a keyring made ready for the hot path.
type signer struct {
	keys   []signingKey // newest first
	header http.Header  // the custom headers
}

type signingKey struct {
	secret  signature.Secret
	expires time.Time
}

func newSigner(k Keyring, asymmetric bool) (*signer, error) {
	s := &signer{header: make(http.Header, len(k.Headers))}
	for _, one := range k.Secrets {
		texts := []string{one.Key}
		if asymmetric {
			texts = append(texts, one.Private)
		}
		for _, text := range texts {
			secret, err := signature.ParseSecret(text)
			if err != nil {
				return nil, err
			}
			s.keys = append(s.keys, signingKey{secret, one.Expires})
		}
	}
	for name, value := range k.Headers {
		s.header[name] = []string{value}
	}
	return s, nil
}

// live returns what signs at an instant, newest first.
func (s *signer) live(at time.Time) []signature.Secret {
	list := make([]signature.Secret, 0, len(s.keys))
	for _, k := range s.keys {
		if k.expires.IsZero() || k.expires.After(at) {
			list = append(list, k.secret)
		}
	}
	return list
}
