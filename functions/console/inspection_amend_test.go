package console_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"motorpool/shared/inspection"
)

// completed is a completed inspection of little.
func (s *site) completed() *inspection.Inspection {
	s.t.Helper()
	i := s.inspectedBy(inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{
		{Key: "odometer", Label: "Odometer", Type: inspection.Odometer}, {Key: "lights", Label: "Lights", Type: inspection.Check, Required: true},
	}}}})
	s.post("/inspections/"+i.ID+"/form", url.Values{"has": {"odometer", "lights"}, "a.odometer": {"48211"}, "a.lights": {"pass"}, "do": {"complete"}}).want(http.StatusOK)
	return i
}

// TestACorrectionHasPhotos, with no script: they are shown with it, to staff and
// to who has the customer's link, and are wanted again by nobody whose words
// were refused.
func TestACorrectionHasPhotos(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	path := "/inspections/" + s.completed().ID
	s.get(path).has("48,211 km")
	v := s.sendFiles(path, "evidence", map[string][]byte{"dent.jpg": jpegBytes(t)}).want(http.StatusOK).has("1 uploaded.")
	id := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindStringSubmatch(v.body)
	if id == nil {
		t.Fatal(v.body)
	}
	file := path + "/files/" + id[1]
	said := url.Values{"do": {"amend"}, "text": {" "}, "file": {id[1]}}
	s.post(path, said).want(http.StatusUnprocessableEntity).has(`name="file" value="`+id[1]+`"`, `id="f-text-wrong"`).lacks(file)
	s.get(file).want(http.StatusNotFound)
	said.Set("text", "The rear bumper has a dent.")
	s.post(path, said).want(http.StatusOK).has("The rear bumper has a dent.", `<img src="`+file+`?size=320" alt="Photo of the correction"`).lacks(`name="file"`)
	if got := s.get(file).want(http.StatusOK).header.Get("Content-Type"); got != "image/jpeg" {
		t.Errorf("the photo is %s", got)
	}
	link := regexp.MustCompile(`/inspection/[^"<\s]+`).FindString(s.post(path, url.Values{"do": {"link"}}).body)
	s.get(link).want(http.StatusOK).has(`<img src="` + link + "/files/" + id[1])
}

// TestACorrectionOnAPhone chooses the photo there and sees it.
func TestACorrectionOnAPhone(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	src := axe(t)
	path := "/inspections/" + s.completed().ID
	b := s.browse()
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.enter(s.link())
	b.open(path)
	b.accessible(src, path)
	b.fits(path)
	eval[bool](b, `(() => { const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(jpegBytes(t))+`"), c => c.charCodeAt(0));
		const box = new DataTransfer(); box.items.add(new File([bytes], "dent.jpg", {type: "image/jpeg"}));
		const input = document.querySelector("#files-evidence"); input.files = box.files; input.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	b.until("it is uploaded", `!!document.querySelector("#amend input[name=file]")`)
	b.fill("#f-text", "The rear bumper has a dent.")
	b.click("#amend button")
	b.until("it is shown", `!!document.querySelector(".shots img[alt='Photo of the correction']")?.naturalWidth`)
	b.open(path)
	b.accessible(src, path+" corrected")
	b.fits(path)
	b.shoot("inspection-corrected-phone")
	b.desk()
	b.open(path)
	b.shoot("inspection-corrected")
}
