package letter

import (
	_ "embed"
	"html/template"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

//go:embed testdata/letter.html
var letterHTML string

// TestThePageIsWhatATemplateWouldMakeOfIt: html/template escapes plus signs too,
// and replaces zero bytes, which change nothing; all else is the same to the byte.
func TestThePageIsWhatATemplateWouldMakeOfIt(t *testing.T) {
	t.Parallel()
	page := template.Must(template.New("letter").Parse(letterHTML))
	rapid.Check(t, func(r *rapid.T) {
		said := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", `<script>alert(1)</script>`, `"><a href='javascript:x'>`, "Ben & Söhne", "&lt;", "a+b", "</title><b>", "<!--", "`${x}`"}))
		x := text{
			Subject: said.Draw(r, "subject"), Hello: said.Draw(r, "hello"), Text: rapid.SliceOfN(said, 0, 3).Draw(r, "text"), Lines: rapid.SliceOfN(said, 0, 3).Draw(r, "lines"),
			Button: said.Draw(r, "button"), Foot: said.Draw(r, "foot"),
			Link: rapid.SampledFrom([]string{"", "https://mp.example/sign-in/abc_-1", "http://localhost:8080/issues/iss_1?tab=photos&n=2#end", "/x"}).Draw(r, "link"),
		}
		var want strings.Builder
		if err := page.Execute(&want, x); err != nil {
			r.Fatal(err)
		}
		alike := strings.NewReplacer("&#43;", "+", "\x00", "\uFFFD")
		if got := alike.Replace(x.page()); got != alike.Replace(want.String()) {
			r.Fatalf("got\n%s\nwant\n%s", got, want.String())
		}
	})
}

func TestALinkIsNoScript(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://mp.example/x": `href="https://mp.example/x"`, "javascript:alert(1)": `href="#"`, " JavaScript:alert(1)": `href="#"`, "data:text/html,x": `href="#"`,
		`https://mp.example/"onclick="x`: `href="https://mp.example/&#34;onclick=&#34;x"`,
	} {
		if got := (text{Link: link, Button: "Open"}).page(); !strings.Contains(got, want) {
			t.Errorf("%s: %s", link, got)
		}
	}
}
