package webhook

import (
	"context"
	"time"

	"motorpool/shared/signature"
)

// KeysFor returns the keys that verify what the workspace's endpoints with this
// URL send at an instant: a test inbox judges signatures by them. None is not an error.
func (s *Service) KeysFor(ctx context.Context, workspace, url string, at time.Time) ([]signature.Key, error) {
	all, err := s.all(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var keys []signature.Key
	for _, e := range all {
		if e.URL != url || e.State == Deleted {
			continue
		}
		signs, err := s.signer(ctx, e)
		if err != nil {
			return nil, err
		}
		for _, secret := range signs.live(at) {
			keys = append(keys, secret.Key())
		}
	}
	return keys, nil
}
