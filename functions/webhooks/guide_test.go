package webhooks

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"motorpool/shared/signature"
)

var update = flag.Bool("update", false, "write guide.html")

// guide is the guide as it was written.
func guide(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("guide.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheGuideIsRendered: whoever serves it need not know Markdown.
func TestTheGuideIsRendered(t *testing.T) {
	b := bytes.NewBufferString("<!-- made of guide.md by go test ./functions/webhooks -update -->\n")
	_, body, _ := strings.Cut(guide(t), "\n") // the first heading is the page's title
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(body), b); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("guide.html", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if Guide != b.String() {
		t.Error("guide.html is not what guide.md says: make golden")
	}
}

// sample is the code block of a language in the guide.
func sample(t *testing.T, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(guide(t), "```"+language+"\n")
	code, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatalf("the guide has no %s", language)
	}
	return code
}

// TestTheGuidesCodeVerifies runs what the guide tells people to copy on a
// request that was signed with two secrets, and on one that was tampered with.
func TestTheGuidesCodeVerifies(t *testing.T) {
	t.Parallel()
	now := time.Now()
	old, err := signature.NewSecret(strings.NewReader(strings.Repeat("o", 32)))
	if err != nil {
		t.Fatal(err)
	}
	fresh, _ := signature.NewSecret(strings.NewReader(strings.Repeat("f", 32)))
	body := `{"text":"é🚐 \u00e9","n":9007199254740993}`
	signed := signature.Sign([]signature.Secret{fresh, old}, "dlv_1", now, []byte(body))
	input, _ := json.Marshal(map[string]any{"secret": old.Reveal(), "body": body, "headers": map[string]string{
		"webhook-id": signed.ID, "webhook-timestamp": signed.Timestamp, "webhook-signature": signed.Signature,
	}})
	for _, tt := range []struct{ language, file, program, command string }{
		{"go", "main.go", "package main\n\nimport (\n" + imports("crypto/hmac crypto/sha256 encoding/base64 encoding/json errors fmt net/http os strconv strings time") + `)

func main() {
	var in struct { Secret, Body string; Headers map[string]string }
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil { panic(err) }
	h := http.Header{}
	for name, value := range in.Headers { h.Set(name, value) }
	fmt.Println(Verify(in.Secret, h, []byte(in.Body), time.Now()) == nil, Verify(in.Secret, h, []byte(in.Body+" "), time.Now()) == nil, Verify(in.Secret, h, []byte(in.Body), time.Now().Add(time.Hour)) == nil)
}

%s`, "go run main.go"},
		{"js", "main.mjs", `%s
const input = JSON.parse(await new Promise((done) => { let s = ""; process.stdin.on("data", (d) => (s += d)).on("end", () => done(s)); }));
const ok = (body, now) => { try { verify(input.secret, input.headers, Buffer.from(body), now); return true; } catch { return false; } };
console.log(ok(input.body), ok(input.body + " "), ok(input.body, Date.now() + 3600e3));`, "node main.mjs"},
		{"python", "main.py", `import json, sys
%s
given = json.load(sys.stdin)
def ok(body, now=None):
    try:
        verify(given["secret"], given["headers"], body.encode(), now)
        return "true"
    except ValueError:
        return "false"
print(ok(given["body"]), ok(given["body"] + " "), ok(given["body"], time.time() + 3600))`, "python3 main.py"},
	} {
		t.Run(tt.language, func(t *testing.T) {
			t.Parallel()
			command := strings.Fields(tt.command)
			if _, err := exec.LookPath(command[0]); err != nil {
				t.Skipf("%s is not installed here: the guide's %s was not run", command[0], tt.language)
			}
			dir := t.TempDir()
			program := fmt.Sprintf(tt.program, sample(t, tt.language))
			if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(program), 0o600); err != nil {
				t.Fatal(err)
			}
			run := exec.CommandContext(t.Context(), command[0], command[1:]...)
			run.Dir, run.Stdin, run.Env = dir, strings.NewReader(string(input)), append(os.Environ(), "GOFLAGS=", "GO111MODULE=off")
			out, err := run.CombinedOutput()
			if got := strings.TrimSpace(string(out)); err != nil || got != "true false false" {
				t.Errorf("got %s, %v; want true false false", got, err)
			}
		})
	}
}

func imports(list string) (s string) {
	for _, path := range strings.Fields(list) {
		s += fmt.Sprintf("\t%q\n", path)
	}
	return s
}
