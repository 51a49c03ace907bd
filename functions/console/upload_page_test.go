package console_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"motorpool/shared/company"
	"motorpool/shared/document"
)

// scan is a small photo: a picture of one grey point.
func scan(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (s *site) upload(path, expires, content string) (int, string) {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("n", "0")
	_ = w.WriteField("expires", expires)
	f, _ := w.CreateFormFile("front", "card.jpg")
	_, _ = f.Write([]byte(content))
	w.Close()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.h.URL+path, &b)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	res, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	var body bytes.Buffer
	_, _ = body.ReadFrom(res.Body)
	return res.StatusCode, body.String()
}

func TestAnUploadLinkTakesWhatItAsksForAndTellsNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	firm, err := s.h.Companies.Create(t.Context(), s.owner, company.Details{TradingName: "Blue Gum", BillingEmails: []string{"a@b.example"}}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	d, pass, err := s.h.Documents.Request(t.Context(), s.owner, document.Owner{Type: "company", ID: firm.ID}, "insurance", document.Asked{At: s.h.Now(), Message: "The new one, please."})
	if err != nil {
		t.Fatal(err)
	}
	path := pass.URL[strings.Index(pass.URL, "/upload/"):]
	s.get(path).want(http.StatusOK).has("Your insurance", "The new one, please.", "multipart/form-data").lacks("Blue Gum", firm.ID, d.ID)
	s.get(path + "x").want(http.StatusNotFound).has("This link works no more").lacks("insurance")
	if status, body := s.upload(path, "2090-01-01", "MZ"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "PDF, JPEG") {
		t.Errorf("a program: %d %s", status, body)
	}
	if status, body := s.upload(path, "soon", scan(t)); status != http.StatusUnprocessableEntity || !strings.Contains(body, "last day") {
		t.Errorf("no date: %d %s", status, body)
	}
	if status, body := s.upload(path, "2090-01-01", scan(t)+strings.Repeat("x", 21<<20)); status != http.StatusUnprocessableEntity || !strings.Contains(body, "larger than 20 MB") {
		t.Errorf("too much: %d %.300s", status, body)
	}
	s.post(path, url.Values{}).want(http.StatusUnprocessableEntity).has("did not arrive whole").lacks("larger than")
	if status, body := s.upload(path, "2090-01-01", scan(t)+strings.Repeat("x", 5<<20)); status != http.StatusOK || !strings.Contains(body, "Thank you") {
		t.Errorf("handed in: %d %s", status, body)
	}
	s.get(path).want(http.StatusNotFound)
	if got, err := s.h.Documents.Document(t.Context(), s.owner, d.ID); err != nil || got.State != document.Submitted {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestAPhoneSendsALargePhotoOverAnUploadLink: it is made smaller on the way, and
// Send waits for that.
func TestAPhoneSendsALargePhotoOverAnUploadLink(t *testing.T) {
	t.Parallel()
	s := open(t)
	firm, err := s.h.Companies.Create(t.Context(), s.owner, company.Details{TradingName: "Blue Gum", BillingEmails: []string{"a@b.example"}}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	d, pass, err := s.h.Documents.Request(t.Context(), s.owner, document.Owner{Type: "company", ID: firm.ID}, "insurance", document.Asked{At: s.h.Now()})
	if err != nil {
		t.Fatal(err)
	}
	b := s.browse()
	b.phone()
	b.open(pass.URL[strings.Index(pass.URL, "/upload/"):])
	b.fits("upload link")
	eval[bool](b, `(() => { const board = document.createElement("canvas"); board.width = 2400; board.height = 1600;
		const pen = board.getContext("2d"), all = pen.createImageData(2400, 1600);
		for (let n = 0; n < all.data.length; n++) all.data[n] = n % 4 === 3 ? 255 : Math.random() * 256;
		pen.putImageData(all, 0, 0);
		board.toBlob((blob) => { const box = new DataTransfer(); box.items.add(new File([blob], "IMG_1.jpg", {type: "image/jpeg"}));
			const input = document.querySelector("[name=front]"); input.files = box.files; input.dispatchEvent(new Event("change", {bubbles: true}));
			document.querySelector("[name=expires]").value = "2090-01-01"; document.querySelector("form").requestSubmit(); }, "image/jpeg", 1);
		return true })()`)
	b.sees("Thank you")
	got, err := s.h.Documents.Document(t.Context(), s.owner, d.ID)
	if err != nil || got.State != document.Submitted || len(got.Paper.Files) != 1 {
		t.Fatalf("got %+v, %v", got, err)
	}
	a, err := s.h.Attachments.Attachment(t.Context(), s.owner.Workspace, got.Paper.Files[0].Attachment)
	if err != nil || a.Size > 1_800_000 || a.Width*2 != a.Height*3 {
		t.Errorf("it came as %+v, %v", a, err)
	}
}
