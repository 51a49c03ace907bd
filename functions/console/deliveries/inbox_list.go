package deliveries

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inbox"
)

// InboxList shows the workspace's test URLs.
var InboxList = api.Route{
	Name:    "console.inbox_list",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/test-urls",
	Summary: "Test URLs",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inboxList),
}

type inboxListInput struct {
	Did string `query:"did"`
}

type inboxListView struct {
	look.Frame
	Create look.Act
	Rows   []inboxRow
	Empty  look.Empty
}

type inboxRow struct {
	Name, URL, To string
	Received      string
	Last, Expires look.Moment
	Answers       string
}

const inboxesPath = "/settings/webhooks/test-urls"

var inboxListPage = look.Page(files, "inbox_list")

func inboxList(ctx context.Context, c *api.Call, in inboxListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Test URLs", Section: "webhooks", Crumbs: []look.Link{record.ToWebhooks}, Toast: page.News(in.Did),
		Lead: "An inbox hosted here that shows each request it receives, and whether its signature verifies. It goes away after seven days.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := inboxListView{Frame: f, Empty: look.Empty{
		Icon: "inbox", Title: "No test URLs", Text: "Make one, add it as an endpoint, and watch events arrive before you have written a line of the receiver.",
	}}
	if f.May(access.ManageWebhooks) {
		v.Create = look.Act{Text: "New test URL", Icon: "plus", Post: inboxesPath, Tone: "main"}
	}
	list, err := c.Inboxes.List(ctx, c.Actor)
	if err != nil {
		return api.Answer{}, err
	}
	for _, i := range list {
		v.Rows = append(v.Rows, inboxRow{
			Name: inboxName(i), URL: i.URL, To: inboxPath(i.ID), Received: look.Count(int(i.Received), "request", "requests"),
			Last: f.Ago(i.Last), Expires: f.Ago(i.Expires), Answers: answersInWords(i),
		})
	}
	return page.Show(inboxListPage, v)
}

func inboxPath(id string) string { return inboxesPath + "/" + url.PathEscape(id) }

func inboxName(i *inbox.Inbox) string {
	if i.Name != "" {
		return i.Name
	}
	return "Test URL …" + i.Token[max(0, len(i.Token)-4):]
}
