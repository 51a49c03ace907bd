package settings

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
	"motorpool/shared/fault"
)

// KeyCreate makes a key and shows it, this once.
var KeyCreate = api.Route{
	Name:    "console.key_create",
	Method:  http.MethodPost,
	Path:    "/settings/api-keys",
	Summary: "Create an API key",
	Allow:   access.ManageKeys,
	Door:    api.SessionDoor,
	Handle:  page.Handler(keyCreate),
}

type keyCreatedView struct {
	look.Frame
	Name string
	Key  look.Code
	Call string // an example that uses it
}

var keyCreatedPage = look.Page(files, "key_create")

func keyCreate(ctx context.Context, c *api.Call, in keyFields) (api.Answer, error) {
	r, err := in.request(c.Now)
	if err != nil {
		return keyForm(ctx, c, in, err)
	}
	k, plain, err := c.Keys.Create(ctx, c.Actor, r, c.Now)
	if page.Mine(err) {
		return keyForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: "Your new API key", Section: "keys", Crumbs: []look.Link{{Text: "API keys", To: record.KeysPath}}})
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(keyCreatedPage, keyCreatedView{
		Frame: f, Name: k.Name, Key: look.Code{ID: "key", Label: "API key", Text: plain},
		Call: "curl " + c.API() + "/v1/me -H 'Authorization: Bearer " + k.Prefix + "…'",
	})
}

func (in keyFields) request(at time.Time) (apikey.Request, error) {
	r := apikey.Request{Name: page.Trim(in.Name)}
	if len(in.Scopes) == 0 { // to the service none means all; nobody should mean that by forgetting
		return r, fault.New(fault.Invalid, "key.scopes", "Choose at least one thing that the key may do.").At("scopes")
	}
	for _, s := range in.Scopes {
		r.Scopes = append(r.Scopes, access.Grant(s))
	}
	if in.Expires == "" {
		return r, nil
	}
	days, err := strconv.Atoi(in.Expires)
	if err != nil || days < 1 || days > 3650 {
		return r, fault.New(fault.Invalid, "key.expires_at", "Choose one of the times offered.").At("expires_at")
	}
	r.ExpiresAt = at.AddDate(0, 0, days)
	return r, nil
}
