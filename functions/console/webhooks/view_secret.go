package webhooks

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

type secretView struct {
	look.Frame
	URL     string
	To      string
	Current look.Code
	Public  *look.Code
	Older   []olderSecret
}

type olderSecret struct {
	look.Code
	Until look.Moment
}

var secretPage = look.Page(files, "endpoint_secret")

// showSecret answers a posted form with the secrets themselves; they are in no
// address and in no page that a browser keeps.
func showSecret(ctx context.Context, c *api.Call, e *webhook.Endpoint, secrets []webhook.Secret, title string) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: title, Section: "webhooks", Crumbs: []look.Link{record.ToWebhooks, {Text: record.EndpointName(e), To: record.EndpointPath(e.ID)}}})
	if err != nil {
		return api.Answer{}, err
	}
	v := secretView{Frame: f, URL: e.URL, To: record.EndpointPath(e.ID)}
	for i, s := range secrets {
		code := look.Code{ID: "secret-" + string(rune('a'+i)), Label: "signing secret", Text: s.Key}
		if i > 0 {
			v.Older = append(v.Older, olderSecret{code, f.Exact(s.Expires)})
			continue
		}
		v.Current = code
		if e.Asymmetric && s.Public != "" {
			v.Public = &look.Code{ID: "public", Label: "public key", Text: s.Public}
		}
	}
	return page.Show(secretPage, v)
}
