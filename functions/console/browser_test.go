package console_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A browser is a real one, without a window, with a fresh profile. What its
// console says is an error of the test.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string

	mu       sync.Mutex
	said     []string
	expected []string // of what it says, what a test provokes
}

// chromium finds the browser, or skips the test aloud. In CI there is one.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("MOTORPOOL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	missing(t, "a browser: install Chromium (apt-get install chromium), or name one in MOTORPOOL_CHROMIUM")
	return ""
}

// missing skips what cannot run here, and never in CI.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("CI needs " + what)
	}
	t.Skip("THIS WAS NOT TESTED. It needs " + what)
}

// browse opens a browser on the site, wide as a desk.
func (s *site) browse() *browser {
	s.t.Helper()
	path := chromium(s.t)
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(s.t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	s.t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	s.t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 4*time.Minute)
	s.t.Cleanup(stop)
	b := &browser{t: s.t, ctx: ctx, url: s.h.URL}
	b.do(chromedp.Navigate("about:blank"))
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(b.complain)
	b.desk()
	return b
}

func (b *browser) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *cdplog.EventEntryAdded:
		if ev.Entry.Level == "error" || ev.Entry.Level == "warning" {
			b.said = append(b.said, string(ev.Entry.Source)+": "+ev.Entry.Text+" "+ev.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		b.said = append(b.said, "exception: "+ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" || ev.Type == "warning" {
			b.said = append(b.said, fmt.Sprintf("console.%s", ev.Type))
		}
	}
}

func (b *browser) complain() {
	b.mu.Lock()
	defer b.mu.Unlock()
said:
	for _, line := range b.said {
		for _, e := range b.expected {
			if strings.Contains(line, e) {
				continue said
			}
		}
		b.t.Errorf("the browser's console: %s", line)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) desk() { b.t.Helper(); b.do(chromedp.EmulateViewport(1280, 900)) }
func (b *browser) phone() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(360, 780, chromedp.EmulateMobile))
}

func (b *browser) open(path string) {
	b.t.Helper()
	eval[bool](b, `window.left = true`) // a page before that is still loading is not this one
	b.do(chromedp.Navigate(b.url + path))
	b.until("the page is there", `!window.left && document.readyState === "complete"`)
}

// theme is light or dark from now on.
func (b *browser) theme(name string) {
	b.t.Helper()
	eval[bool](b, `localStorage.setItem("theme", "`+name+`"), document.documentElement.dataset.theme = "`+name+`", true`)
}

func (b *browser) click(selector string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Click(selector)); err != nil {
		b.t.Fatalf("click %s: %v", selector, err)
	}
}

// press clicks the visible button or link with this text, as soon as there is one.
func (b *browser) press(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("something to press that says %q", text), `(() => {
		const all = [...document.querySelectorAll("button, a")].filter(e => e.checkVisibility() && e.textContent.trim() === `+fmt.Sprintf("%q", text)+`);
		const dialog = document.querySelector("dialog[open]");
		const e = (dialog && all.find(e => dialog.contains(e))) || all[0];
		if (e) setTimeout(() => e.click());
		return !!e;
	})()`)
}

func (b *browser) fill(selector, value string) {
	b.t.Helper()
	b.do(chromedp.SetValue(selector, value))
}

// sees waits until the page shows a text.
func (b *browser) sees(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("%q", text), fmt.Sprintf("!!document.body && document.body.innerText.includes(%q)", text))
}

// until waits until an expression is true in the page, whichever page that is by then.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression)); err == nil && yes {
			return
		}
		select {
		case <-b.ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	page, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	b.t.Fatalf("%s: still waiting for %s, only:\n%s", b.location(), what, page)
}

func (b *browser) location() string {
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return strings.TrimPrefix(at, b.url)
}

func eval[T any](b *browser, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%s: %.120s: %v", b.location(), script, err)
	}
	return v
}

// shoot keeps a picture of the whole page where MOTORPOOL_SHOTS says, for people to look at.
func (b *browser) shoot(name string) {
	b.t.Helper()
	dir := os.Getenv("MOTORPOOL_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// enter signs in by a link, as people do.
func (b *browser) enter(link string) {
	b.t.Helper()
	b.open("/sign-in/" + link)
	b.press("Sign in")
	b.sees("Get started")
}
