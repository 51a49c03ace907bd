package console_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/tracking"
)

func TestAnOdometerIsReadOnItsPage(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	made := s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}).want(http.StatusOK)
	id := made.after("/assets/")
	path := "/assets/" + id + "/odometer"
	s.get("/assets/" + id).has(path)
	s.get(path).want(http.StatusOK).has("Never read", "do not round").lacks("<svg viewBox=\"0 0 600", "ZgotmplZ", " style=")

	s.post(path, url.Values{"value": {"1,000"}, "read_at": {"2026-01-05T09:00"}, "note": {"<i>Handover"}}).want(http.StatusOK).has("The reading is recorded.", "1,000 km", "&lt;i&gt;Handover")
	s.post(path, url.Values{"value": {"999"}}).want(http.StatusUnprocessableEntity).has("which is more", "On 5 January 2026, 09:00 AEDT the odometer showed 1,000 km already", `value="999"`)
	s.post(path, url.Values{"value": {"about 2000"}, "read_at": {"yesterday"}}).want(http.StatusUnprocessableEntity).has("whole number", `value="yesterday"`)
	s.post(path, url.Values{"value": {"2000"}, "read_at": {"2999-01-01T00:00"}}).want(http.StatusUnprocessableEntity).has("yet to come")
	jump := url.Values{"value": {"9000"}, "read_at": {"2026-01-06T09:00"}}
	s.post(path, jump).want(http.StatusUnprocessableEntity).has(`name="confirm"`, "I have looked again", `value="9000"`)
	jump.Set("confirm", "true")
	s.post(path, jump).want(http.StatusOK).has("9,000 km", `role="img"`, "Total distance, from 1,000 km to 9,000 km")
	s.post(path, url.Values{"value": {"5"}, "cluster_replaced": {"true"}, "note": {"new cluster"}, "read_at": {"2026-01-07T09:00"}}).
		want(http.StatusOK).has("New cluster", "9,000 km through all clusters")
	s.get("/assets/ast_none/odometer").want(http.StatusNotFound)
}

// TestWhoInspectsOrCaresRecordsAnOdometer: it takes no right to edit vehicles.
func TestWhoInspectsOrCaresRecordsAnOdometer(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	path := "/assets/" + s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}}).want(http.StatusOK).after("/assets/") + "/odometer"
	for i, g := range []access.Grant{access.DoInspections, access.ManageCare} {
		clerk, _ := s.hire(fmt.Sprintf("clerk%d@example.com", i), s.role(fmt.Sprint("Counter ", i), access.ViewAssets, g))
		clerk.get(path).want(http.StatusOK).has("Record a reading")
		clerk.post(path, url.Values{"value": {fmt.Sprint(4711 + i)}, "read_at": {fmt.Sprintf("2026-01-05T0%d:00", i)}}).want(http.StatusOK).has("The reading is recorded.")
	}
	reader, _ := s.hire("reader@example.com", s.role("Reader", access.ViewAssets))
	reader.get(path).want(http.StatusOK).lacks("Record a reading")
	reader.post(path, url.Values{"value": {"5000"}}).want(http.StatusForbidden)
}

func TestJourneysAreOnThePageOfTheirAsset(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	made := s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}).want(http.StatusOK)
	id := made.after("/assets/")
	s.get("/assets/" + id + "/journeys").want(http.StatusOK).has("No journeys")
	now := s.h.Now().UTC().Truncate(time.Second)
	d, err := s.h.Tracking.Register(t.Context(), s.owner, tracking.Draft{Provider: "acme", Serial: "AAA1"}, now)
	if err == nil {
		_, err = s.h.Tracking.Fit(t.Context(), s.owner, d.ID, id, 0, now.Add(-24*time.Hour))
	}
	if err == nil {
		_, err = s.h.Tracking.Ingest(t.Context(), s.owner, []tracking.Report{
			{Provider: "acme", Serial: "AAA1", Start: now.Add(-2 * time.Hour), End: now.Add(-time.Hour), Metres: 12_450, From: &tracking.Position{Latitude: "-33.86882", Longitude: "151.2"}},
			{Provider: "acme", Serial: "AAA1", Start: now.Add(-40 * time.Minute), End: now.Add(-30 * time.Minute), Metres: 900_000},
		}, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.get("/assets/"+id+"/journeys").want(http.StatusOK).has("12 km", "-33.868820, 151.200000", "Ignored: too fast", "acme AAA1", "Active").lacks("ZgotmplZ", " style=")
	if other := s.get("/assets/ast_none/journeys").want(http.StatusNotFound); strings.Contains(other.body, "AAA1") {
		t.Error("of another asset")
	}
}
