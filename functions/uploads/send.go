package uploads

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
)

// Send takes the files of a form, where no script sends them to the store. It
// leads back to the page that the form names, whose query then says which
// attachments are ready, and what went wrong.
var Send = api.Route{
	Name:    "uploads.send",
	Method:  http.MethodPost,
	Path:    "/uploads/send",
	Summary: "Upload the files of a form",
	Allow:   access.Public,
	Door:    api.SessionDoor,
	MaxBody: maxForm,
	Handle:  api.Page(send),
}

const (
	maxForm  = 4_500_000 // bytes of one form: a Lambda is sent 6 MB, in base 64. A page with a script sends more, past us
	maxFiles = 20
)

func send(ctx context.Context, c *api.Call, _ api.None) (api.Answer, error) {
	parts, err := c.HTTP.MultipartReader()
	if err != nil {
		return api.Answer{}, fault.New(fault.Invalid, "upload.form", "The form could not be read. Go back, reload the page and try again.").Because(err)
	}
	s := sending{c: c, to: "/"}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return api.Redirect(s.back()), nil
		}
		if err == nil {
			err = s.take(ctx, part)
		}
		if tooLong, ok := errors.AsType[*http.MaxBytesError](err); ok {
			err = fault.New(fault.TooLarge, "upload.form", "These files are too large for one form; %d bytes are the most. Send them one by one, or switch scripts on: then they go straight to the store.", tooLong.Limit)
		}
		if err != nil {
			return api.Answer{}, err
		}
	}
}

// sending is a form of which some parts were read. The fields that say what the
// files are for come before the files.
type sending struct {
	c       *api.Call
	to      string
	purpose attachment.Purpose
	ready   []string
	wrong   []string
}

func (s *sending) take(ctx context.Context, part *multipart.Part) error {
	if part.FileName() == "" {
		value, err := io.ReadAll(io.LimitReader(part, 2000))
		switch part.FormName() {
		case "to":
			s.to = own(string(value))
		case "purpose":
			s.purpose = attachment.Purpose(value)
		}
		return err
	}
	if !s.purpose.MayUpload(s.c.Actor) {
		return fault.New(fault.Denied, "attachment.may_not", "You may not upload files for this purpose.")
	}
	if len(s.ready)+len(s.wrong) >= maxFiles {
		return nil
	}
	name := part.FileName()
	a, err := s.c.Attachments.Keep(ctx, s.c.Actor, attachment.Draft{Purpose: s.purpose, Name: name, Type: part.Header.Get("Content-Type")}, part, s.c.Now)
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Invalid {
		s.wrong = append(s.wrong, f.Code)
		return nil
	}
	if err != nil {
		return err
	}
	s.ready = append(s.ready, a.ID)
	return nil
}

// own is an address of ours: a path, and no other host.
func own(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(to, `\`) {
		return "/"
	}
	return u.RequestURI()
}

// back is the page that the form came from, told of what was uploaded.
func (s *sending) back() string {
	path, query, _ := strings.Cut(s.to, "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		q = url.Values{}
	}
	q["file"], q["refused"] = s.ready, s.wrong
	if len(s.ready)+len(s.wrong) == 0 {
		q["refused"] = []string{"upload.none"}
	}
	return path + "?" + q.Encode()
}
