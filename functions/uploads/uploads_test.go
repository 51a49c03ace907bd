package uploads

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/attachment"
	"motorpool/shared/blob/embed"
	"motorpool/shared/ident"
	"motorpool/shared/picture/plain"
)

// dock is the product's uploads, and clients of them.
type dock struct {
	*apitest.Client
	t   *testing.T
	app *app.App
}

func newDock(t *testing.T) *dock {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	var store *embed.Store
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { store.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	store, err := embed.Open(embed.Options{Dir: t.TempDir(), BaseURL: server.URL + "/files", Key: bytes.Repeat([]byte("k"), 32), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	d := &dock{t: t, app: &app.App{Attachments: &attachment.Service{
		Table: apitest.Table(t, now), Files: store, Studio: plain.New(), NewID: ident.Sortable(now), Now: now,
	}}}
	d.Client = d.as("wsp_1", access.All()...)
	return d
}

func (d *dock) as(workspace string, grants ...access.Grant) *apitest.Client {
	actor := access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
	return apitest.Serve(d.t, d.app, func() time.Time { return apitest.Now }, actor, Routes)
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// send does what the answer of Begin says.
func (d *dock) send(begun apitest.Answer, body []byte) int {
	d.t.Helper()
	var out beginOutput
	if err := json.Unmarshal([]byte(begun.Body), &out); err != nil {
		d.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(d.t.Context(), out.Upload.Method, out.Upload.URL, bytes.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	for name, value := range out.Upload.Headers {
		if name != "Content-Length" {
			r.Header.Set(name, value)
		}
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func TestAnUploadIsBegunSentAndCompleted(t *testing.T) {
	t.Parallel()
	d, body := newDock(t), picture(t)
	for _, way := range []string{"/v1/uploads", "/uploads"} {
		begun := d.Want(201, "POST", way, fmt.Sprintf(`{"purpose":"photo","name":"../front.jpg","type":"image/jpeg","size":%d}`, len(body)))
		id := begun.JSON["id"].(string)
		if a := d.Want(409, "POST", way+"/"+id+"/complete", ""); a.JSON["code"] != "attachment.no_bytes" {
			t.Errorf("before its bytes: %s", a.Body)
		}
		if status := d.send(begun, body); status != 200 {
			t.Fatalf("the store answered %d", status)
		}
		for range 2 {
			if a := d.Want(200, "POST", way+"/"+id+"/complete", ""); a.JSON["state"] != "ready" || a.JSON["name"] != "front.jpg" || a.JSON["width"] != 64.0 || a.JSON["used"] != false {
				t.Errorf("got %s", a.Body)
			}
		}
		if a := d.Want(200, "GET", "/v1/uploads/"+id, ""); a.JSON["state"] != "ready" || strings.Contains(a.Body, "http") {
			t.Errorf("got %s", a.Body)
		}
	}
}

func TestARefusedUploadSaysWhy(t *testing.T) {
	t.Parallel()
	d, body := newDock(t), []byte("<html><script>alert(1)</script>")
	begun := d.Want(201, "POST", "/v1/uploads", fmt.Sprintf(`{"purpose":"logo","name":"a.png","type":"image/png","size":%d}`, len(body)))
	d.send(begun, body)
	id := begun.JSON["id"].(string)
	if a := d.Want(422, "POST", "/v1/uploads/"+id+"/complete", ""); a.JSON["code"] != "attachment.type" {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", "/v1/uploads/"+id, ""); a.JSON["state"] != "refused" || a.JSON["code"] != "attachment.type" || a.JSON["reason"] == "" {
		t.Errorf("got %s", a.Body)
	}
}

func TestBadUploadsAreRefused(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	id := d.Want(201, "POST", "/v1/uploads", `{"purpose":"photo","name":"a.jpg","type":"image/jpeg","size":5}`).JSON["id"].(string)
	viewer, stranger := d.as("wsp_1", access.ViewAssets), d.as("wsp_2", access.All()...)
	for _, tt := range []struct {
		name         string
		who          *apitest.Client
		method, path string
		body         string
		status       int
		code         string
	}{
		{"an empty file", d.Client, "POST", "/v1/uploads", `{"purpose":"photo","name":"a.jpg","type":"image/jpeg","size":0}`, 422, "attachment.announced"},
		{"SVG", d.Client, "POST", "/v1/uploads", `{"purpose":"logo","name":"a.svg","type":"image/svg+xml","size":5}`, 422, "attachment.announced"},
		{"no such purpose", d.Client, "POST", "/v1/uploads", `{"purpose":"fun","name":"a.jpg","type":"image/jpeg","size":5}`, 422, "request.invalid"},
		{"more than asked for", d.Client, "POST", "/v1/uploads", `{"purpose":"photo","name":"a.jpg","type":"image/jpeg","size":5,"owner":"ast_1"}`, 422, "request.invalid"},
		{"by who may not edit", viewer, "POST", "/v1/uploads", `{"purpose":"photo","name":"a.jpg","type":"image/jpeg","size":5}`, 403, "attachment.may_not"},
		{"completed by who may not", viewer, "POST", "/v1/uploads/" + id + "/complete", "", 403, "attachment.may_not"},
		{"read by who may not", viewer, "GET", "/v1/uploads/" + id, "", 404, "attachment.not_found"},
		{"another workspace's", stranger, "GET", "/v1/uploads/" + id, "", 404, "attachment.not_found"},
		{"completed from another workspace", stranger, "POST", "/v1/uploads/" + id + "/complete", "", 404, "attachment.not_found"},
		{"no such upload", d.Client, "GET", "/v1/uploads/att_x", "", 404, "attachment.not_found"},
	} {
		a := tt.who.Do(tt.method, tt.path, tt.body)
		if code, _ := a.JSON["code"].(string); a.Status != tt.status || code != tt.code && !(tt.status == 422 && strings.HasPrefix(code, "request.")) {
			t.Errorf("%s: got %d %s, want %d %s", tt.name, a.Status, a.Body, tt.status, tt.code)
		}
	}
}
