package home

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/audit"
	"motorpool/shared/fleet"
	"motorpool/shared/webhook"
)

// Home is how things stand today and what needs somebody.
var Home = api.Route{
	Name:    "console.home",
	Method:  http.MethodGet,
	Path:    "/",
	Summary: "Home",
	Door:    api.SessionDoor,
	Handle:  page.Handler(home),
}

type homeInput struct {
	Did string `query:"did"`
}

type homeView struct {
	look.Frame
	Stats    []statView
	Hours    *look.Bars
	Trouble  []look.Notice
	Well     bool // there are endpoints, and none is in trouble
	Start    []startStep
	Activity []record.Entry
	AllAudit string
}

type statView struct{ Tone, Icon, Label, Value, Of, Under, To string }

// startStep is one thing to do in a new workspace.
type startStep struct {
	Done bool
	Text string
	Why  string
	To   string
}

var homePage = look.Page(files, "home")

func home(ctx context.Context, c *api.Call, in homeInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Home", Section: "home", Toast: page.News(in.Did), Refreshes: true})
	if err != nil {
		return api.Answer{}, err
	}
	f.Lead = f.Now.In(f.Zone).Format("Monday, 2 January")
	v := homeView{Frame: f}
	for _, part := range []struct {
		allow access.Grant
		fill  func(context.Context, *api.Call) error
	}{{access.ViewWebhooks, v.fillWebhooks}, {access.ViewAssets, v.fillFleet}, {access.ViewKeys, v.fillKeys}, {access.ViewAudit, v.fillActivity}} {
		if f.May(part.allow) {
			if err := part.fill(ctx, c); err != nil {
				return api.Answer{}, err
			}
		}
	}
	if err := v.fillSteps(ctx, c); err != nil {
		return api.Answer{}, err
	}
	return page.Show(homePage, v)
}

func (v *homeView) fillWebhooks(ctx context.Context, c *api.Call) error {
	all, err := c.Webhooks.Endpoints(ctx, c.Actor.Workspace)
	if err != nil {
		return err
	}
	for _, e := range all {
		h, err := c.Webhooks.Health(ctx, c.Actor.Workspace, e.ID, c.Now)
		if err != nil {
			return err
		}
		if n, ok := record.Trouble(v.Clock, e, h); ok {
			v.Trouble = append(v.Trouble, n)
		}
	}
	v.Well = len(all) > 0 && len(v.Trouble) == 0
	t, err := today(ctx, c, v.Clock)
	if err != nil {
		return err
	}
	v.Stats = append(v.Stats, t.stats()...)
	if t.Count > 0 {
		bars := look.Columns(t.Hours, t.label())
		v.Hours = &bars
	}
	v.Start = append(v.Start,
		startStep{len(all) > 0, "Connect a system", "Add a webhook endpoint, or try it out with a test URL.", "/settings/webhooks"},
		startStep{t.Count > 0, "See the first delivery", "Send a test event from an endpoint's page.", "/settings/webhooks"})
	return nil
}

func (v *homeView) fillFleet(ctx context.Context, c *api.Call) error {
	assets, next, err := c.Fleet.Assets(ctx, c.Actor, fleet.AssetFilter{}, "", 200)
	if err != nil {
		return err
	}
	open := 0
	for _, a := range assets {
		if a.BookingEnabled {
			open++
		}
	}
	n := look.Thousands(len(assets))
	if next != "" {
		n += "+"
	}
	v.Stats = append(v.Stats, statView{Icon: "car", Label: "Assets in service", Value: n, Under: look.Count(open, "open for booking", "open for booking"), To: "/assets"})
	v.Start = append([]startStep{{open > 0, "Open an asset for booking", "On its page, once it is in a category.", "/assets"}}, v.Start...)
	return nil
}

// fillSteps puts what is left before the first booking ahead of what the areas
// have to say, while something of it all is left to do.
func (v *homeView) fillSteps(ctx context.Context, c *api.Call) error {
	all, err := c.Onboarding.Steps(ctx, c.Actor)
	if err != nil {
		return err
	}
	first := make([]startStep, len(all))
	for i, s := range all {
		first[i] = startStep{s.Done, s.Text, s.Why, s.Page}
	}
	v.Start = unfinished(append(first, v.Start...))
	return nil
}

func (v *homeView) fillKeys(ctx context.Context, c *api.Call) error {
	keys, _, err := c.Keys.List(ctx, c.Actor.Workspace, "", 1)
	v.Start = append(v.Start, startStep{len(keys) > 0, "Create an API key", "For the first program that works with this workspace.", record.KeysPath})
	return err
}

func (v *homeView) fillActivity(ctx context.Context, c *api.Call) error {
	entries, _, err := c.Audit.List(ctx, c.Actor.Workspace, audit.Filter{}, "", 8)
	for _, e := range entries {
		v.Activity = append(v.Activity, record.EntryOf(v.Clock, e))
	}
	v.AllAudit = record.AuditPath
	return err
}

// unfinished is the whole list while something of it is left to do.
func unfinished(steps []startStep) []startStep {
	for _, s := range steps {
		if !s.Done {
			return steps
		}
	}
	return nil
}

// tally is today's deliveries, counted up to a bound.
type tally struct {
	Count, Good, Bad, Waiting int
	More                      bool // there are more than were counted
	Hours                     []look.Column
}

// maxCounted bounds what the home page reads of the logs.
const maxCounted = 1000

func today(ctx context.Context, c *api.Call, clock look.Clock) (t tally, err error) {
	since := clock.Midnight()
	t.Hours = make([]look.Column, 24)
	for i := range t.Hours {
		t.Hours[i].Hint = hourName(i)
	}
	for cursor := ""; ; {
		list, next, err := c.Webhooks.Deliveries(ctx, c.Actor.Workspace, webhook.Query{Since: since}, webhook.Page{Cursor: cursor, Limit: 200}, c.Now)
		if err != nil {
			return t, err
		}
		for _, d := range list {
			t.add(d, d.Event.OccurredAt.In(since.Location()).Hour())
		}
		if next == "" || t.Count >= maxCounted {
			t.More = next != ""
			return t, nil
		}
		cursor = next
	}
}

func (t *tally) add(d *webhook.Delivery, hour int) {
	t.Count++
	switch d.Status {
	case webhook.Succeeded:
		t.Good++
		t.Hours[hour].OK++
	case webhook.Failed:
		t.Bad++
		t.Hours[hour].Bad++
	case webhook.Retrying:
		t.Waiting++
		t.Hours[hour].Bad++
	default:
		t.Waiting++
	}
}
