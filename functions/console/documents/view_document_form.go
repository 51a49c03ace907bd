package documents

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/fault"
)

// documentFields is the form of a document as a browser posts it, in parts
// because files come along; the names are those of the API.
type documentFields struct {
	Owner, Type                      string
	Number, State, Country, Class    string
	Issued, Expires, Name, BirthDate string
	Address                          string
	Version                          int64
	Uploads                          []document.Upload
}

// formSides are the files that the form of a document takes.
var formSides = []string{"front", "back", "other"}

// maxForm is how many bytes the files of a form may have together: a Lambda is
// handed 6 MB at the most, in base64.
const maxForm = 4 << 20

// documentForm reads what was posted, files too.
func documentForm(c *api.Call) (in documentFields, err error) {
	unread := fault.New(fault.TooLarge, "request.form", "The files could not be read. Together they may have 4 MB; choose smaller ones and try again.")
	c.HTTP.Body = http.MaxBytesReader(nil, c.HTTP.Body, c.Route.MaxBody)
	switch err := c.HTTP.ParseMultipartForm(maxForm); {
	case errors.Is(err, http.ErrNotMultipart): // no files came along
		c.HTTP.MultipartForm = &multipart.Form{}
	case err != nil:
		return in, unread.Because(err)
	}
	defer c.HTTP.MultipartForm.RemoveAll()
	get := c.HTTP.PostForm.Get
	in = documentFields{
		Owner: get("owner"), Type: get("type"), Number: get("number"), State: get("issuing_state"), Country: get("issuing_country"), Class: get("class"),
		Issued: get("issued"), Expires: get("expires"), Name: get("name"), BirthDate: get("birth_date"), Address: get("address"),
	}
	in.Version, _ = strconv.ParseInt(get("version"), 10, 64) // none: any
	for _, side := range formSides {
		for _, head := range c.HTTP.MultipartForm.File[side] {
			f, err := head.Open()
			if err != nil {
				return in, unread.Because(err)
			}
			content, err := io.ReadAll(f)
			f.Close()
			if err != nil {
				return in, unread.Because(err)
			}
			if len(content) > 0 {
				in.Uploads = append(in.Uploads, document.Upload{Side: side, Name: head.Filename, Content: content})
			}
		}
	}
	return in, nil
}

// describe puts the form into d, with the files once they are kept.
func (in documentFields) describe(ctx context.Context, c *api.Call, d *document.Details) error {
	bad := fault.New(fault.Invalid, "document.form", "Some fields are not right.")
	d.Number, d.State, d.Country, d.Class, d.Name, d.Address = in.Number, in.State, in.Country, in.Class, in.Name, in.Address
	d.Issued, d.Expires, d.BirthDate = page.Date(in.Issued, "issued", bad), page.Date(in.Expires, "expires", bad), page.Date(in.BirthDate, "birth_date", bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	if err := d.Check(in.Type, len(in.Uploads) > 0, c.Now); err != nil { // before anything is kept
		return err
	}
	files, err := c.Documents.Keep(ctx, c.Actor, in.Uploads, c.Now)
	d.Files = files
	return err
}

type documentFormView struct {
	look.Frame
	Action, Cancel, Do string
	Owner              string
	Version            int64
	Wrong              *look.Notice
	Fields             []look.Field
	Files              []look.Field
	FilesWrong         string
}

var documentFormPage = look.Page(files, "document_form")

// fileForm is the form with what is filled in and what is wrong. A browser does
// not fill in files again.
func fileForm(ctx context.Context, c *api.Call, in documentFields, o document.Owner, because error, fr look.Frame, v documentFormView) (api.Answer, error) {
	who, err := ownerLink(ctx, c, o)
	if err != nil {
		return api.Answer{}, err
	}
	fr.Section, fr.Crumbs = "documents", append([]look.Link{toDocuments, {Text: who.Text, To: documentsTab(o)}}, fr.Crumbs...)
	if v.Frame, err = page.Frame(ctx, c, fr); err != nil {
		return api.Answer{}, err
	}
	v.Owner, v.Version, v.Fields = o.ID, in.Version, in.fields(o, v.Do != "Hand in")
	v.Wrong = page.Wrong(because, v.Fields)
	v.Files = []look.Field{
		{Name: "front", Label: "Front, or the whole document", Type: "file", Hint: "A PDF or a photo (JPEG, PNG, HEIC). Drop it here or choose it."},
		{Name: "back", Label: "Back", Type: "file"},
		{Name: "other", Label: "Another page", Type: "file", Hint: "Together they may have 4 MB."},
	}
	if because != nil {
		return page.Again(documentFormPage, v)
	}
	return page.Show(documentFormPage, v)
}

func (in documentFields) fields(o document.Owner, typed bool) []look.Field {
	var all []look.Field
	if typed {
		all = append(all, look.Field{Name: "type", Label: "Type", Type: "select", Required: true, Options: typesOf(o, in.Type)})
	}
	all = append(all,
		look.Field{Name: "number", Label: "Number", Value: in.Number, Max: 40, Mono: true, Hint: "Give it or at least one file."},
		look.Field{Name: "expires", Label: "Last day it is good for", Value: in.Expires, Type: "date"},
		look.Field{Name: "issued", Label: "Issued", Value: in.Issued, Type: "date"},
		look.Field{Name: "issuing_country", Label: "Country", Value: in.Country, Max: 2, Placeholder: "AU", Hint: "Its two letters."},
		look.Field{Name: "issuing_state", Label: "State", Value: in.State, Max: 60},
		look.Field{Name: "class", Label: "Class", Value: in.Class, Max: 40, Hint: "Of a licence, or the kind of a visa."})
	if o.Type == "asset" {
		return all
	}
	return append(all,
		look.Field{Name: "name", Label: "Name, as it is written there", Value: in.Name, Max: 100},
		look.Field{Name: "birth_date", Label: "Date of birth there", Value: in.BirthDate, Type: "date"},
		look.Field{Name: "address", Label: "Address there", Value: in.Address, Type: "textarea", Max: 300, Wide: true})
}
