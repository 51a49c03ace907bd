package functions

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A source is one Go file of the repository.
type source struct {
	path string // from the top, with slashes
	text []byte
	file *ast.File
	set  *token.FileSet
}

func (s source) isTest() bool {
	return strings.HasSuffix(s.path, "_test.go") || strings.HasSuffix(s.dir(), "test") || strings.HasPrefix(s.path, "infra/emulators/")
}

func (s source) dir() string { return s.path[:max(strings.LastIndexByte(s.path, '/'), 0)] }

// below reports whether the file is in one of dirs or beneath it.
func (s source) below(dirs ...string) bool {
	return slices.ContainsFunc(dirs, func(d string) bool { return s.dir() == d || strings.HasPrefix(s.dir(), d+"/") })
}

func (s source) line(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// sources reads every Go file of the repository.
func sources(t *testing.T) (all []source) {
	t.Helper()
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && len(d.Name()) > 2 && (d.Name()[0] == '.' || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, path, text, parser.ParseComments)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		all = append(all, source{name, text, file, set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNoFloatsNearMoney: an amount is a count of minor units, a rate is a
// fraction of two integers. What a float does to either is found years later.
func TestNoFloatsNearMoney(t *testing.T) {
	near := []string{
		"events",
		"functions/care",
		"functions/fleet",
		"functions/locations",
		"functions/odometer",
		"functions/tracking",
		"shared/company",
		"shared/fleet",
		"shared/issue",
		"shared/location",
		"shared/maintenance",
		"shared/money",
		"shared/odometer",
		"shared/outbox",
		"shared/reminder",
		"shared/span",
		"shared/tracking",
	}
	for _, s := range sources(t) {
		if !s.below(near...) || s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float32" || n.Name == "float64" {
					t.Errorf("%s: %s near money", s.line(n), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: the float %s near money", s.line(n), n.Value)
				}
			}
			return true
		})
	}
}

// TestTheBusinessIsToldTheTime: no noun and no function reads the clock, the
// environment or randomness by itself; each is told by whoever wires it.
func TestTheBusinessIsToldTheTime(t *testing.T) {
	reads := regexp.MustCompile(`^(time\.(Now|Since|Until|After|AfterFunc|Tick|NewTimer|NewTicker|Sleep)|os\.(Getenv|LookupEnv|Environ|Args|Hostname))$`)
	random := words("crypto/rand math/rand math/rand/v2")
	var inside []string
	for _, n := range slices.Concat(nouns, []string{"access", "config", "fault", "money", "span", "signature"}) {
		inside = append(inside, "shared/"+n)
	}
	inside = append(inside, "events", "functions")
	wire := map[string]string{"shared/inbox/serve.go": "time.NewTimer"} // waits as long as a test URL was told to
	for _, s := range sources(t) {
		if !s.below(inside...) || s.isTest() {
			continue
		}
		for _, imp := range s.file.Imports {
			if path, _ := strconv.Unquote(imp.Path.Value); slices.Contains(random, path) && !(s.below("shared/signature") && path == "crypto/rand") {
				t.Errorf("%s imports %s; take an ident.Source or an io.Reader instead", s.path, path)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok && reads.MatchString(qualified(e)) && wire[s.path] != qualified(e) {
				t.Errorf("%s: %s; take it as a parameter instead", s.line(n), qualified(e))
			}
			return true
		})
	}
}

// TestNothingIsCompiledBeforeMain: a Lambda is one function, but would compile
// the patterns and templates of all packages in its binary at every start. Use
// package pattern, or sync.OnceValue.
func TestNothingIsCompiledBeforeMain(t *testing.T) {
	for _, s := range sources(t) {
		if !s.below("events", "functions", "shared") || s.isTest() {
			continue
		}
		for _, d := range s.file.Decls {
			vars, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			ast.Inspect(vars, func(n ast.Node) bool {
				if e, ok := n.(ast.Expr); ok && (qualified(e) == "regexp.MustCompile" || qualified(e) == "template.Must") {
					t.Errorf("%s: %s before main", s.line(n), qualified(e))
				}
				_, later := n.(*ast.FuncLit)
				return !later
			})
		}
	}
}

func TestNoTestSleeps(t *testing.T) {
	for _, s := range sources(t) {
		if !s.below("events", "functions", "shared") || !strings.HasSuffix(s.path, "_test.go") || bytes.Contains(s.text, []byte("synctest")) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sleep" {
				t.Errorf("%s: a test that sleeps is slow when it passes and fails on a slow machine", s.line(n))
			}
			return true
		})
	}
}

var (
	generated = regexp.MustCompile(`(?m)^// Code generated (by .+); DO NOT EDIT\.$`)
	unnamed   = regexp.MustCompile(`(?i)^// (this file is )?(auto-?)?generated`)
)

func TestAFileFitsIntoAHead(t *testing.T) {
	for _, s := range sources(t) {
		limit := 300
		if s.isTest() {
			limit = 400
		}
		if n := bytes.Count(s.text, []byte("\n")); n > limit && !generated.Match(s.text) {
			t.Errorf("%s has %d lines; %d are enough for one thing", s.path, n, limit)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil || s.isTest() {
				continue
			}
			if n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line; n > 60 {
				t.Errorf("%s: %s has %d lines; 60 are the most", s.line(f), f.Name.Name, n)
			}
		}
	}
}

// TestAConsolePackageFitsIntoAHead: a section that grows beyond this is two.
func TestAConsolePackageFitsIntoAHead(t *testing.T) {
	lines := map[string]int{}
	for _, s := range sources(t) {
		if s.below("functions/console") && !s.isTest() {
			lines[s.dir()] += bytes.Count(s.text, []byte("\n"))
		}
	}
	for dir, n := range lines {
		if n > 2000 {
			t.Errorf("%s has %d lines; 2000 are the most", dir, n)
		}
	}
}

func TestGeneratedFilesSayByWhichCommand(t *testing.T) {
	for _, s := range sources(t) {
		if unnamed.Match(s.text) && !generated.Match(s.text) {
			t.Errorf("%s is generated, but does not say by which command", s.path)
		}
	}
	for _, name := range []string{"template.yaml", "openapi.yaml"} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(text, []byte("# Code generated by go run ./infra/aws/template; DO NOT EDIT.\n")) {
			t.Errorf("%s does not say by which command it is made", name)
		}
	}
}

// TestErrorCodesAreNounAndReason looks at every fault.New with a constant code.
func TestErrorCodesAreNounAndReason(t *testing.T) {
	form := regexp.MustCompile(`^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$`)
	ends := regexp.MustCompile(`([.?…]|%[sv])$`)
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || qualified(c.Fun) != "fault.New" || len(c.Args) < 3 {
				return true
			}
			if lit, ok := c.Args[1].(*ast.BasicLit); ok {
				if code, _ := strconv.Unquote(lit.Value); code != "not_found" && !form.MatchString(code) { // the table does not know the noun
					t.Errorf("%s: the code %q is not noun.reason", s.line(c), code)
				}
			}
			if lit, ok := c.Args[2].(*ast.BasicLit); ok {
				text, _ := strconv.Unquote(lit.Value)
				if qualified(c.Args[0]) != "fault.Internal" && !ends.MatchString(text) { // what only the log sees is a fragment
					t.Errorf("%s: %q is not a sentence", s.line(c), text)
				}
			}
			return true
		})
	}
}

// qualified is an expression like time.Now as text, or empty.
func qualified(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if x, ok := sel.X.(*ast.Ident); ok {
			return x.Name + "." + sel.Sel.Name
		}
	}
	return ""
}

// TestNothingIsPromisedInComments: what is not done is an issue, not a comment.
func TestNothingIsPromisedInComments(t *testing.T) {
	promise := regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			if promise.MatchString(group.Text()) {
				t.Errorf("%s: %s", s.line(group), strings.TrimSpace(group.Text()))
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said, seen := map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		seen[s.dir()] = true
		if s.file.Doc != nil && len(strings.Fields(s.file.Doc.Text())) >= 5 {
			said[s.dir()] = true
		}
	}
	for dir := range seen {
		if !said[dir] {
			t.Errorf("%s has no package comment, or an empty one", dir)
		}
	}
}
