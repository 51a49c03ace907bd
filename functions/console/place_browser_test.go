package console_test

import (
	"testing"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"motorpool/shared/inspection"
)

// at puts the browser somewhere, and says whether pages may know.
func (b *browser) at(latitude, longitude float64, may permission.PermissionSetting) {
	b.t.Helper()
	near := 10.0
	if _, err := chromedp.Call(b.ctx, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &latitude, Longitude: &longitude, Accuracy: &near}); err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, permission.SetPermission, permission.SetPermissionParams{Permission: &permission.PermissionDescriptor{Name: "geolocation"}, Setting: may}); err != nil {
		b.t.Fatal(err)
	}
}

// TestAnInspectionIsStampedWithItsPlace if who fills it in allows it, to about a
// hundred metres; who does not fills it in all the same.
func TestAnInspectionIsStampedWithItsPlace(t *testing.T) {
	t.Parallel()
	filled := func(may permission.PermissionSetting) (*inspection.Inspection, *browser) {
		s := open(t).signIn()
		b := s.browse()
		b.enter(s.link())
		i := s.inspectedBy(inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{
			{Key: "lights", Label: "Lights", Type: inspection.Check, Required: true},
		}}}})
		b.at(-33.86785, 151.20732, may)
		b.open("/inspections/" + i.ID + "/form")
		if may == permission.PermissionSettingGranted {
			b.until("it knows where it is", `document.querySelector("[name=latitude]").value === "-33.86785"`)
		}
		b.click(`#at-lights label:nth-child(1)`)
		b.until("it is saved", `document.querySelector("[data-saved]").textContent.startsWith("Saved")`)
		b.click(`button[value="complete"]`)
		b.until("the report is shown", `location.pathname === "/inspections/`+i.ID+`"`)
		done, err := s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
		s.must(err)
		return done, b
	}
	there, b := filled(permission.PermissionSettingGranted)
	if p := there.Place; p == nil || *p != (inspection.Place{Latitude: "-33.868", Longitude: "151.207"}) {
		t.Errorf("it is stamped with %+v", p)
	}
	b.sees("-33.868, 151.207 (to about 100 m)")
	if nowhere, _ := filled(permission.PermissionSettingDenied); nowhere.Place != nil {
		t.Errorf("nobody allowed it, and it is stamped with %+v", nowhere.Place)
	}
}

// TestTheWorkspaceIsChangedOnAPhone: in the menu there is a way to the others.
func TestTheWorkspaceIsChangedOnAPhone(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.browse()
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.enter(s.link())
	const onScreen = `(() => { const r = [...document.querySelectorAll("#nav a")].find((a) => a.textContent === "Change workspace").getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight && r.height > 0; })()`
	if eval[bool](b, onScreen) {
		t.Error("the menu is open before anybody opens it")
	}
	b.press("Menu")
	b.until("the menu has it", onScreen)
	b.press("Change workspace")
	b.until("the workspaces are shown", `location.pathname === "/workspaces"`)
	b.fits("/workspaces")
}
