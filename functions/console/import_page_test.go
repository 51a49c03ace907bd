package console_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/location"
)

const someVehicles = "VIN;Vehicle;Make;Model;Model year;Branch;Class;Sold by\n" +
	"6T1BF3EK50X123456;car;Toyota;Camry;2025;SYD;Small SUV;Anna\n" +
	"SERIAL-77;trailer;Krone;Box;2020;SYD;Small SUV;Ben\n" +
	"SERIAL-78;trailer;Krone;Box;2020;Nowhere;Small SUV;Ben\n"

// furnish adds what rows refer to.
func (s *site) furnish() {
	s.t.Helper()
	if _, err := s.h.Locations.Create(s.t.Context(), s.owner, location.Details{Name: "Sydney Airport", Code: "SYD"}, s.h.Now()); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.h.Fleet.CreateCategory(s.t.Context(), s.owner, fleet.CategoryDetails{Name: "Small SUV"}, s.h.Now()); err != nil {
		s.t.Fatal(err)
	}
}

// hand posts a file as a browser without scripts does.
func (s *site) hand(name, file string) view {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(file))
	}
	if err != nil || form.Close() != nil {
		s.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.h.URL+"/imports", &body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", s.h.URL)
	return s.send(r)
}

// awaits loads a page again until it shows a text, as a page without scripts does.
func (s *site) awaits(path, text string) view {
	s.t.Helper()
	for end := time.Now().Add(15 * time.Second); ; {
		v := s.get(path).want(http.StatusOK)
		if strings.Contains(v.body, text) {
			return v
		}
		if time.Now().After(end) {
			s.t.Fatalf("%s never shows %q:\n%s", path, text, v.body)
		}
		select {
		case <-s.t.Context().Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func TestAFleetIsImportedWithoutAScript(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.furnish()
	s.get("/assets").want(http.StatusOK).has(`href="/imports"`, "Import a list", `action="/exports"`)
	s.get("/imports").want(http.StatusOK).has("at least one category", "50,000 rows")
	path := "/imports/" + s.hand("fleet.csv", someVehicles).want(http.StatusOK).after("/imports/")
	s.awaits(path, "Make a dry run").has("6T1BF3EK50X123456 · SERIAL-77", `<option value="home_location" selected>Home location *`, "Leave it out").lacks("style=", "ZgotmplZ")
	columns := []string{"vin", "type", "make", "model", "year", "home_location", "categories", "custom_fields.sold_by"}
	s.post(path+"/check", url.Values{"columns": append([]string{""}, columns[1:]...)}).want(http.StatusUnprocessableEntity).has("Say which column is the VIN")
	s.post(path+"/check", url.Values{"columns": columns}).want(http.StatusOK)
	s.awaits(path, "What would happen").has("<dt>Would be added</dt><dd>2 vehicles</dd>", "<dt>Refused</dt><dd>1 row</dd>", "There is no location called &#34;Nowhere&#34;", "check", "Download what was refused", ">Import<")
	s.post(path+"/apply", nil).want(http.StatusOK)
	s.awaits(path, "What happened").has("<dt>Added</dt><dd>2 vehicles</dd>")
	s.get(path+"/errors").want(http.StatusOK).has("SERIAL-78;"[:9], "what is wrong", "Nowhere")
	s.post(path+"/apply", nil).want(http.StatusUnprocessableEntity).has("This import is over.")
	s.get("/assets").want(http.StatusOK).has("Toyota Camry", "Krone Box").lacks("SERIAL-78")
	s.get("/imports").want(http.StatusOK).has("fleet.csv", "3 rows", "Imported")
	s.hand("page.csv", "<html>").want(http.StatusUnprocessableEntity).has(`aria-invalid="true"`)
	bad := "/imports/" + s.hand("latin.csv", "VIN,Make\nA1,Citro\xebn\n").want(http.StatusOK).after("/imports/")
	s.awaits(bad, "This file was not imported.").has("Line 2 is not in UTF-8")

	s.post("/exports", url.Values{"list": {"assets"}, "filters": {"type=trailer"}}).want(http.StatusOK)
	list := s.awaits("/exports", "Download").has("1 row", "type: trailer")
	_, rest, _ := strings.Cut(list.body, `href="/exports/xpt_`)
	id, _, _ := strings.Cut(rest, `/file"`)
	s.get("/exports/xpt_"+id+"/file").want(http.StatusOK).has("SERIAL-77", "Sydney Airport").lacks("6T1BF3EK50X123456")
}

func TestSomebodyImportsAFleetInTheBrowser(t *testing.T) {
	src := axe(t)
	s := open(t)
	s.furnish()
	b := s.browse()
	b.enter(s.link())
	dir := t.TempDir()
	file, page := filepath.Join(dir, "fleet.csv"), filepath.Join(dir, "page.csv")
	for path, what := range map[string]string{file: someVehicles, page: "<html>"} {
		if err := os.WriteFile(path, []byte(what), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.open("/assets")
	b.press("Import")
	b.sees("Choose a file, or drop it here")
	b.shoot("import-upload")
	b.expected = append(b.expected, "/complete") // what is no list is refused there
	b.do(chromedp.SetUploadFiles("#file", []string{page}))
	b.sees("page.csv: ") // why not, beside the file
	b.shoot("import-refused")
	b.do(chromedp.SetUploadFiles("#file", []string{file})) // straight to the store
	b.sees("Say what each column is")                      // the page has refreshed itself
	b.phone()
	b.shoot("import-columns-phone")
	if wide := eval[bool](b, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the columns do not fit a phone")
	}
	b.desk()
	b.fill("#column-2", "type")
	b.fill("#column-8", "custom_fields.sold_by")
	b.press("Make a dry run")
	b.sees("What would happen")
	b.sees("There is no location called")
	b.shoot("import-checked")
	for _, theme := range []string{"light", "dark"} {
		b.theme(theme)
		b.open(b.location())
		b.sees("What would happen")
		b.accessible(src, "a dry run, "+theme)
	}
	b.press("Import")
	b.sees("Go to the fleet")
	b.sees("Download what was refused")
	b.press("Go to the fleet")
	b.sees("2 assets")
	b.press("Export")
	b.sees("until")
	b.accessible(src, "exports")
}

// TestEachListHasItsExport: the button over a list asks for what the list shows,
// with its filters; who may not export sees none.
func TestEachListHasItsExport(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	clerk, _ := s.hire("tom@harbour.example", s.role("Clerk", access.ViewAssets, access.ViewPeople, access.ViewLocations, access.ViewTracking, access.ViewExpenses))
	for path, want := range map[string][2]string{
		"/assets?type=trailer&q=%20k": {"assets", "q=k&sort=number&type=trailer"}, "/issues?state=open&severity=safety": {"issues", "severity=safety&state=open"},
		"/maintenance?state=planned": {"maintenance-windows", "state=planned"}, "/reminders?state=overdue": {"service-reminders", "state=overdue"},
		"/inspections?kind=return": {"inspections", "kind=return"}, "/people?q=ana&state=blocked": {"people", "q=ana&state=blocked"},
		"/companies?tag=gold": {"companies", "sort=name&tag=gold"}, "/documents?show=expiring": {"documents", "expires_within=30"},
		"/documents?show=rejected": {"documents", "state=rejected"}, "/locations": {"locations", ""}, "/devices?q=a": {"devices", "q=a"},
		"/insurance?q=harb&state=active": {"insurance-policies", "q=harb&state=active"}, "/insurance-claims?q=c-5": {"insurance-claims", "q=c-5"},
	} {
		list, filters := want[0], want[1]
		s.get(path).want(http.StatusOK).has(`action="/exports"`, `name="list" value="`+list+`"`, `name="filters" value="`+strings.ReplaceAll(filters, "&", "&amp;")+`"`)
		s.post("/exports", url.Values{"list": {list}, "filters": {filters}}).want(http.StatusOK)
		clerk.get(path).want(http.StatusOK).lacks(`action="/exports"`)
	}
	until(t, "the exports are written", func() bool { return !strings.Contains(s.get("/exports").body, "Being written") })
	s.get("/exports").want(http.StatusOK).has("state: rejected", "expires_within: 30").lacks("Failed")
	s.post("/exports", url.Values{"list": {"assets"}, "filters": {"colour=red"}}).want(http.StatusUnprocessableEntity)
	s.post("/exports", url.Values{"list": {"assets"}, "filters": {"%zz"}}).want(http.StatusUnprocessableEntity)
}
