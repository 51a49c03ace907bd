package functions

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// names are all that is listed, with the place of the list.
func names() (all []string) {
	for _, a := range Areas {
		for _, r := range a.Routes {
			all = append(all, r.Name)
		}
		for _, s := range a.Streams {
			all = append(all, s.Name)
		}
		for _, c := range a.Consumers {
			all = append(all, c.Name)
		}
		for _, s := range a.Steps {
			all = append(all, s.Name)
		}
		for _, t := range a.Ticks {
			all = append(all, t.Name)
		}
	}
	return all
}

// common are the folders of the console that have no routes: what its sections
// have in common, and how pages look (decision 0040).
var common = words("chore customer look page record")

// TestOneFileOneFunction keeps the promise that a name is a place:
// webhooks.create_endpoint is in webhooks/create_endpoint.go and nowhere else. The
// console has a folder a section: console.asset_page is in console/*/asset_page.go.
func TestOneFileOneFunction(t *testing.T) {
	listed := map[string]bool{}
	for _, name := range names() {
		dir, file, _ := strings.Cut(name, ".")
		if listed[name] {
			t.Errorf("%s is listed twice", name)
		}
		listed[name] = true
		if at := places(t, dir, file); len(at) != 1 {
			t.Errorf("%s is listed; there is %v, not one %s.go in %s", name, at, file, dir)
		}
		if strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' }) || len(name) > 128 {
			t.Errorf("%q is no name for a Lambda's handler", name)
		}
	}
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("console/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range slices.Concat(files, pages) {
		if slices.Contains(common, filepath.Base(filepath.Dir(f))) {
			continue
		}
		base := strings.TrimSuffix(filepath.Base(f), ".go")
		if base == "doc" || strings.HasPrefix(base, "view") || strings.HasSuffix(base, "_test") {
			continue
		}
		area, _, _ := strings.Cut(filepath.ToSlash(f), "/")
		if name := area + "." + base; !listed[name] {
			t.Errorf("%s is neither listed as %s nor doc.go, view….go or a test", f, name)
		}
	}
}

func TestListsAreSortedAndWhole(t *testing.T) {
	var areas []string
	for _, a := range Areas {
		areas = append(areas, a.Name)
		var routes []string
		for _, r := range a.Routes {
			routes = append(routes, r.Name)
			if r.Handle == nil || r.Path == "" || r.Summary == "" {
				t.Errorf("%s has no handler, path or summary", r.Name)
			}
			if area, _, _ := strings.Cut(r.Name, "."); area != a.Name {
				t.Errorf("%s is listed in %s", r.Name, a.Name)
			}
		}
		if !slices.IsSorted(routes) {
			t.Errorf("the routes of %s are not sorted: %v", a.Name, routes)
		}
	}
	for _, routes := range sections(t) {
		if !slices.IsSorted(routes) {
			t.Errorf("a section's routes are not sorted: %v", routes)
		}
	}
	if !slices.IsSorted(areas) {
		t.Errorf("the areas are not sorted: %v", areas)
	}
	folders, err := filepath.Glob("*/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !slices.Contains(areas, filepath.Dir(f)) {
			t.Errorf("%s is not in Areas", filepath.Dir(f))
		}
	}
}

// places are the files of an area that have this name; the console's are in its
// sections.
func places(t *testing.T, area, file string) []string {
	t.Helper()
	if area == "console" {
		area += "/*"
	}
	at, err := filepath.Glob(filepath.Join(area, file+".go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(at, func(f string) bool { return slices.Contains(common, filepath.Base(filepath.Dir(f))) })
}

// sections are the names of the console's routes by the folder they are in.
func sections(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, name := range names() {
		file, ok := strings.CutPrefix(name, "console.")
		if !ok {
			continue
		}
		for _, at := range places(t, "console", file) {
			all[filepath.Dir(at)] = append(all[filepath.Dir(at)], name)
		}
	}
	return all
}

// Kinds of package. Everything below shared is one of them: a noun of the
// business, a port with its suite and adapters, a word of the vocabulary, or
// what tests borrow.
var (
	nouns = words("apikey attachment audit calendar checkup company document expense exporting fleet identity importing inbox inspection insurance issue letter location maintenance member odometer onboarding outbox person photo reminder sequence session tracking webhook workspace")
	ports = words("blob mail picture queue secrets table timeline")
	vocab = words("access api app config country disk docs egress fault form idempotency ident money morning pattern sheet signature span")
	other = words("apitest decisions")

	// spoken are nouns and words that other nouns may import: their types are
	// what the product speaks in (see shared/decisions/words.md).
	spoken = words("audit calendar checkup egress identity letter outbox sequence signature")

	// plain words stand on the standard library and on each other alone.
	plain = words("access country fault form ident money pattern span")
)

func words(list string) []string { return strings.Fields(list) }

func TestEveryChildOfSharedIsANounAPortOrAWord(t *testing.T) {
	dirs, err := os.ReadDir("../shared")
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Concat(nouns, ports, vocab, other)
	for _, d := range dirs {
		if !slices.Contains(known, d.Name()) {
			t.Errorf("shared/%s is neither a noun, a port nor a word that we know; if it is one, say so here and in words.md", d.Name())
		}
	}
}

// A rule says what packages that match from must not import.
type rule struct {
	from, not string   // "shared/*", "functions/*": * is one element, ** any number
	but       []string // imports that are allowed all the same
	why       string
}

func rules() []rule {
	var all []rule
	add := func(from, not, why string, but ...string) { all = append(all, rule{from, not, but, why}) }

	add("events", "motorpool/**", "events are what we say to the outside; they know nothing of us")
	add("shared/**", "motorpool/functions/**", "the business does not know what wakes it")
	add("shared/**", "motorpool/infra/**", "the business does not know where it lives")
	add("functions/**", "motorpool/infra/**", "a function does not know where it lives")
	for _, f := range []string{"functions/*", "functions/*/*"} {
		add(f, "motorpool/shared/table/**", "a function asks a service; it does not reach into storage")
		add(f, "motorpool/shared/queue/**", "a function asks a service; it does not send by itself")
		add(f, "github.com/aws/**", "only adapters and infra/aws speak to AWS")
		add(f, "github.com/danielgtaylor/**", "huma is behind shared/api")
	}
	var parts []string
	for _, c := range common {
		parts = append(parts, "motorpool/functions/console/"+c)
	}
	add("functions/console/*", "motorpool/functions/console/*", "a section of the console imports no other one", parts...)
	add("functions/console/look", "motorpool/functions/**", "how pages look depends on no page")
	add("functions/console/page", "motorpool/functions/**", "what all pages have in common knows none of them", "motorpool/functions/console/look")
	for _, n := range slices.Concat(nouns, []string{"app", "access", "fault", "ident"}) {
		add("shared/"+n, "github.com/aws/**", "only adapters and infra/aws speak to AWS")
		add("shared/"+n, "go.etcd.io/**", "only adapters open files")
		add("shared/"+n, "html/template", "every binary has every noun in it, and this weighs 4 to 6 MB")
		add("shared/"+n, "text/template", "every binary has every noun in it, and this weighs 4 to 6 MB")
		add("shared/"+n, "motorpool/shared/*/*", "a noun stands on a port, not on an adapter")
		add("shared/"+n, "motorpool/shared/api/**", "the business does not know HTTP")
	}
	for _, n := range nouns {
		for _, m := range slices.Concat(nouns, []string{"app"}) {
			if m != n && !slices.Contains(spoken, m) {
				add("shared/"+n, "motorpool/shared/"+m, "nouns meet through an interface that the asker declares")
			}
		}
	}
	for _, p := range ports {
		for _, n := range slices.Concat(nouns, []string{"api", "app"}) {
			add("shared/"+p+"/**", "motorpool/shared/"+n, "a port does not know the business")
		}
		add("shared/"+p, "github.com/**", "a port is ours; its adapters bring the libraries")
	}
	for _, w := range plain {
		add("shared/"+w, "motorpool/**", "a plain word stands on nothing of ours but other words", vocabulary(plain)...)
	}
	return all
}

func vocabulary(words []string) (paths []string) {
	for _, w := range words {
		paths = append(paths, "motorpool/shared/"+w)
	}
	return paths
}

// TestWhoMayImportWhom is house rule 4.3.
func TestWhoMayImportWhom(t *testing.T) {
	out := list(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "motorpool/...")
	all := rules()
	for line := range strings.Lines(out) {
		path, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		from := strings.TrimPrefix(path, "motorpool/")
		for _, r := range all {
			if !matches(r.from, from) {
				continue
			}
			for _, to := range strings.Fields(imports) {
				if matches(r.not, to) && !slices.Contains(r.but, to) {
					t.Errorf("%s imports %s, but %s", from, to, r.why)
				}
			}
		}
	}
}

// TestOnlyTestsImportSuites keeps test code out of what is shipped.
func TestOnlyTestsImportSuites(t *testing.T) {
	out := list(t, "-deps", "motorpool/infra/aws/lambda/...", "motorpool/infra/machine")
	for path := range strings.FieldsSeq(out) {
		if strings.HasPrefix(path, "motorpool/shared/") && strings.HasSuffix(path, "test") {
			t.Errorf("infra needs %s, which is for tests", path)
		}
	}
}

// list is what go list says.
func list(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		if e, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("%v\n%s", err, e.Stderr)
		}
		t.Fatal(err)
	}
	return string(out)
}

// matches compares a path with a pattern of whole elements.
func matches(pattern, path string) bool {
	p, s := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i, want := range p {
		if want == "**" {
			return true
		}
		if i >= len(s) || want != "*" && want != s[i] {
			return i == len(p)-1 && want == "**"
		}
	}
	return len(p) == len(s)
}

func TestMatches(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		want          bool
	}{
		{"shared/*", "shared/fleet", true},
		{"shared/*", "shared/table/embed", false},
		{"shared/*/*", "shared/table/embed", true},
		{"shared/**", "shared/table/embed", true},
		{"shared/table/**", "shared/table", true},
		{"shared/fleet", "shared/fleets", false},
		{"github.com/aws/**", "github.com/aws/x/y", true},
		{"github.com/aws/**", "github.com/awslabs/x", false},
	} {
		if got := matches(tt.pattern, tt.path); got != tt.want {
			t.Errorf("%s, %s: got %v", tt.pattern, tt.path, got)
		}
	}
}
