package signature_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"motorpool/shared/signature"
)

// A message is something a receiver may get, and whether it should accept it.
type message struct {
	name    string
	Secret  string            `json:"secret"` // the one that this receiver holds
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"`
	want    bool
}

// edgeBodies are what JSON libraries like to change when they touch it.
var edgeBodies = map[string]string{
	"an empty object":           `{}`,
	"unicode":                   `{"name":"Bärbel 🚗 \u2028 ` + "\u2028" + ` 日本 e\u0301"}`,
	"numbers beyond 2^53":       `{"n":9007199254740993,"m":-12345678901234567890,"x":1.10,"e":1E400}`,
	"odd order and white space": "{ \"b\" : 1 ,\r\n\t\"a\":[ ],\n\"a\":2 }\n\n",
	"a slash and markup":        `{"u":"https:\/\/a.example\/?a=1&b=2","h":"<b>\"'"}`,
	"256 KiB":                   `{"long":"` + strings.Repeat("0123456789abcdef", 16383) + `"}`,
}

// messages are sent as package webhook sends them: first attempts, a retry, a
// rotation, edge payloads; and the same with something wrong.
func messages(t *testing.T) []message {
	now := time.Now() // the libraries read the clock themselves
	old, next, pair := secret(t), secret(t), pair(t)
	send := func(name string, holds signature.Secret, want bool, at time.Time, body string, secrets ...signature.Secret) message {
		h := signature.Sign(secrets, "dlv_01k9x3v7q2m8r4t6w0y5z1a3b5_c7", at, []byte(body))
		return message{name, holds.Reveal(), map[string]string{
			"webhook-id": h.ID, "webhook-timestamp": h.Timestamp, "webhook-signature": h.Signature,
		}, []byte(body), want}
	}
	body := `{"id":"evt_1","type":"asset.created","data":{"object":{"vin":"X"}}}`
	all := []message{
		send("first attempt", old, true, now, body, old),
		send("retried", old, true, now.Add(65*time.Second), body, old),
		send("rotation: a receiver with the new secret", next, true, now, body, next, old),
		send("rotation: a receiver with the old secret", old, true, now, body, next, old),
		send("rotation: between schemes", old, true, now, body, pair, old),
		send("after the overlap, the old secret", old, false, now, body, next),
		send("an hour old", old, false, now.Add(-time.Hour), body, old),
	}
	for name, b := range edgeBodies {
		all = append(all, send(name, old, true, now, b, old))
	}
	changed := send("a changed byte", old, false, now, body, old)
	changed.Body = bytes.Replace(changed.Body, []byte("X"), []byte("Y"), 1)
	another := send("another id", old, false, now, body, old)
	another.Headers["webhook-id"] += "x"
	return append(all, changed, another)
}

func secret(t *testing.T) signature.Secret {
	s, err := signature.NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func pair(t *testing.T) signature.Secret {
	s, err := signature.NewKeyPair(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheGoVerifierAgrees(t *testing.T) {
	for _, m := range messages(t) {
		wh, err := standardwebhooks.NewWebhook(m.Secret)
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		for name, v := range m.Headers {
			h.Set(name, v)
		}
		if err := wh.Verify(m.Body, h); (err == nil) != m.want {
			t.Errorf("%s: got %v, want accepted %t", m.name, err, m.want)
		}
	}
}

func TestTheJavaScriptVerifierAgrees(t *testing.T) {
	modules := installed(t, "MOTORPOOL_NODE_MODULES", "../../.ci/node_modules", "standardwebhooks")
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node")
	}
	agree(t, exec.CommandContext(t.Context(), node, "testdata/verify.js"), "NODE_PATH="+modules)
}

func TestThePythonVerifierAgrees(t *testing.T) {
	python := installed(t, "MOTORPOOL_PYTHON", "../../.cache/venv/bin/python", "")
	if exec.CommandContext(t.Context(), python, "-c", "import standardwebhooks").Run() != nil {
		missing(t, "the Python package standardwebhooks")
	}
	agree(t, exec.CommandContext(t.Context(), python, "testdata/verify.py"), "PYTHONDONTWRITEBYTECODE=1")
}

// agree gives all messages to a verifier and compares its answers with ours.
func agree(t *testing.T, verifier *exec.Cmd, env string) {
	t.Helper()
	all := messages(t)
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	verifier.Stdin, verifier.Stderr, verifier.Env = bytes.NewReader(in), os.Stderr, append(os.Environ(), env)
	out, err := verifier.Output()
	if err != nil {
		t.Fatalf("the verifier did not run: %v", err)
	}
	var accepted []bool
	if err := json.Unmarshal(out, &accepted); err != nil || len(accepted) != len(all) {
		t.Fatalf("the verifier answered %q: %v", out, err)
	}
	for i, m := range all {
		if accepted[i] != m.want {
			t.Errorf("%s: accepted %t, want %t", m.name, accepted[i], m.want)
		}
	}
}

// installed finds what make ci-setup installs, or what env points at.
func installed(t *testing.T, env, standard, inside string) string {
	t.Helper()
	place := os.Getenv(env)
	if place == "" {
		place = standard
	}
	if _, err := os.Stat(filepath.Join(place, inside)); err != nil {
		missing(t, place)
	}
	abs, err := filepath.Abs(place)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// missing skips loudly where people work, and fails where nothing may be missing.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing: run make ci-setup", what)
	}
	t.Skipf("NOT TESTED: %s is missing. Run make ci-setup to test against this verifier.", what)
}
