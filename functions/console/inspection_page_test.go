package console_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"motorpool/shared/fleet"
	"motorpool/shared/inspection"
)

// inspected is an inspection in progress by a template with a field of most types.
func (s *site) inspected() *inspection.Inspection {
	s.t.Helper()
	return s.inspectedBy(inspection.Details{Name: "Return", Kind: inspection.Return, Sections: []inspection.Section{
		{Title: "Outside", Fields: []inspection.Field{
			{Key: "lights", Label: "Lights", Type: inspection.Check, Required: true, IssueOnFail: true},
			{Key: "front", Label: "Photos", Type: inspection.Photo, Required: true, Angles: []string{"Front"}},
			{Key: "damage", Label: "Damage", Type: inspection.Damage, Required: true},
		}},
		{Title: "Meters", Fields: []inspection.Field{
			{Key: "odometer", Label: "Odometer", Type: inspection.Odometer, Required: true},
			{Key: "level", Label: "Fuel", Type: inspection.Level},
			{Key: "explained", Label: "Explained", Type: inspection.Checkbox},
			{Key: "sign", Label: "Customer", Type: inspection.Signature, Signer: "customer", Required: true},
		}},
	}})
}

// inspectedBy is an inspection in progress by a template that says d.
func (s *site) inspectedBy(d inspection.Details) *inspection.Inspection {
	s.t.Helper()
	car, err := s.h.Fleet.Create(s.t.Context(), s.owner, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry", Number: "HC-1"}, s.h.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	tpl, err := s.h.Inspections.Write(s.t.Context(), s.owner, d, s.h.Now())
	if err == nil {
		tpl, err = s.h.Inspections.Publish(s.t.Context(), s.owner, tpl.ID, 0, s.h.Now())
	}
	if err != nil {
		s.t.Fatal(err)
	}
	i, err := s.h.Inspections.Begin(s.t.Context(), s.owner, inspection.Order{Asset: car.ID, Template: tpl.ID}, s.h.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return i
}

func jpegBytes(t *testing.T) []byte { return grayJPEG(t, 64) }

// grayJPEG is a picture of this width: another width is another picture.
func grayJPEG(t *testing.T, wide int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, wide, 48)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// until waits, for a bounded time, for what a browser does meanwhile.
func (s *site) until(what string, is func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); {
		if time.Now().After(end) {
			s.t.Fatalf("%s did not happen", what)
		}
		wait := time.NewTimer(50 * time.Millisecond)
		<-wait.C
	}
}

// TestAWholeInspectionOnAPhone fills in everything with a thumb, from the start
// to the PDF.
func TestAWholeInspectionOnAPhone(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	i := s.inspected()
	now := func() *inspection.Inspection {
		is, err := s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	has := func(key string) func() bool {
		return func() bool { _, there := now().Answers[key]; return there }
	}
	b := s.browse()
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
	b.enter(s.link())
	b.open("/inspections/" + i.ID + "/form")
	if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("the form is %d pixels wide", wide)
	}
	b.click(`#at-lights label:nth-child(2)`)
	s.until("the check is saved", has("lights"))
	b.click(`#at-damage svg[data-side="left"]`)
	eval[bool](b, `document.querySelector("#at-damage [name$='.what']").value = "by the handle", true`)
	b.click(`#at-damage button[name="a.damage.add"]`)
	s.until("the damage is saved", func() bool { return len(now().Answers["damage"].Marks) == 1 })
	if m := now().Answers["damage"].Marks[0]; m.View != "left" || m.X < 400 || m.X > 600 || m.Note != "by the handle" {
		t.Errorf("the tap became %+v", m)
	}
	b.until("the page shows it", `!!document.querySelector("#at-damage .marks")`)
	b.open("/inspections/" + i.ID + "/form") // somebody reloads: everything is there
	if !eval[bool](b, `document.querySelector("#at-lights input[value=fail]").checked`) {
		t.Error("after a reload the check is empty")
	}
	eval[bool](b, `(() => { const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(jpegBytes(t))+`"), c => c.charCodeAt(0));
		const box = new DataTransfer(); box.items.add(new File([bytes], "front.jpg", {type: "image/jpeg"}));
		const input = document.querySelector("[name='p.front.0']"); input.files = box.files; input.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	s.until("the photo is saved", has("front"))
	b.until("the page shows it", `!!document.querySelector("#at-front .shots img")`)
	// the network is away: what is entered is kept, and sent later
	eval[bool](b, `(() => { window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError("offline")); const o = document.querySelector("[name='a.odometer']"); o.value = "48211"; o.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	s.until("it says that it is offline", func() bool {
		return eval[bool](b, `document.querySelector("[data-saved]").textContent.startsWith("Offline")`)
	})
	if has("odometer")() {
		t.Error("it was sent while it was offline")
	}
	b.open("/inspections/" + i.ID + "/form")
	s.until("the reading is saved", has("odometer"))
	b.until("the page shows it", `document.querySelector("[name='a.odometer']")?.value === "48211" && !Object.keys(JSON.parse(localStorage.getItem("inspect:/inspections/`+i.ID+`/form") || "{}")).length`)
	eval[bool](b, `(() => { const c = document.querySelector("canvas[data-sign]"); c.scrollIntoView(); const r = c.getBoundingClientRect(); c.setPointerCapture = null;
		const at = (type, x, y) => c.dispatchEvent(new PointerEvent(type, {bubbles: true, clientX: r.left + x, clientY: r.top + y, pointerId: 1}));
		at("pointerdown", 10, 10); at("pointermove", 60, 40); at("pointermove", 120, 20); at("pointerup", 120, 20); return true })()`)
	s.until("the signature is saved", has("sign"))
	if n := now().Answers["sign"].Signature; n == nil || len(n.Lines) != 1 || len(n.Lines[0]) != 6 {
		t.Errorf("the signature is %+v", n)
	}
	b.click(`button[value="complete"]`)
	s.until("it is completed, with its report", func() bool { return now().Report != nil })
	done := now()
	if len(done.Issues) != 1 || done.Reading == "" || len(done.News()) != 1 {
		t.Fatalf("completed: %+v", done)
	}
	f, _, err := s.h.Attachments.Open(t.Context(), done.Workspace, done.Report.File)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if body, err := io.ReadAll(f); err != nil || !bytes.HasPrefix(body, []byte("%PDF")) || !bytes.Contains(body, []byte("/Subtype /Image")) {
		t.Errorf("the PDF has %d bytes, %v", len(body), err)
	}
	b.until("the report is shown", `document.body?.textContent.includes("`+done.Report.SHA256+`")`)
}

// TestAnInspectionIsPostedWholeWithoutScripts, and its template edited.
func TestAnInspectionIsPostedWholeWithoutScripts(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	i := s.inspected()
	path := "/inspections/" + i.ID + "/form"
	page := s.post(path, url.Values{"has": {"lights", "front", "damage", "odometer", "level", "explained", "sign"}, "a.lights": {"pass"}, "a.damage.clean": {"on"}, "a.odometer": {"12,345"}, "a.level": {"75"}, "a.sign.name": {"Ada"}, "do": {"complete"}})
	if !strings.Contains(page.body, "“Photos” needs a photo of: Front.") && !strings.Contains(page.body, "“Photos” has to be answered.") {
		t.Errorf("what is missing is not said beside its field:\n%s", page.body)
	}
	is, err := s.h.Inspections.Inspection(t.Context(), s.owner, i.ID)
	if err != nil || *is.Answers["odometer"].Odometer != 12345 || *is.Answers["level"].Level != 75 || is.Answers["sign"].Signature.Name != "Ada" || !is.Answers["damage"].Clean {
		t.Errorf("saved: %+v, %v", is.Answers, err)
	}
	edit := "/inspection-templates/" + is.Template
	s.post(edit, url.Values{"name": {"Return"}, "kind": {"return"}, "s.0.title": {"One"}, "s.0.f.0.label": {"A"}, "s.0.f.0.key": {"a"}, "s.0.f.0.type": {"check"}, "s.0.f.1.label": {"B"}, "s.0.f.1.key": {"b"}, "s.0.f.1.type": {"text"}, "do": {"up.0.1"}})
	s.post(edit, url.Values{"name": {"Return"}, "kind": {"return"}, "s.0.title": {"One"}, "s.0.f.0.label": {"B"}, "s.0.f.0.key": {"b"}, "s.0.f.0.type": {"text"}, "s.0.f.1.label": {"A"}, "s.0.f.1.key": {"a"}, "s.0.f.1.type": {"check"}, "do": {"publish"}})
	tpl, err := s.h.Inspections.Template(t.Context(), s.owner.Workspace, is.Template)
	if err != nil || tpl.Edition != 2 || tpl.Sections[0].Fields[0].Key != "b" {
		t.Errorf("edited: %+v, %v", tpl, err)
	}
}
