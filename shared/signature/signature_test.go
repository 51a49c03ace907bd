package signature_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/signature"
)

var at = time.Unix(1614265330, 0)

// TestSignMatchesTheStandard uses the example of the standard's own text.
func TestSignMatchesTheStandard(t *testing.T) {
	s, err := signature.ParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := signature.Sign([]signature.Secret{s}, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, []byte(`{"test": 2432232314}`))
	want := signature.Headers{ID: "msg_p5jXN8AQM9LWM0D4loKWxJek", Timestamp: "1614265330", Signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// TestEd25519SignsTheSameContent checks v1a against the bare algorithm: the
// verifier libraries do not know it yet.
func TestEd25519SignsTheSameContent(t *testing.T) {
	s, err := signature.NewKeyPair(bytes.NewReader(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	h := signature.Sign([]signature.Secret{s}, "dlv_1", at, []byte("{}"))
	text, ok := strings.CutPrefix(h.Signature, "v1a,")
	sig, err := base64.StdEncoding.DecodeString(text)
	public, ok2 := strings.CutPrefix(s.Key().Reveal(), "whpk_")
	key, err2 := base64.StdEncoding.DecodeString(public)
	if !ok || !ok2 || err != nil || err2 != nil || !ed25519.Verify(key, []byte("dlv_1.1614265330.{}"), sig) {
		t.Errorf("%q does not verify with %q", h.Signature, s.Key().Reveal())
	}
}

func TestSeveralSignaturesAreNewestFirstWithOneSpace(t *testing.T) {
	next, old := secret(t), secret(t)
	both := signature.Sign([]signature.Secret{next, {}, old}, "dlv_1", at, nil).Signature
	want := signature.Sign([]signature.Secret{next}, "dlv_1", at, nil).Signature + " " + signature.Sign([]signature.Secret{old}, "dlv_1", at, nil).Signature
	if both != want {
		t.Errorf("got %q, want %q", both, want)
	}
}

func TestVerify(t *testing.T) {
	s, p, other := secret(t), pair(t), secret(t)
	signed := func(edit func(http.Header)) http.Header {
		h := http.Header{}
		signature.Sign([]signature.Secret{s, p}, "dlv_1", at, []byte("{}")).SetIn(h)
		edit(h)
		return h
	}
	as := func(http.Header) {}
	for _, tt := range []struct {
		name string
		edit func(http.Header)
		key  signature.Key
		at   time.Time
		want string
	}{
		{"as sent, symmetric", as, s.Key(), at, ""},
		{"as sent, ed25519", as, p.Key(), at, ""},
		{"just young enough", as, s.Key(), at.Add(5 * time.Minute), ""},
		{"too old", as, s.Key(), at.Add(5*time.Minute + time.Second), "signature.timestamp"},
		{"from the future", as, s.Key(), at.Add(-6 * time.Minute), "signature.timestamp"},
		{"another secret", as, other.Key(), at, "signature.mismatch"},
		{"the zero key", as, signature.Key{}, at, "signature.mismatch"},
		{"another id", func(h http.Header) { h.Set("webhook-id", "dlv_2") }, s.Key(), at, "signature.mismatch"},
		{"another timestamp", func(h http.Header) { h.Set("webhook-timestamp", "1614265331") }, s.Key(), at, "signature.mismatch"},
		{"no number for a timestamp", func(h http.Header) { h.Set("webhook-timestamp", "soon") }, s.Key(), at, "signature.timestamp"},
		{"no signature", func(h http.Header) { h.Del("webhook-signature") }, s.Key(), at, "signature.missing"},
		{"the other scheme's name", func(h http.Header) {
			h.Set("webhook-signature", strings.Replace(h.Get("webhook-signature"), "v1,", "v1a,", 1))
		}, s.Key(), at, "signature.mismatch"},
		{"drowned in others", func(h http.Header) {
			h.Set("webhook-signature", strings.Repeat("v1,AAAA ", 40)+h.Get("webhook-signature"))
		}, s.Key(), at, "signature.mismatch"},
	} {
		err := signature.Verify([]signature.Key{tt.key}, signed(tt.edit), []byte("{}"), tt.at, signature.Tolerance)
		if got := fault.CodeOf(err); err != nil && got != tt.want || err == nil && tt.want != "" {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestParseSecretRefusesWhatIsNotOne(t *testing.T) {
	long := base64.StdEncoding.EncodeToString
	crossed := make([]byte, 64) // the seed of one pair with the public half of none
	for _, text := range []string{
		"", "whsec_", "whsec_AAAA", "secret", "WHSEC_" + long(make([]byte, 32)), "whsec_" + long(make([]byte, 23)),
		"whsec_" + long(make([]byte, 65)), "whsec_" + strings.TrimRight(long(make([]byte, 32)), "="), "whsec_" + long(make([]byte, 30))[:39] + "!",
		"whsec_ " + long(make([]byte, 32)), "whsec_" + long(make([]byte, 32)) + "\n", "whsk_" + long(make([]byte, 31)),
		"whsk_" + long(make([]byte, 33)), "whsk_" + long(crossed), "whpk_" + long(make([]byte, 32)),
	} {
		_, err := signature.ParseSecret(text)
		if fault.CodeOf(err) != "webhook.secret" {
			t.Errorf("%q: got %v", text, err)
		}
		if err != nil && len(text) > 12 && strings.Contains(err.Error(), text) {
			t.Errorf("%q: the error repeats the secret", text)
		}
	}
}

func TestPrintingNeverShowsASecret(t *testing.T) {
	for _, s := range []signature.Secret{secret(t), pair(t)} {
		text := s.Reveal()[7:]
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if out := fmt.Sprintf(verb, s) + fmt.Sprintf(verb, []signature.Secret{s}) + fmt.Sprintf(verb, s.Key()); strings.Contains(out, text) {
				t.Errorf("%s shows it: %s", verb, out)
			}
		}
	}
}

func TestWhatIsSignedVerifiesAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), signature.MinSecretBytes, signature.MaxSecretBytes).Draw(t, "key")
		body := rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		s, err := signature.ParseSecret("whsec_" + base64.StdEncoding.EncodeToString(key))
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		signature.Sign([]signature.Secret{s}, "dlv_1", at, body).SetIn(h)
		keys := []signature.Key{s.Key()}
		if err := signature.Verify(keys, h, body, at, 0); err != nil {
			t.Fatal(err)
		}
		if signature.Verify(keys, h, append(bytes.Clone(body), 0), at, 0) == nil {
			t.Fatal("a byte more verifies too")
		}
	})
}

func FuzzParseSecret(f *testing.F) {
	for _, s := range []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsk_", "whpk_AA==", "whsec_====", "v1,x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := signature.ParseSecret(text); err == nil {
			again, err := signature.ParseSecret(s.Reveal())
			if err != nil || again.Reveal() != s.Reveal() {
				t.Errorf("%q is read as another secret the second time", text)
			}
			if !s.Asymmetric() && s.Reveal() != text {
				t.Errorf("%q has a second spelling", text)
			}
		}
		if k, err := signature.ParseKey(text); err == nil && k.Reveal() != text {
			t.Errorf("%q has a second spelling", text)
		}
	})
}

func FuzzVerify(f *testing.F) {
	f.Add("dlv_1", "1614265330", "v1,AAAA v1a,AAAA", []byte("{}"))
	f.Add("", "-1", " , ,,", []byte(nil))
	f.Fuzz(func(t *testing.T, id, stamp, list string, body []byte) {
		h := http.Header{signature.HeaderID: {id}, signature.HeaderTimestamp: {stamp}, signature.HeaderSignature: {list}}
		if signature.Verify([]signature.Key{secret(t).Key(), pair(t).Key()}, h, body, at, signature.Tolerance) == nil {
			t.Error("a signature verifies that nobody made")
		}
	})
}

func BenchmarkSign(b *testing.B) {
	s, err := signature.ParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		b.Fatal(err)
	}
	body := bytes.Repeat([]byte("x"), 600)
	b.ReportAllocs()
	for b.Loop() {
		signature.Sign([]signature.Secret{s}, "dlv_01k9x3v7q2m8r4t6w0y5z1a3b5_c7", at, body)
	}
}
