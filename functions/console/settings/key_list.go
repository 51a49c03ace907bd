package settings

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
)

// KeyList shows the workspace's API keys, never the keys themselves.
var KeyList = api.Route{
	Name:    "console.key_list",
	Method:  http.MethodGet,
	Path:    "/settings/api-keys",
	Summary: "API keys",
	Allow:   access.ViewKeys,
	Door:    api.SessionDoor,
	Handle:  page.Handler(keyList),
}

type keyListInput struct {
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type keyListView struct {
	look.Frame
	Create  look.Act
	Rows    []keyRow
	Dialogs []look.Dialog
	Pager   look.Pager
	Empty   look.Empty
}

type keyRow struct {
	Name, Hint    string
	State         look.Badge
	Scopes        string
	By            string
	Created, Used look.Moment
	Expires       look.Moment
	Revoke        look.Act
}

var keyListPage = look.Page(files, "key_list")

func keyList(ctx context.Context, c *api.Call, in keyListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "API keys", Section: "keys", Toast: page.News(in.Did),
		Lead: "A key lets a program do what its scopes say. Give each program a key of its own, with no more than it needs.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := keyListView{Frame: f, Empty: look.Empty{Icon: "key", Title: "No API keys", Text: "Create one for the first program that should work with this workspace through the API."}}
	if f.May(access.ManageKeys) {
		v.Create = look.Act{Text: "Create key", Icon: "plus", To: record.KeysPath + "/new", Tone: "main"}
		v.Empty.Links = []look.Link{{Text: "Create key", To: record.KeysPath + "/new"}}
	}
	keys, next, err := c.Keys.List(ctx, c.Actor.Workspace, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	for _, k := range keys {
		row := keyRowOf(f.Clock, k)
		if row.State.Tone == "ok" && f.May(access.ManageKeys) {
			row.Revoke = look.Act{Text: "Revoke", Dialog: "revoke-" + k.ID, Tone: "risky", Small: true}
			v.Dialogs = append(v.Dialogs, look.Dialog{
				ID: "revoke-" + k.ID, Title: "Revoke “" + k.Name + "”?", Do: "Revoke key", Danger: true, Action: record.KeysPath + "/" + url.PathEscape(k.ID) + "/revoke",
				Text: "Programs that use it are refused from this moment on. This cannot be undone.",
			})
		}
		v.Rows = append(v.Rows, row)
	}
	v.Pager = page.Pager(look.Count(len(keys), "key", "keys"), in.Cursor, next, record.KeysPath)
	return page.Show(keyListPage, v)
}

func keyRowOf(clock look.Clock, k *apikey.Key) keyRow {
	r := keyRow{
		Name: k.Name, Hint: k.Prefix + "…" + k.Last4, Scopes: "Everything", By: k.CreatedBy.Name, State: keyBadge(k, clock.Now),
		Created: clock.Day(k.Created), Used: clock.Ago(k.LastUsedAt), Expires: clock.Day(k.ExpiresAt),
	}
	if n := len(k.Scopes); n == 1 {
		r.Scopes = string(k.Scopes[0])
	} else if n > 1 {
		r.Scopes = look.Count(n, "scope", "scopes")
	}
	if r.Used.At != "" && clock.Now.Sub(k.LastUsedAt) < time.Hour {
		r.Used.Text, r.Used.Live = "within the hour", ""
	}
	return r
}

func keyBadge(k *apikey.Key, at time.Time) look.Badge {
	switch k.State(at) {
	case "revoked":
		return look.Badge{Icon: "stop", Text: "Revoked"}
	case "expired":
		return look.Badge{Icon: "clock", Text: "Expired"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
}
