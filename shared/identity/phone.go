package identity

import (
	"context"
	"encoding/base32"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
)

const (
	period       = 30 // seconds, which every app assumes
	secretBytes  = 20 // as long as the SHA-1 of RFC 6238
	recoveryKeys = 10
)

var base32NoPad = base32.StdEncoding.WithPadding(base32.NoPadding)

// Enrolment is what a phone has to be told, once.
type Enrolment struct {
	Secret string // for typing in: base 32
	URL    string // for a QR code: "otpauth://totp/…"
}

// BeginPhone gives the identity a secret for an app. It counts from the moment
// ConfirmPhone has seen a code of it; until then the way in stays as it was.
func (s *Service) BeginPhone(ctx context.Context, id, issuer string) (Enrolment, error) {
	i, err := s.Load(ctx, id)
	if err != nil {
		return Enrolment{}, err
	}
	if i.NeedsCode() {
		return Enrolment{}, fault.New(fault.Conflict, "identity.phone", "There is an app already. Remove it first.")
	}
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(s.Random, raw); err != nil {
		return Enrolment{}, err
	}
	if i.Phone.Secret, err = s.Box.Seal(ctx, raw, i.ID); err != nil {
		return Enrolment{}, err
	}
	secret := base32NoPad.EncodeToString(raw)
	label := url.PathEscape(issuer + ":" + i.Email)
	q := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {fmt.Sprint(period)}}
	return Enrolment{secret, "otpauth://totp/" + label + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")}, s.save(ctx, i)
}

// ConfirmPhone makes codes needed from now on, and returns the recovery codes,
// which nobody is told again.
func (s *Service) ConfirmPhone(ctx context.Context, id, code string, at time.Time) ([]string, error) {
	i, err := s.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if i.NeedsCode() || len(i.Phone.Secret) == 0 {
		return nil, fault.New(fault.Conflict, "identity.phone", "There is no app waiting to be confirmed. Begin anew.")
	}
	step, err := s.step(ctx, i, code, at)
	if err != nil {
		return nil, err
	}
	if step == 0 {
		return nil, fault.New(fault.Invalid, "identity.code", "This is not the code that the app shows now. Check the phone's clock, and try the next one.").At("code")
	}
	i.Phone.Since, i.Phone.Step = at, step
	plain := s.recovery(i)
	return plain, s.save(ctx, i)
}

// recovery gives i new recovery codes; those of before work no more.
func (s *Service) recovery(i *Identity) []string {
	plain := make([]string, recoveryKeys)
	i.Phone.Recover = make([]string, recoveryKeys)
	for n := range plain {
		plain[n] = s.Secret()[:10]
		i.Phone.Recover[n] = ident.Hash(plain[n])
	}
	return plain
}

// RenewRecovery returns new recovery codes for a code of the phone; those of
// before work no more.
func (s *Service) RenewRecovery(ctx context.Context, id, code string, at time.Time) ([]string, error) {
	if err := s.Code(ctx, id, code, at); err != nil {
		return nil, err
	}
	i, err := s.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	plain := s.recovery(i)
	return plain, s.save(ctx, i)
}

// RemovePhone makes codes unnecessary again, for one last code of the phone or a
// recovery code.
func (s *Service) RemovePhone(ctx context.Context, id, code string, at time.Time) error {
	if err := s.Code(ctx, id, code, at); err != nil {
		return err
	}
	return s.change(ctx, id, func(i *Identity) bool {
		i.Phone = Phone{}
		return true
	})
}

// Code checks a code of the phone, or a recovery code, and uses it up. Wrong
// ones count towards the lock.
func (s *Service) Code(ctx context.Context, id, code string, at time.Time) error {
	i, err := s.Load(ctx, id)
	if err != nil {
		return err
	}
	door := "CODE#" + i.ID
	if err := s.try(ctx, door, at); err != nil {
		return err
	}
	ok, err := s.use(ctx, i, code, at)
	if err != nil {
		return err
	}
	if !ok {
		return wrongCode()
	}
	if err := s.save(ctx, i); err != nil {
		if fault.KindOf(err) == fault.Conflict {
			return wrongCode() // used by another request at the same moment
		}
		return err
	}
	return s.forget(ctx, door)
}

// use takes the code out of what i may still use. It returns false for a wrong one.
func (s *Service) use(ctx context.Context, i *Identity, code string, at time.Time) (bool, error) {
	if !i.NeedsCode() {
		return false, nil
	}
	step, err := s.step(ctx, i, code, at)
	if err != nil {
		return false, err
	}
	if step > i.Phone.Step {
		i.Phone.Step = step
		return true, nil
	}
	plain := strings.ToLower(strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == ' ' || r == '-' }), ""))
	if at := slices.Index(i.Phone.Recover, ident.Hash(plain)); at >= 0 {
		i.Phone.Recover = slices.Delete(i.Phone.Recover, at, at+1)
		return true, nil
	}
	return false, nil
}

// step returns which 30 seconds code belongs to: now, or one step to either
// side, for clocks that are not set well. Zero: to none of them.
func (s *Service) step(ctx context.Context, i *Identity, code string, at time.Time) (int64, error) {
	raw, err := s.Box.Open(ctx, i.Phone.Secret, i.ID)
	if err != nil {
		return 0, err
	}
	code = strings.ReplaceAll(code, " ", "")
	for _, near := range []int64{0, -1, 1} {
		n := at.Unix()/period + near
		opts := totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
		ok, err := totp.ValidateCustom(code, base32NoPad.EncodeToString(raw), time.Unix(n*period, 0), opts)
		if err == nil && ok {
			return n, nil
		}
	}
	return 0, nil
}
