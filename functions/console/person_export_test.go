package console_test

import (
	"archive/zip"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/person"
)

var copyLink = regexp.MustCompile(`href="(/people/per_[a-z0-9]+/exports/pex_[a-z0-9]+/files/att_[a-z0-9]+)"`)

// copyOf orders everything that is held on a person and returns what is in the
// first file, as its text.
func (s *site) copyOf(person string) string {
	s.t.Helper()
	s.post("/people/"+person+"/exports", nil).want(http.StatusOK).has("The file is being written.")
	link := copyLink.FindStringSubmatch(s.awaits("/people/"+person+"/exports", "/att_").body)
	if link == nil {
		s.t.Fatal("no link to a file")
	}
	v := s.get(link[1]).want(http.StatusOK)
	z, err := zip.NewReader(strings.NewReader(v.body), int64(len(v.body)))
	if err != nil {
		s.t.Fatal(err)
	}
	var all strings.Builder
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			s.t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			s.t.Fatal(err)
		}
	}
	return all.String()
}

// exported is the page of the exports of somebody who has one.
func (s *site) exported() string {
	s.t.Helper()
	id := s.post("/people", url.Values{"given_name": {"Ana"}, "family_name": {"Núñez"}}).want(http.StatusOK).after("/people/")
	s.copyOf(id)
	return "/people/" + id + "/exports"
}

// emptyExports is the page of the exports of somebody who has none.
func (s *site) emptyExports() string {
	s.t.Helper()
	p, err := s.h.People.Create(s.t.Context(), s.owner, person.PersonDetails{GivenName: "Ana", FamilyName: "Núñez"}, s.h.Now())
	s.must(err)
	return "/people/" + p.ID + "/exports"
}

// TestAnExportOfAPersonInTheBrowser: the page brings what is ready by itself.
func TestAnExportOfAPersonInTheBrowser(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.browse()
	src := axe(t)
	b.enter(s.link())
	b.desk()
	list := s.emptyExports()
	b.open(list)
	b.press("Export")
	b.sees("Ready")
	b.open(list)
	b.accessible(src, "a person's exports")
	b.shoot("person-exports")
	b.phone()
	b.open(list)
	b.fits("a person's exports")
	b.shoot("person-exports-phone")
}

// TestAnExportOfAPersonIsForWhoAskedForIt: a colleague with the same rights sees
// neither it nor its files, and anonymising takes it away.
func TestAnExportOfAPersonIsForWhoAskedForIt(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	list := s.exported()
	s.get(strings.TrimSuffix(list, "/exports")).want(http.StatusOK).has(`href="` + list + `"`)
	link := copyLink.FindStringSubmatch(s.get(list).want(http.StatusOK).has("Ready", " kB", "until").body)[1]
	colleague, _ := s.hire("kim@example.com", s.role("Everything", access.All()...))
	colleague.get(list).want(http.StatusOK).has("No exports yet")
	colleague.get(link).want(http.StatusNotFound)
	s.get(link[:strings.LastIndex(link, "/")] + "/att_01k9x3v7q2m8r4t6w0y5z1a3b5").want(http.StatusNotFound).has("no such file any more")
	s.post(strings.TrimSuffix(list, "/exports")+"/anonymise", nil).want(http.StatusOK)
	s.get(link).want(http.StatusNotFound)
	s.get(list).want(http.StatusOK).has("They are anonymised").lacks(">Export<")
}
