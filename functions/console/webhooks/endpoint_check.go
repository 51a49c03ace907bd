package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/checkup"
)

// EndpointCheck examines an endpoint's receiver and shows its report card.
var EndpointCheck = api.Route{
	Name:    "console.endpoint_check",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/check",
	Summary: "Check a receiver",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointCheck),
}

type endpointCheckInput struct {
	ID string `path:"id"`
}

type endpointCheckView struct {
	look.Frame
	Verdict look.Badge
	Cards   []cardView
	To      string
	Again   look.Act
}

type cardView struct {
	Title, Expected, Got, Advice string
	Verdict                      look.Badge
}

var endpointCheckPage = look.Page(files, "endpoint_check")

func endpointCheck(ctx context.Context, c *api.Call, in endpointCheckInput) (api.Answer, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	target, err := c.Webhooks.Examine(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	report := checkup.Run(ctx, c.Webhooks.Sender, checkup.Target(target), c.Webhooks.Now)
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Receiver check", Section: "webhooks", Crumbs: []look.Link{record.ToWebhooks, {Text: record.EndpointName(e), To: record.EndpointPath(e.ID)}},
		Lead: "Real requests were sent to " + e.URL + ", good ones and bad ones. This is how it did.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := endpointCheckView{Frame: f, Verdict: cardBadge(report.Verdict), To: record.EndpointPath(e.ID), Again: look.Act{Text: "Check again", Icon: "redo", Post: record.EndpointPath(e.ID) + "/check"}}
	for _, card := range report.Cards {
		v.Cards = append(v.Cards, cardView{card.Title, card.Expected, card.Got, card.Advice, cardBadge(card.Verdict)})
	}
	return page.Show(endpointCheckPage, v)
}

func cardBadge(v checkup.Verdict) look.Badge {
	switch v {
	case checkup.Pass:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Pass"}
	case checkup.Warn:
		return look.Badge{Tone: "warn", Icon: "alert", Text: "Could be better"}
	}
	return look.Badge{Tone: "bad", Icon: "cross", Text: "Fail"}
}
