package ses_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"

	"motorpool/infra/emulators"
	"motorpool/shared/fault"
	"motorpool/shared/mail/mailtest"
	"motorpool/shared/mail/ses"
)

func now() time.Time { return mailtest.Now }

// A tap keeps what passes through it on its way to SES.
type tap struct {
	mu  sync.Mutex
	all [][]byte
}

func (p *tap) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	res, err := http.DefaultTransport.RoundTrip(again)
	if err != nil || res.StatusCode != http.StatusOK {
		return res, err
	}
	var sent struct {
		Content struct{ Raw struct{ Data string } }
	}
	if err := json.Unmarshal(body, &sent); err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(sent.Content.Raw.Data)
	if err == nil && len(raw) > 0 {
		p.mu.Lock()
		p.all = append(p.all, raw)
		p.mu.Unlock()
	}
	return res, err
}

func (p *tap) arrived(*testing.T) [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all
}

// TestMailer runs the suite on moto, which takes mail only from senders whose
// identity it was told.
func TestMailer(t *testing.T) {
	t.Parallel()
	mailtest.Run(t, func(t *testing.T) mailtest.Place {
		p := &tap{}
		client := sesv2.NewFromConfig(emulators.Config(emulators.AWS(t)), func(o *sesv2.Options) { o.HTTPClient = &http.Client{Transport: p} })
		domain := "harbour.example"
		_, err := client.CreateEmailIdentity(t.Context(), &sesv2.CreateEmailIdentityInput{EmailIdentity: &domain})
		if _, made := errors.AsType[*types.AlreadyExistsException](err); err != nil && !made {
			t.Fatal(err)
		}
		return mailtest.Place{Mailer: ses.New(func() *sesv2.Client { return client }, now), Arrived: p.arrived}
	})
}

func TestWhatSESSaysHasAMeaning(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ code, want string }{
		{"MessageRejected", "mail.refused"},
		{"BadRequestException", "mail.refused"},
		{"TooManyRequestsException", "mail.busy"},
		{"SendingPausedException", "mail.busy"},
		{"AccountSuspendedException", "mail.busy"},
		{"MailFromDomainNotVerifiedException", "mail.busy"},
		{"AccessDeniedException", "internal"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Amzn-Errortype", tt.code)
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"message":"as the test wants it"}`)
		}))
		client := sesv2.NewFromConfig(emulators.Config(server.URL), func(o *sesv2.Options) { o.RetryMaxAttempts = 1 })
		err := ses.New(func() *sesv2.Client { return client }, now).Send(t.Context(), mailtest.Message("m"))
		if fault.CodeOf(err) != tt.want {
			t.Errorf("%s: got %v, want %s", tt.code, err, tt.want)
		}
		server.Close()
	}
	client := sesv2.NewFromConfig(emulators.Config("http://127.0.0.1:1"), func(o *sesv2.Options) { o.RetryMaxAttempts = 1 })
	if err := ses.New(func() *sesv2.Client { return client }, now).Send(t.Context(), mailtest.Message("m")); fault.CodeOf(err) != "mail.busy" {
		t.Errorf("nobody listens: got %v", err)
	}
}
