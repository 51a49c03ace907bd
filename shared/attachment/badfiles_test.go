package attachment

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

const (
	scriptPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
	svg       = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
)

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBadFilesAreRefusedByName sends each file whole, announced as somebody
// would who means harm, and looks that nothing of it can be used or read.
func TestBadFilesAreRefusedByName(t *testing.T) {
	t.Parallel()
	jpg := photo(t, 40, 30)
	for _, tt := range []struct {
		name    string
		purpose Purpose
		file    string
		kind    string
		body    []byte
		code    string
	}{
		{"wrong type: GIF as photo", Photo, "a.jpg", JPEG, []byte("GIF89a\x01\x00\x01\x00"), "attachment.type"},
		{"wrong type: a PDF as photo", Photo, "a.jpg", JPEG, []byte(scriptPDF), "attachment.type"},
		{"truncated JPEG", Photo, "a.jpg", JPEG, jpg[:len(jpg)/2], "picture.broken"},
		{"truncated JPEG as evidence", Evidence, "a.jpg", JPEG, jpg[:len(jpg)/2], "picture.broken"},
		{"truncated PNG", Logo, "a.png", PNG, pngOf(t, scene(40, 40))[:60], "picture.broken"},
		{"truncated PDF", Document, "a.pdf", PDF, []byte(scriptPDF[:80]), "attachment.broken"},
		{"pixel bomb", Photo, "a.png", PNG, bomb(60_000, 60_000), "picture.pixels"},
		{"pixel ribbon", Photo, "a.png", PNG, bomb(40_000, 1), "picture.pixels"},
		{"SVG with script", Logo, "logo.png", PNG, []byte(svg), "attachment.type"},
		{"HTML named .jpg", Photo, "a.jpg", JPEG, []byte("<!doctype html><script>alert(1)</script>"), "attachment.type"},
		{"HTML named .csv", Import, "a.csv", CSV, []byte("\xef\xbb\xbf <html><script>alert(1)</script>"), "attachment.type"},
		{"polyglot GIF/JS", Photo, "a.jpg", JPEG, []byte("GIF89a=1;alert(1)//"), "attachment.type"},
		{"polyglot JPEG/ZIP as evidence", Evidence, "a.jpg", JPEG, append(slices.Clone(jpg), zipOf(t, "a.class")...), "attachment.double"},
		{"polyglot JPEG/HTML as evidence", Evidence, "a.jpg", JPEG, commented(jpg, "<script>alert(1)</script>"), "attachment.double"},
		{"polyglot JPEG/PDF as evidence", Evidence, "a.jpg", JPEG, commented(jpg, "%PDF-1.4"), "attachment.double"},
		{"polyglot PDF/ZIP", Document, "a.pdf", PDF, []byte(strings.Replace(scriptPDF, "endobj", "endobj\n"+string(zipOf(t, "a.class")), 1)), "attachment.double"},
		{"polyglot PDF/HTML", Document, "a.pdf", PDF, []byte(strings.Replace(scriptPDF, "1 0 obj", "<script>alert(1)</script>\n1 0 obj", 1)), "attachment.double"},
		{"an archive as a workbook", Import, "a.xlsx", XLSX, zipOf(t, "a.exe"), "attachment.type"},
		{"a workbook with macros", Import, "a.xlsx", XLSX, zipOf(t, "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "attachment.type"},
		{"type lies: a PNG as JPEG", Photo, "a.jpg", JPEG, pngOf(t, scene(4, 4)), "attachment.mismatch"},
		{"HEIC that is none", Document, "a.heic", HEIC, []byte("\x00\x00\x00\x18ftypmp42aaaaaaaa"), "attachment.type"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			begun := b.begin(tt.purpose, tt.file, tt.kind, tt.body)
			for range 2 { // and it says the same again
				a, err := b.complete(begun.ID)
				if fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != tt.code || a.State != Refused || a.Reason == "" {
					t.Fatalf("got %v, want %s", err, tt.code)
				}
			}
			if err := b.use(begun.ID, tt.purpose, "ast_1"); fault.CodeOf(err) != tt.code {
				t.Errorf("using it: %v", err)
			}
			if _, err := b.Link(t.Context(), "wsp_1", begun.ID, Whole); fault.KindOf(err) != fault.NotFound {
				t.Errorf("a link to it: %v", err)
			}
			for _, key := range []blob.Key{arrivedKey("wsp_1", begun.ID), fileKey("wsp_1", begun.ID, Whole), fileKey("wsp_1", begun.ID, Small)} {
				if b.stored(key) != nil {
					t.Errorf("there is still something at %s", key)
				}
			}
			if _, err := b.Keep(t.Context(), mia, Draft{Purpose: tt.purpose, Name: tt.file, Type: tt.kind}, bytes.NewReader(tt.body), b.now()); fault.CodeOf(err) != tt.code {
				t.Errorf("by a form: %v", err)
			}
		})
	}
}

// commented puts a comment at the beginning of a JPEG.
func commented(file []byte, text string) []byte {
	out := append(slices.Clone(file[:2]), 0xff, 0xfe, 0, byte(len(text)+2))
	return append(append(out, text...), file[2:]...)
}

func TestWhatCannotBeAnnouncedIsNotBegun(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, tt := range []struct {
		name  string
		d     Draft
		field string
	}{
		{"empty", Draft{Photo, "a.jpg", JPEG, 0}, "size"},
		{"less than empty", Draft{Photo, "a.jpg", JPEG, -1}, "size"},
		{"too large", Draft{Photo, "a.jpg", JPEG, 10*mega + 1}, "size"},
		{"a type that is not taken", Draft{Photo, "a.gif", "image/gif", 5}, "type"},
		{"SVG", Draft{Logo, "a.svg", "image/svg+xml", 5}, "type"},
		{"HEIC as photo", Draft{Photo, "a.heic", HEIC, 5}, "type"},
		{"no type", Draft{Photo, "a", "", 5}, "type"},
		{"a type with a break", Draft{Photo, "a.jpg", "image/jpeg\r\nX: y", 5}, "type"},
		{"no purpose", Draft{"", "a.jpg", JPEG, 5}, "purpose"},
		{"a purpose of ours", Draft{Export, "a.csv", CSV, 5}, "purpose"},
	} {
		_, err := begin("att_1", mia, tt.d, b.now())
		f, _ := err.(*fault.Error) //nolint:errorlint // its own
		if f == nil || f.Kind != fault.Invalid || len(f.Fields) == 0 || f.Fields[0].Name != tt.field {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
}

func TestEXIFWithAPlaceIsGoneFromPhotos(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := withEXIF(t, photo(t, 400, 300), 6)
	for _, p := range []Purpose{Photo, Logo, Document, Receipt} {
		a := b.ready(p, "IMG_1.JPG", JPEG, file)
		if a.Width != 300 || a.Height != 400 || a.Taken != nil || a.Type != JPEG || a.Name != "IMG_1.jpg" {
			t.Errorf("%s: got %+v", p, a)
		}
		for _, size := range []int{Whole, Small, Medium, Large} {
			body := b.stored(fileKey("wsp_1", a.ID, size))
			m, kind, err := image.Decode(bytes.NewReader(body))
			if err != nil || kind != "jpeg" || m.Bounds().Dx() >= m.Bounds().Dy() {
				t.Fatalf("%s %d: got %s %v, not upright", p, size, kind, err)
			}
			if bytes.Contains(body, []byte("Exif")) || bytes.Contains(body, []byte("2026:03:14")) || b.Studio.About(JPEG, body).Latitude != "" {
				t.Errorf("%s %d: its metadata is still there", p, size)
			}
			// Turned by 90° to the right, what was above is at the right.
			right, _, _, _ := m.At(m.Bounds().Dx()-5, m.Bounds().Dy()/2).RGBA()
			left, _, _, _ := m.At(5, m.Bounds().Dy()/2).RGBA()
			if right < left {
				t.Errorf("%s %d: it was turned the wrong way", p, size)
			}
		}
	}
}

func TestEvidenceIsKeptToTheLastBit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := withEXIF(t, photo(t, 400, 300), 6)
	a := b.ready(Evidence, "dent.jpg", JPEG, file)
	if !bytes.Equal(b.stored(fileKey("wsp_1", a.ID, Whole)), file) {
		t.Error("it was changed")
	}
	if a.SHA256 == "" || a.Taken == nil || a.Taken.Latitude != "-33.858333" || a.Taken.Longitude != "151.210000" ||
		!a.Taken.Zoned || !a.Taken.At.Equal(time.Date(2026, 3, 13, 23, 30, 0, 0, time.UTC)) {
		t.Errorf("got %+v %+v", a, a.Taken)
	}
	for _, size := range []int{Small, Medium, Large} {
		body := b.stored(fileKey("wsp_1", a.ID, size))
		if len(body) == 0 || bytes.Contains(body, []byte("Exif")) {
			t.Errorf("%d: %d bytes, with metadata", size, len(body))
		}
	}
	again, err := b.complete(a.ID)
	if err != nil || again.SHA256 != a.SHA256 || again.Version != a.Version {
		t.Errorf("completed twice: %+v %v", again, err)
	}
}

// TestPolyglotPhotosAreMadeHarmless: what is drawn anew has nothing in it but
// the pixels.
func TestPolyglotPhotosAreMadeHarmless(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	jpg := photo(t, 40, 30)
	for name, file := range map[string][]byte{
		"JPEG/ZIP":  append(slices.Clone(jpg), zipOf(t, "evil.class")...),
		"JPEG/HTML": commented(jpg, "<script>alert(1)</script>"),
		"JPEG/PDF":  append(slices.Clone(jpg), scriptPDF...),
	} {
		a := b.ready(Photo, "a.jpg", JPEG, file)
		for _, size := range []int{Whole, Small} {
			body := b.stored(fileKey("wsp_1", a.ID, size))
			for _, bad := range []string{"PK\x03\x04", "<script", "%PDF", "evil"} {
				if bytes.Contains(body, []byte(bad)) {
					t.Errorf("%s: %q is still in it", name, bad)
				}
			}
		}
	}
}

func TestAPictureThatCanBeSeenThroughStaysSo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	m := image.NewNRGBA(image.Rect(0, 0, 20, 10))
	m.SetNRGBA(3, 3, color.NRGBA{10, 20, 30, 128})
	a := b.ready(Logo, "logo.webp.png", PNG, pngOf(t, m))
	if a.Type != PNG || a.Name != "logo.webp.png" {
		t.Errorf("got %+v", a)
	}
	got, _, err := image.Decode(bytes.NewReader(b.stored(fileKey("wsp_1", a.ID, Whole))))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, alpha := got.At(0, 0).RGBA(); alpha != 0 {
		t.Error("it is filled")
	}
}

// TestAPDFWithAScriptIsSavedAndNotOpened: what it holds is for its reader to
// run or not; a browser that follows our link saves it.
func TestAPDFWithAScriptIsSavedAndNotOpened(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := b.ready(Document, "policy.pdf", PDF, []byte(scriptPDF))
	link, err := b.Link(t.Context(), "wsp_1", a.ID, Whole)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	h := res.Header
	if h.Get("Content-Disposition") != "attachment; filename=policy.pdf" || h.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("Content-Type") != PDF {
		t.Errorf("got %v", h)
	}
}

func TestNamesAreMadeHarmless(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"../../etc/passwd":             "passwd.jpg",
		`C:\Users\mia\Front left.JPEG`: "Front left.jpg",
		"a\r\nSet-Cookie: x=y.jpg":     "aSet-Cookie_ x=y.jpg",
		"invoice\u202egpj.exe":         "invoicegpj.jpg",
		"\u200bhidden\ufeff.jpg":       "hidden.jpg",
		"":                             "file.jpg",
		"...":                          "file.jpg",
		"Führerschein.png":             "Führerschein.jpg",
		`a"b<c>.jpg`:                   "a_b_c_.jpg",
		"archive.tar.gz":               "archive.tar.jpg",
		strings.Repeat("é", 300):       strings.Repeat("é", 100) + ".jpg",
	} {
		if got := harmless(name, JPEG); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
