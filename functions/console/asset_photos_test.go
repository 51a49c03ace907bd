package console_test

import (
	"bytes"
	"html"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"motorpool/shared/fleet"
)

func jpegOf(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sendFiles posts the form of look.Files, as a browser without scripts does.
func (s *site) sendFiles(to, purpose string, files map[string][]byte) view {
	s.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("to", to)
	_ = w.WriteField("purpose", purpose)
	for name, content := range files {
		part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="files"; filename="` + name + `"`}, "Content-Type": {"image/jpeg"}})
		if err != nil {
			s.t.Fatal(err)
		}
		_, _ = part.Write(content)
	}
	w.Close()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.h.URL+"/uploads/send", &body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", s.h.URL)
	res, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	var page bytes.Buffer
	_, _ = page.ReadFrom(res.Body)
	return view{s.t, res.StatusCode, res.Request.URL.RequestURI(), res.Header, page.String()}
}

func TestPhotosAreUploadedWithoutAScript(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	a, err := s.h.Fleet.Create(t.Context(), s.owner, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	page := "/assets/" + a.ID + "/photos"
	if v := s.get(page).want(http.StatusOK); !strings.Contains(v.body, "No photos yet") {
		t.Errorf("got %s", v.body)
	}
	v := s.sendFiles(page, "photo", map[string][]byte{"front.jpg": jpegOf(t, 800, 600), "page.jpg": []byte("<html><script>alert(1)</script>")}).want(http.StatusOK)
	ids := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindAllStringSubmatch(v.body, -1)
	if len(ids) != 1 || !strings.Contains(v.body, "1 file is uploaded") || !strings.Contains(v.body, "of a type that is not taken here") || strings.Contains(v.body, "alert(1)") {
		t.Fatalf("got %d %s", len(ids), v.body)
	}
	v = s.post(page, url.Values{"file": {ids[0][1]}}).want(http.StatusOK)
	src := regexp.MustCompile(`<img src="([^"]+)"`).FindStringSubmatch(v.body)
	if src == nil || !strings.Contains(v.body, "Cover") {
		t.Fatalf("no photo: %s", v.body)
	}
	link := strings.TrimPrefix(html.UnescapeString(src[1]), s.h.URL)
	if pic := s.get(link).want(http.StatusOK); pic.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("got %v", pic.header)
	}
	for _, at := range []string{"/assets", "/assets/" + a.ID} {
		if v := s.get(at).want(http.StatusOK); !strings.Contains(v.body, "/attachments/"+ids[0][1]) {
			t.Errorf("%s does not show the cover", at)
		}
	}
	s.post(page+"/"+ids[0][1]+"/describe", url.Values{"alt": {"Front left"}}).want(http.StatusOK)
	if v := s.post(page+"/"+ids[0][1]+"/remove", nil).want(http.StatusOK); !strings.Contains(v.body, "No photos yet") {
		t.Errorf("it is still there")
	}
}

// TestAFormLeadsToNoOtherSite: the address to come back to is ours.
func TestAFormLeadsToNoOtherSite(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	for _, to := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", ""} {
		if v := s.sendFiles(to, "photo", nil); !strings.HasPrefix(v.at, "/?") {
			t.Errorf("%q led to %s", to, v.at)
		}
	}
	if v := s.sendFiles("/", "export", map[string][]byte{"a.csv": []byte("a")}); v.status != http.StatusForbidden {
		t.Errorf("a purpose of ours: got %d", v.status)
	}
}

func TestACategorysImageStandsInForPhotos(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	c, err := s.h.Fleet.CreateCategory(t.Context(), s.owner, fleet.CategoryDetails{Name: "SUV"}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.h.Fleet.Create(t.Context(), s.owner, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "RAV4", Categories: []string{c.ID}}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	v := s.sendFiles("/categories/"+c.ID, "photo", map[string][]byte{"suv.jpg": jpegOf(t, 80, 60)}).want(http.StatusOK)
	id := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindStringSubmatch(v.body)
	if id == nil {
		t.Fatal(v.body)
	}
	s.post("/categories/"+c.ID+"/image", url.Values{"file": {id[1]}}).want(http.StatusOK)
	for _, at := range []string{"/assets", "/assets/" + a.ID, "/assets/" + a.ID + "/photos", "/categories/" + c.ID} {
		if v := s.get(at).want(http.StatusOK); !strings.Contains(v.body, "/attachments/"+id[1]) {
			t.Errorf("%s does not show it", at)
		}
	}
	s.post("/categories/"+c.ID+"/image", nil).want(http.StatusOK)
	if v := s.get("/assets").want(http.StatusOK); strings.Contains(v.body, "/attachments/") {
		t.Error("it is still shown")
	}
}
