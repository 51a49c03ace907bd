package kms

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"motorpool/infra/emulators"
	"motorpool/shared/fault"
	"motorpool/shared/secrets"
	"motorpool/shared/secrets/secretstest"
)

func TestBox(t *testing.T) {
	t.Parallel()
	secretstest.Run(t, func(t *testing.T) secrets.Box {
		b, _ := open(t, time.Now)
		return b
	})
}

// A line is the network to KMS; it counts the calls, and may be cut or give an
// answer of its own.
type line struct {
	mu     sync.Mutex
	calls  map[string]int // by operation
	cut    bool
	answer string // JSON of an error
}

func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	l.mu.Lock()
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	l.calls[operation]++
	cut, answer := l.cut, l.answer
	l.mu.Unlock()
	switch {
	case cut:
		return nil, errors.New("no route to host")
	case answer != "":
		return refusal(answer), nil
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || operation != "Decrypt" || res.StatusCode != http.StatusBadRequest {
		return res, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	// moto says AccessDenied of a data key made by another KMS key; KMS itself
	// says IncorrectKey, according to the reference of Decrypt.
	return refusal(strings.ReplaceAll(string(body), "AccessDeniedException", "IncorrectKeyException")), err
}

func refusal(body string) *http.Response {
	return &http.Response{
		StatusCode: http.StatusBadRequest, Body: io.NopCloser(strings.NewReader(body)),
		Header: http.Header{"Content-Type": {"application/x-amz-json-1.1"}},
	}
}

func (l *line) reset(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls, l.cut, l.answer = map[string]int{}, cut, ""
}

// open returns a box on a KMS key of its own.
func open(t *testing.T, now func() time.Time) (*Box, *line) {
	t.Helper()
	l := &line{calls: map[string]int{}}
	client := kms.NewFromConfig(emulators.Config(emulators.AWS(t)), func(o *kms.Options) {
		o.HTTPClient = &http.Client{Transport: l}
		o.RetryMaxAttempts = 1
	})
	key, err := client.CreateKey(t.Context(), &kms.CreateKeyInput{})
	if err != nil {
		t.Fatal(err)
	}
	l.reset(false)
	return New(client, aws.ToString(key.KeyMetadata.KeyId), now), l
}

func seal(t *testing.T, b *Box, bound string) []byte {
	t.Helper()
	sealed, err := b.Seal(t.Context(), []byte("hush"), bound)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func wantOpen(t *testing.T, b *Box, sealed []byte, bound string) {
	t.Helper()
	if plain, err := b.Open(t.Context(), sealed, bound); err != nil || string(plain) != "hush" {
		t.Errorf("got %q, %v", plain, err)
	}
}

func wantCalls(t *testing.T, l *line, operation string, want int) {
	t.Helper()
	if got := l.calls[operation]; got != want {
		t.Errorf("%s was called %d times, want %d", operation, got, want)
	}
}

func TestADataKeyServesOneWorkspaceForFiveMinutes(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	b, l := open(t, func() time.Time { return now })
	for i := range 10 {
		for w := range 3 {
			bound := fmt.Sprintf("wsp_%d/whe_%d", w, i)
			wantOpen(t, b, seal(t, b, bound), bound)
		}
	}
	wantCalls(t, l, "GenerateDataKey", 3)
	wantCalls(t, l, "Decrypt", 3)
	sealed := seal(t, b, "wsp_1/a")
	now = now.Add(maxAge)
	wantOpen(t, b, sealed, "wsp_1/a")
	wantOpen(t, b, seal(t, b, "wsp_1/a"), "wsp_1/a")
	wantCalls(t, l, "GenerateDataKey", 4)
	wantCalls(t, l, "Decrypt", 5)
}

func TestADataKeyIsUsedUp(t *testing.T) {
	t.Parallel()
	b, l := open(t, func() time.Time { return time.Unix(0, 0) })
	for range maxUses + 1 {
		seal(t, b, "wsp_1/a")
	}
	wantCalls(t, l, "GenerateDataKey", 2)
}

func TestTheCacheForgetsWhatWasNotUsedForLongest(t *testing.T) {
	t.Parallel()
	c, now := newCache(), time.Unix(0, 0)
	for i := range maxKnown {
		c.put(fmt.Sprint(i), &dataKey{}, now)
	}
	c.get("0", now)
	c.put("one more", &dataKey{}, now)
	if c.get("0", now) == nil || c.get("1", now) != nil || len(c.byName) != maxKnown || c.order.Len() != maxKnown {
		t.Errorf("it knows %d keys, 0 %v, 1 %v", len(c.byName), c.get("0", now) != nil, c.get("1", now) != nil)
	}
}

// another is a box on the same key that has seen nothing yet.
func another(b *Box) *Box {
	return &Box{client: b.client, keyID: b.keyID, now: time.Now, sealing: newCache(), opening: newCache()}
}

func TestAnotherBoxOnTheSameKeyOpens(t *testing.T) {
	t.Parallel()
	one, l := open(t, time.Now)
	sealed := seal(t, one, "wsp_1/a")
	two := another(one)
	wantOpen(t, two, sealed, "wsp_1/a")
	wantOpen(t, two, sealed, "wsp_1/a")
	wantCalls(t, l, "Decrypt", 1)
}

func TestKMSOutOfReachIsUnavailable(t *testing.T) {
	t.Parallel()
	b, l := open(t, time.Now)
	sealed := seal(t, b, "wsp_1/a")
	l.reset(true)
	if _, err := b.Open(t.Context(), sealed, "wsp_1/a"); fault.CodeOf(err) != "secret.unavailable" || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("open: %v", err)
	}
	if _, err := b.Seal(t.Context(), nil, "wsp_2/a"); fault.CodeOf(err) != "secret.unavailable" {
		t.Errorf("seal: %v", err)
	}
	seal(t, b, "wsp_1/b") // its data key is still known
	l.reset(false)
	wantOpen(t, b, sealed, "wsp_1/a")
	for _, name := range []string{"DisabledException", "ThrottlingException", "AccessDeniedException", "KMSInvalidStateException", "NotFoundException"} {
		fresh := another(b)
		l.answer = `{"__type":"` + name + `"}`
		_, sealErr := fresh.Seal(t.Context(), nil, "wsp_3/a")
		_, openErr := fresh.Open(t.Context(), sealed, "wsp_1/a")
		if fault.CodeOf(sealErr) != "secret.unavailable" || fault.CodeOf(openErr) != "secret.unavailable" {
			t.Errorf("%s: seal %v, open %v", name, sealErr, openErr)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Open(ended, sealed, "wsp_1/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}
