package console_test

import (
	"bytes"
	"encoding/base64"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"motorpool/shared/inspection"
)

// TestPhotosTakenOneAfterTheOtherAllArrive: a phone that chooses four photos
// while the network is slow, and presses Complete meanwhile, once lost two of
// them: the page was loaded again under those that still waited.
func TestPhotosTakenOneAfterTheOtherAllArrive(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	d := inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{
		{Key: "around", Label: "All around", Type: inspection.Photo, Required: true, Angles: []string{"Front", "Right", "Rear", "Left"}},
		{Key: "tyres", Label: "Tyres", Type: inspection.Check, Required: true, PhotoOnFail: true},
	}}}}
	i := s.inspectedBy(d)
	b := s.browse()
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.enter(s.link())
	b.open("/inspections/" + i.ID + "/form")
	// each post waits until the test lets it go
	eval[bool](b, `(() => { window.real = window.fetch; window.posts = 0; window.held = []; window.fetch = async (...all) => { window.posts++; await new Promise((go) => window.held.push(go)); return window.real(...all); }; return true })()`)
	choose := func(n int, name string) {
		eval[bool](b, `(() => { const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(grayJPEG(t, 20+n))+`"), c => c.charCodeAt(0));
			const box = new DataTransfer(); box.items.add(new File([bytes], "`+name+`.jpg", {type: "image/jpeg"}));
			const input = document.querySelector("[name='`+name+`']"); input.files = box.files; input.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	}
	for n, name := range []string{"p.around.0", "p.around.1", "p.around.2", "p.around.3"} {
		choose(n, name)
	}
	b.click(`#at-tyres label:nth-child(2)`)
	choose(4, "p.tyres")
	b.click(`button[value="complete"]`)
	b.click(`button[value="complete"]`) // impatiently
	if at := b.location(); at != "/inspections/"+i.ID+"/form" {
		t.Fatalf("Complete did not wait: %s", at)
	}
	eval[bool](b, `(() => { window.fetch = (...all) => { window.posts++; return window.real(...all); }; for (const go of window.held) go(); return true })()`)
	var done *inspection.Inspection
	s.until("it is completed", func() bool {
		var err error
		done, err = s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
		if err != nil {
			t.Fatal(err)
		}
		return done.Done()
	})
	var angles []string
	hashes := map[string]bool{}
	for _, p := range append(done.Answers["around"].Photos, done.Answers["tyres"].Photos...) {
		angles = append(angles, p.Angle)
		hashes[p.SHA256] = true
	}
	if got := strings.Join(angles, ","); got != "Front,Right,Rear,Left," || len(hashes) != 5 {
		t.Errorf("%d different photos arrived: %s", len(hashes), got)
	}
	b.until("the report is shown", `location.pathname === "/inspections/`+i.ID+`"`)
}

// TestAPhotoThatIsRefusedOrCannotBeSentHoldsUpComplete, and says so.
func TestAPhotoThatIsRefusedOrCannotBeSentHoldsUpComplete(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	i := s.inspectedBy(inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{
		{Key: "around", Label: "All around", Type: inspection.Photo},
	}}}})
	b := s.browse()
	b.expected = append(b.expected, "422")
	b.enter(s.link())
	b.open("/inspections/" + i.ID + "/form")
	choose := func(body string) {
		eval[bool](b, `(() => { const bytes = Uint8Array.from(atob("`+body+`"), c => c.charCodeAt(0));
			const box = new DataTransfer(); box.items.add(new File([bytes], "a.jpg", {type: "image/jpeg"}));
			const input = document.querySelector("[name='p.around']"); input.files = box.files; input.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	}
	choose(base64.StdEncoding.EncodeToString([]byte("no picture at all")))
	b.until("it is said why", `document.querySelector("#at-around [data-why]")?.textContent.startsWith("a.jpg: ")`)
	eval[bool](b, `(() => { window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError("offline")); return true })()`)
	choose(base64.StdEncoding.EncodeToString(jpegBytes(t)))
	b.click(`button[value="complete"]`)
	b.until("it is said that a photo waits", `document.querySelector("[data-saved]").textContent.startsWith("Not yet: a photo")`)
	eval[bool](b, `(() => { window.fetch = window.real; dispatchEvent(new Event("online")); return true })()`)
	b.until("it arrives without being asked for again", `!!document.querySelector("#at-around .shots img")`)
	is, err := s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
	if err != nil || len(is.Answers["around"].Photos) != 1 || is.Done() {
		t.Errorf("arrived: %+v, %v", is.Answers, err)
	}
}

// TestAPhotoThatIsSentTwiceIsThereOnce: the answer to the first was lost.
func TestAPhotoThatIsSentTwiceIsThereOnce(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	i := s.inspected()
	taken := s.h.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	for range 2 {
		s.attach("/inspections/"+i.ID+"/form", url.Values{"has": {"front"}, "script": {"1"}, "captured": {s.h.Now().UTC().Format(time.RFC3339)}, "taken": {taken.Format(time.RFC3339)}, "latitude": {"-33.86785"}, "longitude": {"151.20732"}}, "p.front.0", jpegBytes(t))
	}
	is, err := s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
	if err != nil || len(is.Answers["front"].Photos) != 1 {
		t.Fatalf("photos: %+v, %v", is.Answers["front"], err)
	}
	if p := is.Answers["front"].Photos[0]; !p.Captured.Equal(taken) {
		t.Errorf("it was taken at %s", p.Captured)
	}
	if p := is.Place; p == nil || p.Latitude != "-33.868" || p.Longitude != "151.207" {
		t.Errorf("it is stamped with %+v", is.Place)
	}
}

// attach posts a form with a file, as browsers do without scripts.
func (s *site) attach(path string, form url.Values, name string, body []byte) view {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key, values := range form {
		for _, v := range values {
			s.must(w.WriteField(key, v))
		}
	}
	head := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + name + `"; filename="photo.jpg"`}, "Content-Type": {http.DetectContentType(body)}}
	part, err := w.CreatePart(head)
	s.must(err)
	_, err = part.Write(body)
	s.must(err)
	s.must(w.Close())
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.h.URL+path, &b)
	s.must(err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", s.h.URL)
	return s.send(r)
}

// TestWhatACheckFindsIsAnIssueWithItsPhoto, and both lead to each other.
func TestWhatACheckFindsIsAnIssueWithItsPhoto(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	i := s.inspectedBy(inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{
		{Key: "tyres", Label: "Tyres", Type: inspection.Check, Required: true, IssueOnFail: true},
	}}}})
	s.attach("/inspections/"+i.ID+"/form", url.Values{"has": {"tyres"}, "a.tyres": {"fail"}, "do": {"complete"}}, "p.tyres", jpegBytes(t)).want(http.StatusOK)
	done, err := s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
	if err != nil || len(done.Issues) != 1 {
		t.Fatalf("issues: %v, %v", done.Issues, err)
	}
	path := "/issues/" + done.Issues[0]
	s.get("/inspections/" + i.ID).want(http.StatusOK).has(`<a href="` + path + `">IS000001 Tyres failed</a>`)
	s.get(path).want(http.StatusOK).has("Found by inspection", `<a href="/inspections/`+i.ID+`">`+done.Number+" Return</a>", `alt="Photo 0"`)
	is, err := s.h.Issues.Issue(t.Context(), s.owner, done.Issues[0])
	photo := done.Answers["tyres"].Photos[0].File
	if err != nil || is.Inspection != i.ID || len(is.Photos) != 1 || is.Photos[0] != photo || is.Object().Inspection != i.ID {
		t.Fatalf("raised: %+v, %v", is, err)
	}
	// whoever takes it off the issue takes no evidence away from the inspection
	s.post(path, url.Values{"title": {"Tyres"}, "type": {"tyre"}, "severity": {"low"}, "version": {"1"}}).want(http.StatusOK)
	kept, err := s.h.Attachments.Attachment(t.Context(), s.owner.Workspace, photo)
	if err != nil || kept.Owner != i.ID {
		t.Errorf("the photo is %+v, %v", kept, err)
	}
	if is, err = s.h.Issues.Issue(t.Context(), s.owner, is.ID); err != nil || len(is.Photos) != 0 {
		t.Errorf("the issue shows %v, %v", is.Photos, err)
	}
}

// TestPhotosAreReportedWithAnIssueAndAddedToIt, with no script.
func TestPhotosAreReportedWithAnIssueAndAddedToIt(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	car := s.car("", "Kia", "NEAR01")
	sent := s.sendFiles("/issues/new?asset="+car.ID, "evidence", map[string][]byte{"scratch.jpg": jpegBytes(t)}).want(http.StatusOK)
	sent.has("1 photo is ready", `name="file" value="att_`, `data-upload="evidence"`, `data-form="issue"`, `id="issue"`)
	named := func(v view) string {
		_, rest, _ := strings.Cut(v.body, `name="file" value="`)
		id, _, _ := strings.Cut(rest, `"`)
		return id
	}
	file := named(sent)
	made := s.post("/issues", url.Values{"asset": {car.ID}, "title": {"Scratch"}, "type": {"damage"}, "severity": {"low"}, "file": {file}}).want(http.StatusOK).has(`alt="Photo 0"`)
	path := "/issues/" + made.after("/issues/")
	more := named(s.sendFiles(path, "evidence", map[string][]byte{"dent.jpg": grayJPEG(t, 30)}).want(http.StatusOK).has("Add to this issue"))
	s.post(path+"/photos", url.Values{"file": {more}}).want(http.StatusOK).has(`alt="Photo 0"`, `alt="Photo 1"`)
	s.post(path+"/photos", url.Values{"file": {file}}).lacks(`alt="Photo 2"`) // it is there already
	s.sendFiles(path, "evidence", map[string][]byte{"a.jpg": []byte("no picture")}).want(http.StatusOK).has(`id="files-evidence-wrong"`)
}

// TestANumberIsWhatItCanBe: a tread of less than nothing once went into a report
// that nobody can change.
func TestANumberIsWhatItCanBe(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	var tread inspection.Field
	for _, d := range inspection.Starters() {
		if f, ok := d.Field("tread"); ok {
			tread = f
		}
	}
	i := s.inspectedBy(inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{tread}}}})
	path := "/inspections/" + i.ID + "/form"
	s.get(path).want(http.StatusOK).has("This is from 0 to 30 mm.")
	for _, wrong := range []string{"-3,5", "30.1"} {
		s.post(path, url.Values{"has": {"tread"}, "a.tread": {wrong}}).want(http.StatusUnprocessableEntity).has(`id="wrong-tread"`, "“Thinnest tread” is from 0 to 30 mm.")
	}
	s.post(path, url.Values{"has": {"tread"}, "a.tread": {"3,5"}}).want(http.StatusOK).has(`value="3.5"`)
	edit := "/inspection-templates/" + i.Template
	fields := url.Values{"name": {"Return"}, "kind": {"return"}, "s.0.title": {"One"}, "s.0.f.0.label": {"A"}, "s.0.f.0.key": {"a"}, "s.0.f.0.type": {"number"}, "s.0.f.0.min": {"5"}, "s.0.f.0.max": {"2"}, "do": {"save"}, "locations": {s.place("North")}}
	s.post(edit, fields).want(http.StatusUnprocessableEntity).has("Give no less than the least, 5.")
	fields.Set("s.0.f.0.max", "7,5")
	s.post(edit, fields).want(http.StatusOK).has(`value="7.5"`, `name="locations" value="`+fields.Get("locations")+`" checked`)
}
