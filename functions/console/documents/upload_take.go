package documents

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/span"
)

// UploadTake takes a document over an upload link.
var UploadTake = api.Route{
	Name:    "console.upload_take",
	Method:  http.MethodPost,
	Path:    "/upload/{token}",
	Summary: "Hand in a document",
	Door:    api.OpenDoor,
	MaxBody: 20 << 20, // API Gateway hands on less; the page's script makes photos smaller
	Handle:  page.Handler(uploadTake),
}

func uploadTake(ctx context.Context, c *api.Call, in uploadPageInput) (api.Answer, error) {
	if _, err := c.Documents.Open(ctx, in.Token, c.Now); err != nil {
		return uploadForm(ctx, c, in, nil) // nobody's bytes are read before they may come in
	}
	err := handIn(ctx, c, in.Token)
	if wrong, ok := errors.AsType[*fault.Error](err); ok && wrong.Kind != fault.Internal {
		return uploadForm(ctx, c, in, &look.Notice{Tone: "bad", Text: wrong.Message})
	}
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect("/upload/" + url.PathEscape(in.Token) + "?sent=true"), nil
}

func handIn(ctx context.Context, c *api.Call, token string) error {
	unread := fault.New(fault.Invalid, "request.form", "The form did not arrive whole. Reload the page and try again.")
	c.HTTP.Body = http.MaxBytesReader(nil, c.HTTP.Body, c.Route.MaxBody) // the page's own limit is on a copy of the request
	if err := c.HTTP.ParseMultipartForm(4 << 20); err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return fault.New(fault.Invalid, "request.too_large", "Together the files are larger than %d MB. Choose smaller ones and try again.", c.Route.MaxBody>>20)
		}
		return unread.Because(err)
	}
	defer c.HTTP.MultipartForm.RemoveAll()
	n, err := strconv.Atoi(c.HTTP.PostForm.Get("n"))
	if err != nil {
		return unread.Because(err)
	}
	say := document.Details{Number: c.HTTP.PostForm.Get("number")}
	if say.Expires, err = span.ParseDate(c.HTTP.PostForm.Get("expires")); err != nil {
		return fault.New(fault.Invalid, "document.expires", "Give the last day as 2027-05-10.").Because(err)
	}
	var uploads []document.Upload
	for _, side := range []string{"front", "back"} {
		f, head, err := c.HTTP.FormFile(side)
		if err != nil {
			continue // not chosen; whether it is needed is for the document to say
		}
		content, err := io.ReadAll(f)
		if err != nil {
			return unread.Because(err)
		}
		if len(content) > 0 {
			uploads = append(uploads, document.Upload{Side: side, Name: head.Filename, Content: content})
		}
	}
	return c.Documents.HandIn(ctx, token, n, say, uploads, c.Now)
}
