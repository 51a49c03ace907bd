package functions_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"testing"

	"motorpool/functions"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/attachment"
	"motorpool/shared/workspace"
)

// A world is a rig and a client of all of its routes and pages that has come in by
// their doors, as somebody who may do all.
type world struct {
	*rig
	*apitest.Client
	owner access.Actor
	shots int // how many photos there are
}

func newWorld(r *rig) *world {
	r.t.Helper()
	w := &world{rig: r}
	w.owner = w.found("Harbour Cars", "mia@harbour.example")
	w.Client = w.as(w.owner)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// found makes a workspace, and who may do all in it.
func (w *world) found(name, email string) access.Actor {
	w.t.Helper()
	made, err := w.host.Workspaces.Create(w.t.Context(), workspace.Draft{Name: name, Mode: workspace.Test, TimeZone: "UTC"}, w.now())
	w.must(err)
	actor, _, err := w.host.LetIn(w.t.Context(), made.ID, email, w.now())
	w.must(err)
	return actor
}

// as speaks to every route and page as somebody who has come in by its door.
func (w *world) as(actor access.Actor) *apitest.Client { return w.asIn(w.t, actor) }

func (w *world) asIn(t *testing.T, actor access.Actor) *apitest.Client {
	return apitest.Serve(t, w.host.App, w.now, actor, functions.Routes())
}

// make posts to a list and returns what was made.
func (w *world) make(path, format string, say ...any) map[string]any {
	w.t.Helper()
	a := w.Do("POST", path, fmt.Sprintf(format, say...))
	if a.Status/100 != 2 {
		w.t.Fatalf("%s %s: %d %s", path, fmt.Sprintf(format, say...), a.Status, a.Body)
	}
	return a.JSON
}

func (w *world) id(path, format string, say ...any) string {
	w.t.Helper()
	return w.make(path, format, say...)["id"].(string)
}

// file uploads one for a purpose.
func (w *world) file(purpose attachment.Purpose, name, typ string, body []byte) string {
	w.t.Helper()
	a, err := w.host.Attachments.Keep(w.t.Context(), w.owner, attachment.Draft{Purpose: purpose, Name: name, Type: typ, Size: int64(len(body))}, bytes.NewReader(body), w.now())
	w.must(err)
	return a.ID
}

// shot is a photo like no other.
func (w *world) shot() []byte {
	w.t.Helper()
	var b bytes.Buffer
	w.shots++
	w.must(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 48+w.shots)), nil))
	return b.Bytes()
}
