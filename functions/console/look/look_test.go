package look_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
)

// story is a page with every part on it, in every state.
const story = `{{define "content"}}
{{range .Badges}}{{template "badge" .}}{{end}}{{range .Notices}}{{template "notice" .}}{{end}}{{template "empty" .Empty}}
<form>{{range .Fields}}{{template "field" .}}{{end}}{{template "picker" .Picker}}</form>
{{template "acts" .Acts}}{{template "dialog" .Dialog}}{{template "tabs" .Tabs}}{{template "pager" .Pager}}
{{template "code" .Code}}{{template "bars" .Bars}}{{template "timeline" .Steps}}{{template "time" .Never}}{{end}}`

type storyView struct {
	look.Frame
	Badges  []look.Badge
	Notices []look.Notice
	Empty   look.Empty
	Fields  []look.Field
	Picker  look.Picker
	Acts    []look.Act
	Dialog  look.Dialog
	Tabs    []look.Tab
	Pager   look.Pager
	Code    look.Code
	Bars    look.Bars
	Steps   []look.Step
	Never   look.Moment
}

const hostile = `"><script>alert(1)</script>`

func told(t *testing.T) string {
	t.Helper()
	clock := look.Clock{Now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Zone: time.UTC}
	x := look.Exchange{Request: []look.Pair{{Name: "a", Value: hostile}}, Status: hostile, Body: look.JSON("b", "Body", []byte(hostile)), Cut: hostile}
	v := storyView{
		Frame: look.Frame{
			Title: hostile, Lead: hostile, Crumbs: []look.Link{{Text: hostile, To: "/"}}, Section: "assets", Workspace: hostile, Test: true,
			Actor: access.Actor{ID: "usr_1", Name: hostile, Grants: access.All()}, Toast: look.Toast{Tone: "ok", Text: hostile}, Clock: clock,
		},
		Badges: []look.Badge{{Tone: "ok", Icon: "check", Text: hostile}}, Notices: []look.Notice{{Tone: "bad", Title: hostile, Text: hostile, Links: []look.Link{{Text: hostile, To: "javascript:alert(1)"}}}},
		Empty: look.Empty{Icon: "car", Title: hostile, Text: hostile, Links: []look.Link{{Text: hostile, To: "/"}}},
		Fields: []look.Field{
			{Name: "a", Label: hostile, Value: hostile, Hint: hostile, Wrong: hostile, Placeholder: hostile, Unit: "days", Required: true},
			{Name: "b", Label: "B", Type: "select", Options: []look.Option{{Value: hostile, Text: hostile, Chosen: true}}},
			{Name: "c", Label: "C", Type: "textarea", Value: hostile, Mono: true},
		},
		Picker: look.Picker{Name: "p", Legend: hostile, Search: hostile, All: look.Option{Value: "*", Text: hostile}, Sets: []look.Set{{Option: look.Option{Value: "x", Text: hostile}, Words: hostile, Members: []look.Option{{Value: hostile, Text: hostile, Hint: hostile}}}}, Wrong: hostile},
		Acts:   []look.Act{{Text: hostile, Post: "/x", Hidden: []look.Option{{Text: "n", Value: hostile}}}, {Text: "B", Dialog: "d"}, {Text: "C", To: "/c", Icon: "plus"}},
		Dialog: look.Dialog{ID: "d", Title: hostile, Text: hostile, Points: []string{hostile}, Action: "/x", Do: hostile, Danger: true}, Tabs: []look.Tab{{Text: hostile, To: "/", Current: true}},
		Pager: look.Pager{Shown: hostile, First: "/", Next: "/?cursor=" + hostile}, Code: look.JSON("c", hostile, []byte(`{"a":[1,true,"`+"\\\"><script>"+`"]}`)),
		Bars:  look.Glance([]look.Outcome{{Kind: "ok", Hint: hostile}, {Kind: "bad"}, {Kind: "wait"}}, 10, hostile),
		Steps: []look.Step{{Kind: "bad", Icon: "cross", Title: hostile, At: clock.When(clock.Now), Until: clock.Countdown(clock.Now.Add(time.Hour)), Note: hostile, Why: hostile, More: &x}},
	}
	var b bytes.Buffer
	if err := look.Page(fstest.MapFS{"story.html": {Data: []byte(story)}}, "story")().ExecuteTemplate(&b, look.Entry, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNoPartLetsHostileTextOut(t *testing.T) {
	t.Parallel()
	page := told(t)
	for _, bad := range []string{"<script>alert", "javascript:alert", " style=", "onclick", "ZgotmplZ.svg"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if n := strings.Count(page, "&lt;script&gt;alert(1)"); n < 30 {
		t.Errorf("the hostile text is on the page %d times, escaped; want it in every part", n)
	}
}

func TestEveryIconThatIsUsedIsDrawn(t *testing.T) {
	t.Parallel()
	sprite, err := look.Static().Open("icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	defer sprite.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(sprite); err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(told(t), "icons.svg#")[1:] {
		name, _, _ := strings.Cut(part, `"`)
		if !strings.Contains(b.String(), `id="`+name+`"`) {
			t.Errorf("there is no icon %q", name)
		}
	}
}

func TestTimesAreSaidAsPeopleDo(t *testing.T) {
	t.Parallel()
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	c := look.Clock{Now: now, Zone: sydney}
	for _, tt := range []struct{ got, want string }{
		{c.Ago(now.Add(-2 * time.Second)).Text, "just now"},
		{c.Ago(now.Add(-90 * time.Minute)).Text, "1 h ago"},
		{c.Ago(now.Add(50 * time.Hour)).Text, "in 2 d"},
		{c.Countdown(now.Add(310 * time.Second)).Text, "in 5 min 10 s"},
		{c.Countdown(now.Add(-time.Second)).Text, "any moment now"},
		{c.When(now).Text, "20:00:00"},
		{c.When(now.AddDate(0, 0, -2)).Text, "27 Feb 20:00"},
		{c.When(now.AddDate(-1, 0, 0)).Text, "1 Mar 2025 20:00"},
		{c.Exact(now).Text, "1 Mar 2026 20:00:00 AEDT"},
		{c.Midnight().Format(time.RFC3339), "2026-03-01T00:00:00+11:00"},
		{look.Span(0, 2), "0 s"},
		{look.Span(26*time.Hour, 2), "1 d 2 h"},
		{look.Took(84 * time.Millisecond), "84 ms"},
		{look.Took(2310 * time.Millisecond), "2.31 s"},
		{look.Bytes(612), "612 B"},
		{look.Bytes(1434), "1.4 KiB"},
		{look.Count(1, "day", "days"), "1 day"},
		{look.Count(12345, "day", "days"), "12,345 days"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":[1.5e3,-2,true,null,"x\"y"],"b":{"c":"\u202e"}}`, "\"\u202e\"", "<html>", "\xff\x00", `"`, `{"n":9007199254740993}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := look.JSON("id", "label", raw)
		if strings.ContainsRune(c.Text, 0) || strings.ContainsRune(c.Text, '\u202e') {
			t.Fatalf("%q shows what should not be seen: %q", raw, c.Text)
		}
		if c.Parts == nil {
			return
		}
		var all strings.Builder
		for _, p := range c.Parts {
			all.WriteString(p.Text)
		}
		if all.String() != c.Text {
			t.Fatalf("colouring %q changed it to %q", c.Text, all.String())
		}
	})
}
