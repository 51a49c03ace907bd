package inbox_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/inbox"
	"motorpool/shared/signature"
)

// TestADeliveryToOurOwnInboxArrivesVerified goes the whole way, guarded as in
// production: the client reaches this machine for the inbox and for nothing else.
func TestADeliveryToOurOwnInboxArrivesVerified(t *testing.T) {
	s, _ := newService(t)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Serve(w, r, strings.TrimPrefix(r.URL.Path, "/inbox/"), start)
	}))
	t.Cleanup(srv.Close)
	s.BaseURL = srv.URL
	i := create(t, s)
	secret, err := signature.NewSecret(strings.NewReader(strings.Repeat("s", 32)))
	if err != nil {
		t.Fatal(err)
	}
	s.Secrets = endpoints{"wsp_we " + i.URL: {secret.Key()}}
	c := egress.New(egress.Options{Own: s.BaseURL, OwnAddr: srv.Listener.Addr().String()})
	t.Cleanup(c.Close)
	body, h := []byte(`{ "n": 9007199254740993 }`), http.Header{}
	signature.Sign([]signature.Secret{secret}, "dlv_1", start, body).SetIn(h)
	now := func() time.Time { return start }
	if err := c.CheckURL(i.URL, true); err != nil {
		t.Error(err)
	}
	if res := c.Post(t.Context(), i.URL, h, body, now); res.Status != 200 {
		t.Fatalf("got %s: %s", res.Class, res.Reason)
	}
	if res := c.Post(t.Context(), srv.URL+"/elsewhere", h, body, now); res.Class != egress.Unreachable {
		t.Errorf("elsewhere on our own server: got %d %s", res.Status, res.Class)
	}
	got, _, err := s.Requests(t.Context(), we, i.ID, "", 10)
	if err != nil || len(got) != 1 || got[0].Signature.State != inbox.Verified || string(got[0].Body) != string(body) {
		t.Errorf("got %+v, %v", got, err)
	}
}
