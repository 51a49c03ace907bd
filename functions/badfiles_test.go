package functions_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/apitest"
)

// sent uploads a file as programs do: announced, put where the answer says, and
// completed. It returns the id and the last answer.
func (w *world) sent(purpose, name, typ string, body []byte) (string, apitest.Answer) {
	w.t.Helper()
	say, err := json.Marshal(map[string]any{"purpose": purpose, "name": name, "type": typ, "size": len(body)})
	w.must(err)
	begun := w.Want(201, "POST", "/v1/uploads", string(say))
	var how struct {
		ID     string
		Upload struct {
			Method, URL string
			Headers     map[string]string
		}
	}
	w.must(json.Unmarshal([]byte(begun.Body), &how))
	req, err := http.NewRequestWithContext(w.t.Context(), how.Upload.Method, how.Upload.URL, bytes.NewReader(body))
	w.must(err)
	for name, value := range how.Upload.Headers {
		if name != "Content-Length" {
			req.Header.Set(name, value)
		}
	}
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	res.Body.Close()
	if res.StatusCode != 200 {
		w.t.Fatalf("%s: the store answered %d", name, res.StatusCode)
	}
	return how.ID, w.Do("POST", "/v1/uploads/"+how.ID+"/complete", "")
}

// fetched are the bytes at an address that an answer gave.
func (w *world) fetched(url string) []byte {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, url, nil)
	w.must(err)
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<22))
	w.must(err)
	if res.StatusCode != 200 {
		w.t.Fatalf("%s: %d", url, res.StatusCode)
	}
	return b
}

// spent counts the bytes that are allocated meanwhile. What else runs counts too:
// a test that asks does not run beside others.
func spent(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestBadListsAreRefusedByThePublicAPI: every list that is none, too long or too
// large says so in words, has imported nothing, and takes memory by its size as it
// was sent, not by what it claims to be.
func TestBadListsAreRefusedByThePublicAPI(t *testing.T) {
	w := newWorld(open(t, nil))
	const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	for _, tt := range []struct {
		what, name, typ string
		body            []byte
		code            string
	}{
		{"wrong encoding", "latin.csv", "text/csv", []byte("VIN,Make\nA1,Citro\xebn\n"), "sheet.encoding"},
		{"a million rows", "long.csv", "text/csv", append([]byte("VIN,Make\n"), bytes.Repeat([]byte("A1,Kia\n"), 1_000_000)...), "sheet.rows"},
		{"a zip bomb", "bomb.xlsx", xlsx, zipBomb(t, 96<<20), "sheet.unpacked"},
		{"a page", "page.csv", "text/csv", []byte("<!doctype html><script>alert(1)</script>"), "attachment.type"},
		{"an open quote", "quote.csv", "text/csv", []byte("VIN,Make\n\"A1,Kia\n"), "sheet.quotes"},
	} {
		var a apitest.Answer
		took := spent(func() {
			var id string
			if id, a = w.sent("import", tt.name, tt.typ, tt.body); a.Status == 200 {
				made := w.id("/v1/imports", `{"kind":"assets","file":%q}`, id)
				w.settle()
				a = w.Want(200, "GET", "/v1/imports/"+made, "")
				a.JSON, _ = a.JSON["problem"].(map[string]any)
			}
		})
		if a.JSON["code"] != tt.code {
			t.Errorf("%s: %d %s, want %s", tt.what, a.Status, a.Body, tt.code)
		}
		if bound := uint64(32<<20 + 12*len(tt.body)); took > bound {
			t.Errorf("%s: %d bytes took %d of memory, more than %d", tt.what, len(tt.body), took, bound)
		}
	}
	if list := w.Want(200, "GET", "/v1/assets", "").JSON["data"].([]any); len(list) > 0 {
		t.Errorf("assets were made: %v", list)
	}
}

// zipBomb is a workbook whose sheet unpacks to a number of bytes.
func zipBomb(t *testing.T, size int) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", "<Types/>"},
		{"_rels/.rels", `<Relationships><Relationship Id="rId1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + ns + `><sheets><sheet name="Fleet" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>VIN`},
	} {
		f, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		text := []byte(part[1])
		for n := 0; n < size && strings.HasSuffix(part[0], "sheet1.xml") || n == 0; n += len(text) {
			if _, err := f.Write(text); err != nil {
				t.Fatal(err)
			}
			if n == 0 && size > 0 {
				text = append(text, bytes.Repeat([]byte(" "), 1<<20)...)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBadPicturesAreRefusedOrHarmlessByThePublicAPI sends what looks like a photo.
func TestBadPicturesAreRefusedOrHarmlessByThePublicAPI(t *testing.T) {
	w := newWorld(open(t, nil))
	ids := map[string]string{"webhook-endpoints": ""}
	w.stockFleet(ids, "Harbour")
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	for _, tt := range []struct {
		what, purpose, name, typ string
		body                     []byte
		code                     string
	}{
		{"a huge image", "photo", "huge.png", "image/png", hugePNG(60_000, 60_000), "picture.pixels"},
		{"an SVG with a script", "logo", "logo.png", "image/png", svg, "attachment.type"},
		{"a page named as a photo", "photo", "a.jpg", "image/jpeg", []byte("<html><script>alert(1)</script>"), "attachment.type"},
		{"half a photo", "photo", "a.jpg", "image/jpeg", w.shot()[:200], "picture.broken"},
		{"a polyglot as evidence", "evidence", "a.jpg", "image/jpeg", marked(w.shot(), 0xfe, "<script>alert(1)</script>"), "attachment.double"},
	} {
		took := spent(func() {
			id, a := w.sent(tt.purpose, tt.name, tt.typ, tt.body)
			if a.Status != 422 || a.JSON["code"] != tt.code {
				t.Errorf("%s: %d %s, want %s", tt.what, a.Status, a.Body, tt.code)
			}
			if a := w.Do("POST", "/v1/assets/"+ids["assets"]+"/photos", `{"file":"`+id+`"}`); a.Status != 422 {
				t.Errorf("%s as a photo: %d %s", tt.what, a.Status, a.Body)
			}
		})
		if took > 32<<20 {
			t.Errorf("%s: %d bytes took %d of memory", tt.what, len(tt.body), took)
		}
	}
	if a := w.Do("POST", "/v1/uploads", `{"purpose":"logo","name":"logo.svg","type":"image/svg+xml","size":99}`); a.Status != 422 {
		t.Errorf("an SVG by its name: %d %s", a.Status, a.Body)
	}
	place := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\x00\x02\x00\x02\x00\x00\x00S\x00\x00\x00\x00\x00\x00\x00"
	for what, body := range map[string][]byte{
		"a photo with a place": marked(w.shot(), 0xe1, place), "a polyglot with a script": marked(w.shot(), 0xfe, "<script>evil</script>"),
		"a polyglot with a program": append(w.shot(), zipBomb(t, 0)...),
	} {
		id, a := w.sent("photo", "front.jpg", "image/jpeg", body)
		if a.Status != 200 {
			t.Errorf("%s: %d %s", what, a.Status, a.Body)
			continue
		}
		w.make("/v1/assets/"+ids["assets"]+"/photos", `{"file":%q}`, id)
		shown := w.Want(200, "GET", "/v1/assets/"+ids["assets"]+"/photos", "").Body
		for _, url := range addresses(shown, id) {
			got := w.fetched(url)
			for _, bad := range []string{"Exif", "script", "evil", "PK\x03\x04"} {
				if bytes.Contains(got, []byte(bad)) || !bytes.HasPrefix(got, []byte("\xff\xd8\xff")) {
					t.Errorf("%s: %q is still in it, or it is no picture", what, bad)
				}
			}
		}
		if len(addresses(shown, id)) < 2 {
			t.Errorf("%s is not shown: %s", what, shown)
		}
	}
}

// addresses are those of an answer that name a file.
func addresses(body, id string) (all []string) {
	for _, part := range strings.Split(body, `"`) {
		if strings.HasPrefix(part, "http") && strings.Contains(part, id) {
			all = append(all, strings.ReplaceAll(part, `\u0026`, "&"))
		}
	}
	return all
}

// marked puts a segment at the beginning of a JPEG.
func marked(file []byte, kind byte, text string) []byte {
	out := append(slices.Clone(file[:2]), 0xff, kind)
	out = binary.BigEndian.AppendUint16(out, uint16(len(text)+2))
	return append(append(out, text...), file[2:]...)
}

// hugePNG is a header that promises so many pixels.
func hugePNG(width, height uint32) []byte {
	chunk := func(kind string, data []byte) []byte {
		out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
		out = append(append(out, kind...), data...)
		return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 2, 0, 0, 0)), chunk("IDAT", []byte("x\x9c\x03\x00\x00\x00\x00\x01")), chunk("IEND", nil))
}
