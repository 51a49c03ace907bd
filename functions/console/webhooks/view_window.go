package webhooks

import (
	"context"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// window is what the pages of recover and replay differ in.
type window struct {
	ID, Since, Verb, Title, Lead string
	Count                        func(context.Context, access.Actor, string, webhook.Window, bool, time.Time) (webhook.Tally, error)
}

type windowView struct {
	look.Frame
	Action  string
	Cancel  string
	Since   string // RFC 3339; empty: not chosen yet
	From    look.Moment
	Choices []look.Link
	Field   look.Field
	Counted string
	Nothing bool
	Do      string
}

var windowTemplate = look.Page(files, "endpoint_window")

// windowPage asks since when, and then, with the count, whether.
func windowPage(ctx context.Context, c *api.Call, w window) (api.Answer, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, w.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{
		Title: w.Title, Lead: w.Lead, Section: "webhooks",
		Crumbs: []look.Link{record.ToWebhooks, {Text: record.EndpointName(e), To: record.EndpointPath(e.ID)}},
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := windowView{Frame: f, Action: record.EndpointPath(e.ID) + "/" + w.Verb, Cancel: record.EndpointPath(e.ID)}
	v.Field = look.Field{Name: "since", Label: "Since", Type: "datetime-local", Hint: "In the workspace's time zone, " + f.Zone.String() + "."}
	for _, d := range []time.Duration{time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour} {
		v.Choices = append(v.Choices, look.Link{Text: "Last " + look.Span(d, 1), To: page.With(v.Action, "since", c.Now.Add(-d).Truncate(time.Second).Format(time.RFC3339))})
	}
	if w.Since == "" {
		return page.Show(windowTemplate, v)
	}
	return countWindow(ctx, c, w, v)
}

func countWindow(ctx context.Context, c *api.Call, w window, v windowView) (api.Answer, error) {
	since, err := page.Instant(w.Since, v.Zone)
	if err != nil {
		v.Field.Value, v.Field.Wrong = w.Since, record.BadSince().Message
		return page.Again(windowTemplate, v)
	}
	tally, err := w.Count(ctx, c.Actor, w.ID, webhook.Window{Since: since}, true, c.Now)
	if err != nil {
		return page.Back(v.Cancel, err)
	}
	v.Since, v.From = since.UTC().Format(time.RFC3339), v.Exact(since)
	v.Field.Value = since.In(v.Zone).Format("2006-01-02T15:04")
	v.Nothing, v.Counted = tally.Count == 0, look.Count(tally.Count, "delivery", "deliveries")
	if tally.More {
		v.Counted = "at least " + v.Counted
	}
	v.Do = "Send " + v.Counted
	return page.Show(windowTemplate, v)
}
