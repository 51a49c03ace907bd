package main

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/infra/emulators"
	"motorpool/infra/machine/client"
	"motorpool/shared/ident"
)

// A screen is what the command prints, read while it runs.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

var address = regexp.MustCompile(`Console +(http://[^/]+)/`)

// start runs the command until the test ends or stop is called, and returns when
// it has greeted.
func start(t *testing.T, stack string) (url, said string, stop func()) {
	t.Helper()
	emulators.Tools(t)
	env := map[string]string{"AWS_ENDPOINT_URL": emulators.AWS(t), "AWS_ENDPOINT_URL_DYNAMODB": emulators.DynamoDB(t)}
	out := &screen{}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		args := []string{"-addr", "127.0.0.1:0", "-template", "../../../template.yaml", "-stack", stack, "-api-key", key, "-data", t.TempDir()}
		ended <- run(ctx, args, func(name string) string { return env[name] }, out, t.Output())
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
	t.Cleanup(stop)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); ; <-tick.C {
		if found := address.FindStringSubmatch(out.String()); found != nil {
			return found[1], out.String(), stop
		}
		if time.Now().After(deadline) {
			t.Fatalf("it does not greet: %s", out)
		}
	}
}

const key = "mp_test_awslocal0000000000000000"

// TestAnEditedAssetArrivesAtTheInbox runs the command as a person would: edit,
// see the delivery in the test inbox, start again, find everything there.
func TestAnEditedAssetArrivesAtTheInbox(t *testing.T) {
	t.Parallel()
	stack := strings.ReplaceAll(ident.Sortable(time.Now)("local"), "_", "-")
	url, said, stop := start(t, stack)
	if !strings.Contains(said, "made   table") || !strings.Contains(said, "Sign in") {
		t.Errorf("it said %s", said)
	}
	c := client.Client{URL: url, Key: key, HTTP: http.DefaultClient}
	call := func(method, path string, in, out any) {
		t.Helper()
		if err := c.Call(t.Context(), method, path, in, out); err != nil {
			t.Fatal(err)
		}
	}
	var inbox, asset struct{ ID, URL, Colour string }
	call(http.MethodPost, "/v1/webhook-test-urls", map[string]any{}, &inbox)
	call(http.MethodPost, "/v1/webhook-endpoints", map[string]any{"url": inbox.URL, "events": []string{"asset.updated"}}, nil)
	var home, category struct{ ID string }
	call(http.MethodPost, "/v1/locations", map[string]any{"name": "Depot"}, &home)
	call(http.MethodPost, "/v1/categories", map[string]any{"name": "Cars"}, &category)
	call(http.MethodPost, "/v1/assets", map[string]any{
		"vin": "SER-1", "type": "car", "make": "Kia", "model": "EV6", "year": 2025, "home_location": home.ID, "categories": []string{category.ID},
	}, &asset)
	call(http.MethodPatch, "/v1/assets/"+asset.ID, map[string]any{"colour": "Teal"}, nil)
	var arrived struct{ Data []any }
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); len(arrived.Data) == 0; <-tick.C {
		if call(http.MethodGet, "/v1/webhook-test-urls/"+inbox.ID+"/requests", nil, &arrived); time.Now().After(deadline) {
			t.Fatal("nothing arrived at the inbox")
		}
	}
	stop()
	c.URL, said, _ = start(t, stack)
	call(http.MethodGet, "/v1/assets/"+asset.ID, nil, &asset)
	if asset.Colour != "Teal" || strings.Contains(said, "made ") {
		t.Errorf("after a restart the asset is %q, and it said %s", asset.Colour, said)
	}
}

func TestWithoutAnEmulatorItSaysHowToStartOne(t *testing.T) {
	t.Parallel()
	err := run(t.Context(), nil, func(string) string { return "" }, t.Output(), t.Output())
	if err == nil || !strings.Contains(err.Error(), "LocalStack") || !strings.Contains(err.Error(), "make aws-local") {
		t.Errorf("got %v", err)
	}
}
