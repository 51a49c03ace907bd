package documents

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/fault"
)

// UploadPage is where an upload link leads: it shows what is asked for, and
// nothing of whom.
var UploadPage = api.Route{
	Name:    "console.upload_page",
	Method:  http.MethodGet,
	Path:    "/upload/{token}",
	Summary: "Where an upload link leads",
	Door:    api.OpenDoor,
	Handle:  page.Handler(uploadPage),
}

type uploadPageInput struct {
	Token string `path:"token"`
	Sent  bool   `query:"sent"`
}

type uploadView struct {
	Title  string
	Action string
	Until  string
	Wanted []wanted
	Sent   bool
	Wrong  *look.Notice
}

// wanted is one document that is asked for, in words.
type wanted struct {
	N               int
	Title           string
	Number, Expires string // what was typed, where it is shown again
	document.Wanted
}

var uploadPages = look.Alone(files, "upload_page")

func uploadPage(ctx context.Context, c *api.Call, in uploadPageInput) (api.Answer, error) {
	return uploadForm(ctx, c, in, nil)
}

// uploadForm shows what a link still asks for, and what was wrong.
func uploadForm(ctx context.Context, c *api.Call, in uploadPageInput, wrong *look.Notice) (api.Answer, error) {
	open, err := c.Documents.Open(ctx, in.Token, c.Now)
	if fault.KindOf(err) == fault.NotFound {
		v := uploadView{Title: "This link works no more", Wrong: &look.Notice{Tone: "warn", Text: "It is older than seven days, or everything was handed in. Ask whoever sent it for a new one."}}
		if in.Sent {
			v = uploadView{Title: "Thank you", Sent: true}
			return page.Show(uploadPages, v)
		}
		a, err := page.Show(uploadPages, v)
		return a.Status(http.StatusNotFound), err
	}
	if err != nil {
		return api.Answer{}, err
	}
	v := uploadView{Title: "Send documents", Action: "/upload/" + url.PathEscape(in.Token), Until: open.Until.UTC().Format("2 January 2006"), Sent: in.Sent, Wrong: wrong}
	for n, w := range open.Wanted {
		if len(w.Sides) == 0 {
			w.Sides = []string{"front"}
		}
		one := wanted{N: n, Title: document.Title(w.Type), Wanted: w}
		if said := c.HTTP.PostForm; said.Get("n") == strconv.Itoa(n) {
			one.Number, one.Expires = said.Get("number"), said.Get("expires")
		}
		v.Wanted = append(v.Wanted, one)
	}
	if wrong != nil {
		return page.Again(uploadPages, v)
	}
	return page.Show(uploadPages, v)
}
