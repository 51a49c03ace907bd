package webhooks

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// EndpointPage shows one endpoint: how it does, what it received, what can be done.
var EndpointPage = api.Route{
	Name:    "console.endpoint_page",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/endpoints/{id}",
	Summary: "One endpoint",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointPage),
}

type endpointPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

type endpointPageView struct {
	look.Frame
	URL        look.Code
	State      look.Badge
	Trouble    []look.Notice
	Acts       []look.Act
	Glance     look.Bars
	Rate       string
	Good       int
	Bad        int
	Waiting    int
	Failure    look.Moment
	Events     []string
	Facts      []look.Pair
	Created    look.Moment
	Since      look.Moment
	Deliveries []record.DeliveryRow
	Logs       string
	Self       string
	Empty      look.Empty
	Care       []page.Advice
	Example    look.Dialog
	Dialogs    []look.Dialog
}

var endpointPageTemplate = look.Page(files, "endpoint_page")

func endpointPage(ctx context.Context, c *api.Call, in endpointPageInput) (api.Answer, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: record.EndpointName(e), Section: "webhooks", Crumbs: []look.Link{record.ToWebhooks}, Toast: page.News(in.Did), Refreshes: true})
	if err != nil {
		return api.Answer{}, err
	}
	h, err := c.Webhooks.Health(ctx, c.Actor.Workspace, e.ID, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	v := endpointPageView{
		Frame: f, State: stateBadge(e), Self: record.EndpointPath(e.ID), URL: look.Code{ID: "url", Text: e.URL},
		Glance: glance(h), Rate: rateOf(h), Failure: f.Ago(lastFailure(h)),
		Good: h.Counts[webhook.Succeeded], Bad: h.Counts[webhook.Failed] + h.Counts[webhook.Retrying], Waiting: h.Counts[webhook.Held] + h.Counts[webhook.Pending],
		Events: e.Events, Facts: factsOf(e), Created: f.Exact(e.Created), Since: f.Ago(e.Since),
		Logs:  page.With("/settings/webhooks/deliveries", "endpoint", e.ID),
		Empty: look.Empty{Icon: "send", Title: "Nothing sent yet", Text: "The next event that this endpoint asked for appears here. Send a test event to see how that looks."},
	}
	v.Glance.Wide = true
	if n, ok := record.Trouble(f.Clock, e, h); ok {
		n.Links = slices.DeleteFunc(n.Links, func(l look.Link) bool { return l.To == v.Self })
		v.Trouble = append(v.Trouble, n)
	}
	list, _, err := c.Webhooks.Deliveries(ctx, c.Actor.Workspace, webhook.Query{Endpoint: e.ID}, webhook.Page{Limit: 10}, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	for _, d := range list {
		v.Deliveries = append(v.Deliveries, record.DeliveryRowOf(f.Clock, d, map[string]string{e.ID: record.EndpointName(e)}))
	}
	v.offer(f, e)
	return page.Show(endpointPageTemplate, v)
}

func factsOf(e *webhook.Endpoint) []look.Pair {
	facts := []look.Pair{{Name: "Signature", Value: "v1 (HMAC-SHA256)"}}
	if e.Asymmetric {
		facts[0].Value = "v1 (HMAC-SHA256) and v1a (ed25519)"
	}
	rate := "No limit"
	if e.RateLimit > 0 {
		rate = look.Count(e.RateLimit, "delivery", "deliveries") + " per second"
	}
	facts = append(facts, look.Pair{Name: "Rate limit", Value: rate})
	if len(e.HeaderNames) > 0 {
		facts = append(facts, look.Pair{Name: "Custom headers", Value: strings.Join(e.HeaderNames, ", ")})
	}
	return append(facts, look.Pair{Name: "Identifier", Value: e.ID})
}

// offer fills in what this reader may do with the endpoint as it stands.
func (v *endpointPageView) offer(f look.Frame, e *webhook.Endpoint) {
	if !f.May(access.ManageWebhooks) {
		return
	}
	v.Example = exampleDialog(v.Self)
	v.Acts = []look.Act{{Text: "Send test event", Icon: "send", Dialog: "example", Tone: "main"}}
	switch e.State {
	case webhook.Enabled:
		v.Acts = append(v.Acts, look.Act{Text: "Pause", Icon: "pause", Post: v.Self + "/pause"})
	case webhook.Paused:
		v.Acts = append(v.Acts, look.Act{Text: "Resume", Icon: "play", Post: v.Self + "/resume"})
	case webhook.Disabled:
		v.Acts = append(v.Acts, look.Act{Text: "Enable", Icon: "play", Post: v.Self + "/enable"})
	}
	v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: v.Self + "/edit"})
	v.Care = []page.Advice{
		{Text: "Does the receiver refuse forged, old and repeated messages, and answer quickly?", Act: look.Act{Text: "Check the receiver", Icon: "shield", Post: v.Self + "/check", Small: true}},
		{Text: "Send what ran out of attempts once more.", Act: look.Act{Text: "Recover what failed", Icon: "redo", To: v.Self + "/recover", Small: true}},
		{Text: "Send what happened while it was disabled, or before it existed.", Act: look.Act{Text: "Replay what was missed", Icon: "history", To: v.Self + "/replay", Small: true}},
	}
	if f.May(access.RevealSecrets) {
		v.Care = append(v.Care,
			page.Advice{Text: "The receiver verifies our requests with it. The audit log notes who saw it.", Act: look.Act{Text: "Reveal signing secret", Icon: "eye", Dialog: "reveal", Small: true}},
			page.Advice{Text: "If it may have leaked, or from time to time.", Act: look.Act{Text: "Rotate secret", Icon: "key", Dialog: "rotate", Small: true}})
		v.Dialogs = append(v.Dialogs, revealDialog(v.Self), rotateDialog(v.Self))
	}
	v.Care = append(v.Care, page.Advice{Text: "For good; its logs stay as long as logs do.", Act: look.Act{Text: "Delete endpoint", Icon: "bin", Dialog: "delete", Tone: "risky", Small: true}})
	v.Dialogs = append(v.Dialogs, look.Dialog{
		ID: "delete", Title: "Delete this endpoint?", Action: v.Self + "/delete", Do: "Delete endpoint", Danger: true,
		Text: "Nothing more will be sent to " + e.URL + ", retries included. This cannot be undone; pausing can.",
	})
}

func exampleDialog(self string) look.Dialog {
	var types []look.Option
	for _, g := range record.Catalogue() {
		for _, l := range g.Listings {
			types = append(types, look.Option{Value: l.Type, Text: l.Type})
		}
	}
	return look.Dialog{
		ID: "example", Title: "Send a test event", Action: self + "/send-example", Do: "Send",
		Text:   "We send the example from the catalogue to this endpoint alone, signed like a real one, whatever events it asked for and whether or not it is paused.",
		Fields: []look.Field{{Name: "type", Label: "Event", Type: "select", Options: types}},
	}
}

func revealDialog(self string) look.Dialog {
	return look.Dialog{
		ID: "reveal", Title: "Reveal the signing secret?", Action: self + "/secret", Do: "Reveal",
		Text: "Make sure that nobody looks over your shoulder. The audit log notes that you saw it.",
	}
}

func rotateDialog(self string) look.Dialog {
	overlap := look.Field{Name: "overlap", Label: "How long the old secret signs along", Type: "select"}
	for _, o := range []struct {
		hours int
		text  string
	}{{0, "Not at all: it has leaked"}, {1, "1 hour"}, {24, "24 hours"}, {72, "3 days"}, {168, "7 days"}} {
		overlap.Options = append(overlap.Options, look.Option{Value: strconv.Itoa(o.hours), Text: o.text, Chosen: o.hours == 24})
	}
	return look.Dialog{
		ID: "rotate", Title: "Rotate the signing secret?", Action: self + "/rotate-secret", Do: "Rotate",
		Text:   "A new secret is made at once. For a while requests carry both signatures, so that you can change the receiver without losing any.",
		Fields: []look.Field{overlap},
	}
}
