package fleet

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/attachment"
	"motorpool/shared/blob/embed"
	"motorpool/shared/ident"
	"motorpool/shared/photo"
	"motorpool/shared/picture/plain"
)

// studio gives the yard photos.
func (y *yard) studio() {
	y.t.Helper()
	now := func() time.Time { return apitest.Now }
	store, err := embed.Open(embed.Options{Dir: y.t.TempDir(), BaseURL: "http://files.example", Key: bytes.Repeat([]byte("k"), 32), Now: now})
	if err != nil {
		y.t.Fatal(err)
	}
	y.app.Attachments = &attachment.Service{Table: y.table, Files: store, Studio: plain.New(), NewID: ident.Sortable(now), Now: now}
	y.app.Photos = &photo.Service{Table: y.table, Events: y.app.Events, Audit: y.app.Audit, Assets: y.app.Fleet, Files: y.app.Attachments}
	y.app.Fleet.Files, y.app.Fleet.Photos = y.app.Attachments, y.app.Photos
}

// file is a picture that is ready to be used.
func (y *yard) file() string {
	y.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
		y.t.Fatal(err)
	}
	mia := access.Actor{Kind: "user", ID: "usr_1", Workspace: workspace, Grants: access.All()}
	a, err := y.app.Attachments.Keep(y.t.Context(), mia, attachment.Draft{Purpose: attachment.Photo, Name: "a.png", Type: attachment.PNG}, &b, apitest.Now)
	if err != nil {
		y.t.Fatal(err)
	}
	return a.ID
}

func TestAnAssetsPhotosByTheAPI(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.studio()
	id, one, two := y.asset(""), y.file(), y.file()
	path := "/v1/assets/" + id + "/photos"
	if a := y.Want(200, "GET", path, ""); a.Body != `{"asset":"`+id+`","photos":[],"version":0}` && len(a.JSON["photos"].([]any)) != 0 {
		t.Errorf("got %s", a.Body)
	}
	first := y.Want(201, "POST", path, `{"file":"`+one+`","alt":"Front"}`)
	if first.Header.Get("ETag") != `"1"` || !strings.Contains(first.Body, "http://files.example/"+workspace+"/attachments/"+one+"/2048.jpg") {
		t.Errorf("got %v %s", first.Header, first.Body)
	}
	y.Want(201, "POST", path, `{"file":"`+two+`"}`, "If-Match", `"1"`)
	if a := y.Want(412, "PUT", path+"/order", `{"photos":["`+two+`","`+one+`"]}`, "If-Match", `"1"`); a.JSON["code"] != "photo.stale" {
		t.Errorf("got %s", a.Body)
	}
	a := y.Want(200, "PUT", path+"/order", `{"photos":["`+two+`","`+one+`"]}`, "If-Match", `"2"`)
	if cover := a.JSON["cover"].(map[string]any); cover["id"] != two || cover["from"] != "asset" {
		t.Errorf("got %s", a.Body)
	}
	if a := y.Want(200, "GET", "/v1/assets/"+id, ""); a.JSON["cover"] != two {
		t.Errorf("got %s", a.Body)
	}
	y.Want(200, "PATCH", path+"/"+two, `{"alt":"Boot"}`)
	y.Want(204, "DELETE", path+"/"+two, "")
	if a := y.Want(200, "GET", path, ""); len(a.JSON["photos"].([]any)) != 1 || a.JSON["version"] != 5.0 {
		t.Errorf("got %s", a.Body)
	}
}

func TestACategorysImageStandsInByTheAPI(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.studio()
	image := y.file()
	parent := y.Want(201, "POST", "/v1/categories", `{"name":"SUV","image":"`+image+`"}`).JSON["id"].(string)
	sub := y.Want(201, "POST", "/v1/categories", `{"name":"Small SUV","parent":"`+parent+`"}`).JSON["id"].(string)
	id := y.asset(`"categories":["` + sub + `"]`)
	a := y.Want(200, "GET", "/v1/assets/"+id+"/photos", "")
	if cover, _ := a.JSON["cover"].(map[string]any); cover["id"] != image || cover["from"] != "category" {
		t.Errorf("got %s", a.Body)
	}
}

func TestBadRequestsForPhotosAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.studio()
	id, used := y.asset(""), y.file()
	path := "/v1/assets/" + id + "/photos"
	y.Want(201, "POST", path, `{"file":"`+used+`"}`)
	other := y.asset("")
	y.refused([]string{id, other}, []refusal{
		{"no such asset", "GET", "/v1/assets/ast_x/photos", "", 404, "asset.not_found", ""},
		{"no such file", "POST", path, `{"file":"att_x"}`, 422, "attachment.not_found", "file"},
		{"another's photo", "POST", "/v1/assets/" + other + "/photos", `{"file":"` + used + `"}`, 409, "attachment.used", "file"},
		{"an order without all", "PUT", path + "/order", `{"photos":[]}`, 422, "photo.order", "photos"},
		{"no such photo", "DELETE", path + "/att_x", "", 404, "photo.not_found", ""},
	})
	viewer := y.as(access.ViewAssets)
	for _, r := range [][2]string{{"POST", path}, {"PUT", path + "/order"}, {"PATCH", path + "/" + used}, {"DELETE", path + "/" + used}} {
		if a := viewer.Do(r[0], r[1], `{}`); a.Status != 403 {
			t.Errorf("%s by who may only look: %d", r[0], a.Status)
		}
	}
	viewer.Want(200, "GET", path, "")
}
