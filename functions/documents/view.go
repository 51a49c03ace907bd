package documents

import (
	"context"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/document"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// documentView is a document as answers show it: the object of its events,
// without what the caller may not see.
type documentView struct {
	events.Document
	Valid    bool              `json:"valid" doc:"Whether it is good today: verified and not expired or, while a new one waits, what was before it"`
	Earlier  []events.Document `json:"earlier,omitempty" nullable:"false" doc:"The document with each paper that was handed in before, newest first; not in lists"`
	Redacted []string          `json:"redacted,omitempty" nullable:"false" doc:"Fields that there are and that you may not see"`
}

// ETagVersion makes the ETag.
func (v documentView) ETagVersion() int64 { return v.Version }

func viewOf(ctx context.Context, c *api.Call, d *document.Document) (documentView, error) {
	today, err := c.Documents.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return documentView{}, err
	}
	v := documentView{Document: d.Object(today), Valid: d.ValidOn(today), Earlier: d.Past(today)}
	if c.Actor.May(access.ViewPII) {
		return v, nil
	}
	v.Document, v.Redacted = document.Redacted(v.Document)
	for i := range v.Earlier {
		v.Earlier[i], _ = document.Redacted(v.Earlier[i])
	}
	return v, nil
}

func listOf(ctx context.Context, c *api.Call, page []*document.Document, next string) (api.List[documentView], error) {
	out := make([]documentView, len(page))
	for i, d := range page {
		v, err := viewOf(ctx, c, d)
		if err != nil {
			return api.List[documentView]{}, err
		}
		v.Earlier = nil
		out[i] = v
	}
	return api.ListOf(out, next), nil
}

// askingBody says what is asked for.
type askingBody struct {
	Message string   `json:"message,omitempty" doc:"What the owner reads, at most 500 characters" example:"Both sides, please."`
	Sides   []string `json:"sides,omitempty" doc:"front and back: which files are wanted; the front if it is not given" example:"[\"front\",\"back\"]"`
}

func (b askingBody) asked(at time.Time) document.Asked {
	return document.Asked{At: at, Message: b.Message, Sides: b.Sides}
}

// requestView is a document that was asked for, with its link.
type requestView struct {
	documentView
	UploadURL   string    `json:"upload_url" doc:"Where the owner can hand it in; in no later answer" example:"https://motorpool.example.com/upload/k3v7q2m8r4t6w0y5z1a3b5c7d9"`
	UploadUntil time.Time `json:"upload_until" doc:"When the link ends"`
}

func requestViewOf(ctx context.Context, c *api.Call, d *document.Document, pass document.Pass, err error) (requestView, error) {
	if err != nil {
		return requestView{}, err
	}
	v, err := viewOf(ctx, c, d)
	return requestView{v, pass.URL, pass.Until}, err
}

// settingsView is who is told what, as answers show it.
type settingsView struct {
	document.Said
	Version int64 `json:"version" doc:"Counts the changes; the ETag. 0 while nothing was said" example:"1"`
}

// ETagVersion makes the ETag.
func (v settingsView) ETagVersion() int64 { return v.Version }
