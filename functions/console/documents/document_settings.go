package documents

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
	"motorpool/shared/document"
)

// DocumentSettings shows who is told that documents expire, and when.
var DocumentSettings = api.Route{
	Name:    "console.document_settings",
	Method:  http.MethodGet,
	Path:    "/settings/documents",
	Summary: "Who is told that documents expire",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentSettings),
}

type documentSettingsInput struct {
	Did string `query:"did"`
}

type documentSettingsView struct {
	look.Frame
	Wrong    *look.Notice
	Version  int64
	LiveOnly bool
	Rules    []ruleView
}

// ruleView is the rule of one type of document as a form shows it.
type ruleView struct {
	Type, Title string
	On          bool
	Days        look.Field
	To          []look.Option
}

var documentSettingsPage = look.Page(files, "document_settings")

func documentSettings(ctx context.Context, c *api.Call, in documentSettingsInput) (api.Answer, error) {
	s, err := c.Documents.Settings(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	return documentSettingsForm(ctx, c, s.Said, daysOf(s.Said), s.Version, nil, page.News(in.Did))
}

// daysOf are the days before of each type, as a form shows them.
func daysOf(s document.Said) map[string]string {
	all := map[string]string{}
	for typ, r := range s.Rules {
		var days []string
		for _, n := range r.DaysBefore {
			days = append(days, strconv.Itoa(n))
		}
		all[typ] = strings.Join(days, ", ")
	}
	return all
}

// documentSettingsForm is the form with what is filled in and what is wrong; days
// are as they were typed.
func documentSettingsForm(ctx context.Context, c *api.Call, s document.Said, days map[string]string, version int64, because error, toast look.Toast) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Document expiry", Section: "document-settings", Toast: toast, Lead: "Told at 7 in the morning of the workspace, once a day to each reader, in one letter."})
	if err != nil {
		return api.Answer{}, err
	}
	var fields []look.Field
	for _, typ := range document.Types {
		fields = append(fields, look.Field{Name: "rules." + typ + ".days_before", Label: "Days before", Value: days[typ], Max: 60, Hint: "With commas; 0 is the last day."})
	}
	v := documentSettingsView{Frame: f, Wrong: page.Wrong(because, fields), Version: version, LiveOnly: s.LiveOnly}
	for i, typ := range document.Types {
		r := ruleView{Type: typ, Title: record.DocumentTitle(typ), On: s.Rules[typ].On, Days: fields[i]}
		for _, who := range document.Recipients {
			r.To = append(r.To, look.Option{Value: who, Text: page.TitleOf(who), Chosen: slices.Contains(s.Rules[typ].Recipients, who)})
		}
		v.Rules = append(v.Rules, r)
	}
	if because != nil {
		return page.Again(documentSettingsPage, v)
	}
	return page.Show(documentSettingsPage, v)
}
