package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"motorpool/shared/fleet"
	"motorpool/shared/issue"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// TestATimelineIsWrittenForPeople: names with links, pictures, amounts and local
// time; no JSON, no identifiers and no figures for programs.
func TestATimelineIsWrittenForPeople(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	home := s.place("Harbour")
	c, err := s.h.Fleet.CreateCategory(t.Context(), s.owner, fleet.CategoryDetails{Name: "Family SUVs"}, s.h.Now())
	s.must(err)
	at := time.Date(2026, 1, 5, 20, 30, 42, 0, time.UTC) // the next morning in Sydney
	a, err := s.h.Fleet.Create(t.Context(), s.owner, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "RAV4"}, at)
	s.must(err)
	_, err = s.h.Fleet.Edit(t.Context(), s.owner, a.ID, func(d *fleet.AssetDetails) error {
		d.Categories, d.PrimaryCategory, d.HomeLocation = []string{c.ID}, c.ID, home
		d.Acquisition.Price, d.Registration.Expires = money.Amount{Minor: 4_276_000, Currency: "AUD"}, span.Date{Year: 2026, Month: 9, Day: 30}
		return nil
	}, 0, at)
	s.must(err)
	i, err := s.h.Issues.Report(t.Context(), s.owner, a.ID, issue.Details{Title: "Brakes grind", Type: "missing_item"}, at)
	s.must(err)
	photos := "/assets/" + a.ID + "/photos"
	sent := s.sendFiles(photos, "photo", map[string][]byte{"front.jpg": jpegOf(t, 800, 600)}).want(http.StatusOK)
	photo := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindStringSubmatch(sent.body)[1]
	s.post(photos, url.Values{"file": {photo}}).want(http.StatusOK)

	for _, path := range []string{"/assets/" + a.ID + "/timeline", "/assets/" + a.ID + "?tab=history"} {
		v := s.get(path).want(http.StatusOK).has(
			"Added to the fleet", "Details changed", "Photo added", `<img class="thumb" src="`, "/attachments/"+photo,
			`<a href="/categories/`+c.ID+`">Family SUVs</a>`, `<a href="/locations/`+home+`">Harbour</a>`, "acquisition price", "42,760.00", "30 Sep 2026")
		_, body, _ := strings.Cut(v.body, "<main")
		words := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")
		if odd := regexp.MustCompile(`[{}\[\]]|&#34;|[a-z]{3}_[0-9a-z]{26}|sha256|UTC|added_at`).FindString(words); odd != "" {
			t.Errorf("%s shows people %q", path, odd)
		}
	}
	s.get("/assets/"+a.ID+"/timeline").has("Tuesday 6", "07:30", `href="/issues/`+i.ID+`">`)
}
