package people

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

// PersonExportList shows the reader's exports of one customer, with their files.
var PersonExportList = api.Route{
	Name:    "console.person_export_list",
	Method:  http.MethodGet,
	Path:    "/people/{id}/exports",
	Summary: "Exports of a person",
	Allow:   access.AnonymisePeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personExportList),
}

type personExportListInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

type personExportListView struct {
	look.Frame
	Acts  []look.Act
	Self  string
	Live  bool
	Rows  []personCopyRow
	Empty look.Empty
}

type personCopyRow struct {
	Status   look.Badge
	Note     string
	At, Gone look.Moment
	Files    []personCopyFile
}

type personCopyFile struct{ Text, Name, Size, To string }

var personExportListPage = look.Page(files, "person_export_list")

func personExportList(ctx context.Context, c *api.Call, in personExportListInput) (api.Answer, error) {
	whole, err := c.People.Person(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	p, _ := whole.SeenBy(c.Actor)
	list, err := c.People.Copies(ctx, c.Actor, p.ID, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	live := slices.ContainsFunc(list, func(e *person.Copy) bool { return e.State == person.CopyRunning })
	self := record.PersonExportsPath(p.ID)
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Exports of " + p.Name(), Section: "people", Crumbs: []look.Link{toPeople, {Text: p.Name(), To: record.PersonPath(p.ID)}}, Toast: page.News(in.Did), Refreshes: live, Reloads: live,
		Lead: "Everything that is held on them, with what was uploaded, as ZIP files. Only you see those that you asked for, for 24 hours. That it was exported is noted.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := personExportListView{Frame: f, Self: self, Live: live}
	v.Empty = look.Empty{Icon: "download", Title: "No exports yet", Text: "Choose Export: a copy is made in the background and appears here."}
	if p.AnonymisedAt.IsZero() {
		v.Acts = []look.Act{{Text: "Export", Icon: "download", Post: self, Tone: "main"}}
	} else {
		v.Empty.Text = "They are anonymised: nothing personal is held on them any more."
	}
	for _, e := range list {
		v.Rows = append(v.Rows, personCopyRowOf(f.Clock, self, e))
	}
	return page.Show(personExportListPage, v)
}

func personCopyRowOf(clock look.Clock, self string, e *person.Copy) personCopyRow {
	r := personCopyRow{Status: record.ExportBadge(string(e.State)), Note: e.Reason, At: clock.Ago(e.Created)}
	if e.State != person.CopyReady {
		return r
	}
	r.Gone = clock.Exact(e.Expires)
	for n, f := range e.Files {
		text := "Download"
		if len(e.Files) > 1 {
			text += " part " + page.Number(n+1)
		}
		r.Files = append(r.Files, personCopyFile{text, f.Name, page.Size(f.Size), self + "/" + url.PathEscape(e.ID) + "/files/" + url.PathEscape(f.Attachment)})
	}
	return r
}
