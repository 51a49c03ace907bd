package webhooks

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/fault"
	"motorpool/shared/webhook"
)

var endpointFormPage = look.Page(files, "endpoint_form")

// endpointFields is the form of an endpoint as a browser posts it.
type endpointFields struct {
	ID          string   `path:"id"`
	URL         string   `form:"url"`
	Description string   `form:"description"`
	Events      []string `form:"events"`
	RateLimit   string   `form:"rate_limit"`
	Headers     string   `form:"headers"` // one a line, "Name: value"
	Remove      []string `form:"remove"`  // names of headers
	Asymmetric  bool     `form:"asymmetric"`
	Version     int64    `form:"version"`
}

type endpointFormView struct {
	look.Frame
	Action, Cancel, Do string
	Version            int64
	Wrong              *look.Notice
	Basics, More       []look.Field
	Events             look.Picker
	Kept               []look.Option
	Asymmetric, Open   bool
}

func (in endpointFields) form(f look.Frame, because error) endpointFormView {
	fields := []look.Field{
		{
			Name: "url", Label: "URL", Value: in.URL, Type: "url", Required: true, Mono: true, Placeholder: "https://example.com/webhooks/motorpool",
			Hint: "Where we send a POST for each event. No receiver yet? Get a test URL on the page before.",
		},
		{Name: "description", Label: "Name", Value: in.Description, Max: 200, Placeholder: "CRM sync", Hint: "So that you can tell your endpoints apart."},
		{Name: "events", Label: "Events"},
		{Name: "rate_limit", Label: "Rate limit", Value: in.RateLimit, Type: "number", Unit: "deliveries per second", Hint: "Leave empty for no limit."},
		{
			Name: "headers", Label: "Custom headers", Value: in.Headers, Type: "textarea", Mono: true, Placeholder: "X-Api-Token: abc123",
			Hint: "One a line, name and value with a colon between. Values are kept encrypted and never shown again.",
		},
	}
	notice := page.Wrong(because, fields)
	p := eventPicker(in.Events)
	p.Wrong = fields[2].Wrong
	return endpointFormView{
		Frame: f, Version: in.Version, Wrong: notice, Basics: fields[:2], Events: p, More: fields[3:], Asymmetric: in.Asymmetric,
		Open: in.Asymmetric || in.RateLimit != "" || in.Headers != "" || fields[3].Wrong+fields[4].Wrong != "",
	}
}

func (in endpointFields) removes(name string) bool { return slices.Contains(in.Remove, name) }

func (in endpointFields) registration() (webhook.Registration, error) {
	rate, headers, err := in.parsed()
	return webhook.Registration{
		URL: page.Trim(in.URL), Description: page.Trim(in.Description), Events: patterns(in.Events),
		RateLimit: rate, Headers: headers, Asymmetric: in.Asymmetric,
	}, err
}

// describe puts the form into what is said of the endpoint now: headers that the
// form does not mention stay.
func (in endpointFields) describe(r *webhook.Registration) error {
	said, err := in.registration()
	if err != nil {
		return err
	}
	headers := maps.Clone(r.Headers)
	for _, name := range in.Remove {
		delete(headers, name)
	}
	for name, value := range said.Headers {
		if headers == nil {
			headers = map[string]string{}
		}
		headers[http.CanonicalHeaderKey(name)] = value
	}
	said.Headers = headers
	*r = said
	return nil
}

func (in endpointFields) parsed() (rate int, headers map[string]string, err error) {
	if len(in.Events) == 0 {
		return 0, nil, fault.New(fault.Invalid, "webhook.events", "Choose at least one event, or all of them.").At("events")
	}
	if s := page.Trim(in.RateLimit); s != "" {
		if rate, err = strconv.Atoi(s); err != nil {
			return 0, nil, fault.New(fault.Invalid, "webhook.rate_limit", "Give a whole number of deliveries per second, or nothing.").At("rate_limit")
		}
	}
	headers = map[string]string{}
	for line := range strings.Lines(in.Headers) {
		name, value, ok := strings.Cut(page.Trim(line), ":")
		if page.Trim(line) == "" {
			continue
		}
		if !ok || page.Trim(value) == "" {
			return 0, nil, fault.New(fault.Invalid, "webhook.headers", "Write each header on a line of its own, its name and its value with a colon between.").At("headers")
		}
		headers[page.Trim(name)] = page.Trim(value)
	}
	return rate, headers, nil
}

// patterns leaves out what a wider choice already covers.
func patterns(chosen []string) []string {
	if slices.Contains(chosen, "*") {
		return []string{"*"}
	}
	var kept []string
	for _, p := range chosen {
		noun, _, _ := strings.Cut(p, ".")
		if p == noun+".*" || !slices.Contains(chosen, noun+".*") {
			kept = append(kept, p)
		}
	}
	return kept
}

// eventPicker offers the catalogue, by category.
func eventPicker(chosen []string) look.Picker {
	all := len(chosen) == 0 || slices.Contains(chosen, "*")
	p := look.Picker{
		Name: "events", Legend: "Events", Search: "Find an event",
		All: look.Option{Value: "*", Text: "All events", Hint: "Also those that later areas add.", Chosen: all},
	}
	for _, g := range record.Catalogue() {
		s := look.Set{Words: g.Title, Option: look.Option{
			Value: g.Pattern, Text: "All " + strings.ToLower(g.Title) + " events", Hint: g.Pattern, Chosen: slices.Contains(chosen, g.Pattern),
		}}
		for _, l := range g.Listings {
			s.Members = append(s.Members, look.Option{Value: l.Type, Text: l.Type, Hint: l.Description, Chosen: slices.Contains(chosen, l.Type)})
		}
		p.Sets = append(p.Sets, s)
	}
	p.Sets = append(p.Sets, look.Set{Words: "custom own", Option: look.Option{
		Value: "custom.*", Text: "All custom events", Hint: "custom.*: those that your own systems publish", Chosen: slices.Contains(chosen, "custom.*"),
	}})
	return p
}
