package settings

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// KeyNew asks what a new key is for and what it may do.
var KeyNew = api.Route{
	Name:    "console.key_new",
	Method:  http.MethodGet,
	Path:    "/settings/api-keys/new",
	Summary: "The form that creates a key",
	Allow:   access.ManageKeys,
	Door:    api.SessionDoor,
	Handle:  page.Handler(keyNew),
}

// keyFields is the form of a key as a browser posts it.
type keyFields struct {
	Name    string   `form:"name"`
	Scopes  []string `form:"scopes"`
	Expires string   `form:"expires_at"` // days; empty: never
}

type keyFormView struct {
	look.Frame
	Wrong  *look.Notice
	Fields []look.Field
	Scopes look.Picker
}

var keyFormPage = look.Page(files, "key_new")

func keyNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return keyForm(ctx, c, keyFields{Expires: "90"}, nil)
}

func keyForm(ctx context.Context, c *api.Call, in keyFields, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Create an API key", Section: "keys", Crumbs: []look.Link{{Text: "API keys", To: record.KeysPath}}})
	if err != nil {
		return api.Answer{}, err
	}
	fields := []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 100, Placeholder: "Website booking form", Hint: "What uses it, so that you recognise it later."},
		{Name: "expires_at", Label: "Expires", Type: "select", Options: look.Choose(in.Expires,
			look.Option{Value: "30", Text: "In 30 days"}, look.Option{Value: "90", Text: "In 90 days"},
			look.Option{Value: "365", Text: "In a year"}, look.Option{Text: "Never"})},
		{Name: "scopes", Label: "Scopes"},
	}
	v := keyFormView{Frame: f, Wrong: page.Wrong(because, fields), Fields: fields[:2], Scopes: scopePicker(c.Actor, in.Scopes)}
	v.Scopes.Wrong = fields[2].Wrong
	if because != nil {
		return page.Again(keyFormPage, v)
	}
	return page.Show(keyFormPage, v)
}

// scopePicker offers what the reader may do themselves.
func scopePicker(actor access.Actor, chosen []string) look.Picker {
	p := look.Picker{Name: "scopes", Legend: "What it may do"}
	set := look.Set{}
	for _, s := range access.Catalogue {
		if actor.May(s.Grant) {
			g := string(s.Grant)
			set.Members = append(set.Members, look.Option{Value: g, Text: s.Description, Hint: g, Chosen: slices.Contains(chosen, g)})
		}
	}
	p.Sets = []look.Set{set}
	return p
}
