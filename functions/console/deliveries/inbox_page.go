package deliveries

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inbox"
)

// InboxPage shows what a test URL has received and sets what it answers.
var InboxPage = api.Route{
	Name:    "console.inbox_page",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/test-urls/{id}",
	Summary: "What a test URL received",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inboxPage),
}

type inboxPageInput struct {
	ID     string `path:"id"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type inboxPageView struct {
	look.Frame
	Self     string
	URL      string
	Use      look.Act
	Answers  string
	Form     []look.Field
	Wrong    *look.Notice
	Expires  look.Moment
	Received string
	Requests []receivedView
	Pager    look.Pager
	Live     bool
	Empty    look.Empty
}

type receivedView struct {
	ID, Type string
	At       look.Moment
	Verdict  look.Badge
	Verified bool
	Why      string
	From     string
	Answered int
	Size     string
	Headers  []look.Pair
	Body     look.Code
	Cut      string
}

var inboxPageTemplate = look.Page(files, "inbox_page")

func inboxPage(ctx context.Context, c *api.Call, in inboxPageInput) (api.Answer, error) {
	v, err := inboxView(ctx, c, in)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(inboxPageTemplate, v)
}

func inboxView(ctx context.Context, c *api.Call, in inboxPageInput) (inboxPageView, error) {
	i, err := c.Inboxes.Get(ctx, c.Actor, in.ID)
	if err != nil {
		return inboxPageView{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{
		Title: inboxName(i), Section: "webhooks", Toast: page.News(in.Did), Refreshes: true,
		Crumbs: []look.Link{record.ToWebhooks, {Text: "Test URLs", To: inboxesPath}},
	})
	if err != nil {
		return inboxPageView{}, err
	}
	list, next, err := c.Inboxes.Requests(ctx, c.Actor, in.ID, in.Cursor, 20)
	if err != nil {
		return inboxPageView{}, err
	}
	v := inboxPageView{
		Frame: f, Self: inboxPath(i.ID), URL: i.URL, Answers: answersInWords(i), Expires: f.Ago(i.Expires), Live: in.Cursor == "",
		Received: look.Count(int(i.Received), "request", "requests"), Pager: page.Pager("", in.Cursor, next, inboxPath(i.ID)),
		Empty: look.Empty{Icon: "inbox", Title: "Waiting for the first request", Text: "Requests appear here by themselves. Add this URL as an endpoint and send a test event to it."},
	}
	if f.May(access.ManageWebhooks) {
		v.Use = look.Act{Text: "Add as endpoint", Icon: "plus", To: page.With("/settings/webhooks/new", "url", i.URL), Tone: "main"}
		v.Form = answerFields(strconv.Itoa(i.Status), strconv.Itoa(int(i.Delay/time.Second)))
	}
	for _, r := range list {
		v.Requests = append(v.Requests, receivedOf(f.Clock, r))
	}
	return v, nil
}

func answerFields(status, delay string) []look.Field {
	return []look.Field{
		{Name: "status", Label: "Status", Type: "number", Value: status, Hint: "200 is success. Try 500, 429 or 410.", Required: true},
		{Name: "delay_seconds", Label: "Delay", Type: "number", Value: delay, Unit: "seconds", Hint: "More than 15 is a timeout.", Required: true},
	}
}

func receivedOf(clock look.Clock, r inbox.Request) receivedView {
	v := receivedView{
		ID: r.ID, Type: r.Method, At: clock.When(r.At), Verdict: verdictBadge(r.Signature.State), Verified: r.Signature.State == inbox.Verified, Why: r.Signature.Why, From: r.From,
		Answered: r.Answered, Size: look.Bytes(int(r.Size)), Body: look.JSON("body-"+r.ID, "Body", r.Body),
	}
	if t := eventTypeIn(r.Body); t != "" {
		v.Type = t
	}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		v.Headers = append(v.Headers, look.Pair{Name: strings.ToLower(name), Value: look.Printable([]byte(strings.Join(r.Header[name], ", ")))})
	}
	if r.BodyCut {
		v.Cut = "There was more than is kept."
	}
	return v
}

func verdictBadge(state string) look.Badge {
	switch state {
	case inbox.Verified:
		return look.Badge{Tone: "ok", Icon: "shield", Text: "Signature verified"}
	case inbox.Mismatch:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Signature does not match"}
	case inbox.Unsigned:
		return look.Badge{Tone: "warn", Icon: "dash", Text: "Not signed"}
	}
	return look.Badge{Icon: "info", Text: "Not verifiable"}
}

func answersInWords(i *inbox.Inbox) string {
	s := strings.TrimSpace(fmt.Sprintf("%d %s", i.Status, http.StatusText(i.Status)))
	if i.Delay > 0 {
		return s + " after " + look.Span(i.Delay, 2)
	}
	return s
}
