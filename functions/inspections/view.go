package inspections

import (
	"context"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// versioned is the input of a route that changes one thing and needs no more.
type versioned struct {
	ID string `path:"id"`
	api.IfMatch
}

type answersBody struct {
	Answers map[string]inspection.Answer `json:"answers" doc:"By the key of the field"`
}

type verdictBody struct {
	Name      string              `json:"name" doc:"The customer's, as they write it" example:"Ada Byron"`
	Comment   string              `json:"comment,omitempty" doc:"At most 2,000 characters; a dispute needs one"`
	Signature *inspection.Strokes `json:"signature,omitempty"`
}

func (b verdictBody) verdict() inspection.Verdict {
	return inspection.Verdict{Name: b.Name, Comment: b.Comment, Signature: b.Signature}
}

type voidBody struct {
	Reason string `json:"reason" doc:"At most 500 characters" example:"The wrong vehicle was inspected."`
}

type amendBody struct {
	Text   string   `json:"text" doc:"At most 2,000 characters" example:"The scratch is on the right side, not on the left."`
	Photos []string `json:"photos,omitempty" nullable:"false" doc:"Attachments of the purpose evidence: at most 20"`
}

// templateView is a template as answers show it.
type templateView struct {
	ID string `json:"id" example:"int_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	inspection.Details
	State     string    `json:"state" enum:"draft,published,retired"`
	Edition   int       `json:"edition" doc:"The one in use; 0 if it was never published"`
	Changed   bool      `json:"changed" doc:"There are changes that are not published"`
	Published time.Time `json:"published_at,omitzero"`
	Retired   time.Time `json:"retired_at,omitzero"`
	Created   time.Time `json:"created_at"`
	Updated   time.Time `json:"updated_at"`
	Version   int64     `json:"version"`
}

// ETagVersion makes the ETag.
func (v templateView) ETagVersion() int64 { return v.Version }

func templateViewOf(t *inspection.Template) templateView {
	if t == nil {
		return templateView{}
	}
	return templateView{
		ID: t.ID, Details: t.Details, State: string(t.State), Edition: t.Edition, Changed: t.Changed,
		Published: t.Published, Retired: t.Retired, Created: t.Created, Updated: t.Updated, Version: t.Version,
	}
}

// inspectionView is an inspection as answers show it: the object of its events,
// and what was answered.
type inspectionView struct {
	events.Inspection
	Answers   map[string]inspection.Answer `json:"answers,omitempty" doc:"By the key of the field"`
	Known     []inspection.Mark            `json:"known,omitempty" nullable:"false" doc:"Damages of the inspection before"`
	Additions []addendumView               `json:"additions,omitempty" nullable:"false" doc:"Corrections, the oldest first"`
	Redacted  []string                     `json:"redacted,omitempty" nullable:"false" doc:"What you may not see"`
}

// ETagVersion makes the ETag.
func (v inspectionView) ETagVersion() int64 { return v.Version }

type addendumView struct {
	At     time.Time            `json:"at"`
	By     string               `json:"by,omitempty"`
	Text   string               `json:"text"`
	Photos []inspection.Picture `json:"photos,omitempty" nullable:"false"`
}

// briefOf is an inspection in a list: without its answers.
func briefOf(actor access.Actor, i *inspection.Inspection) inspectionView {
	v := inspectionView{Inspection: i.Object()}
	if actor.May(access.ViewPII) {
		return v
	}
	if v.Customer != nil {
		v.Customer, v.Redacted = nil, append(v.Redacted, "customer")
	}
	if v.Verdict != nil {
		verdict := *v.Verdict
		verdict.Name = ""
		v.Verdict, v.Redacted = &verdict, append(v.Redacted, "verdict.name")
	}
	return v
}

func viewOf(actor access.Actor, i *inspection.Inspection) inspectionView {
	if i == nil {
		return inspectionView{}
	}
	v := briefOf(actor, i)
	v.Known, v.Answers = i.Known, map[string]inspection.Answer{}
	for _, a := range i.Addenda {
		v.Additions = append(v.Additions, addendumView{a.At, a.By, a.Text, a.Photos})
	}
	for key, a := range i.Answers {
		if a.Signature != nil && !actor.May(access.ViewPII) {
			a.Signature, v.Redacted = nil, append(v.Redacted, "answers."+key+".signature")
		}
		v.Answers[key] = a
	}
	return v
}

// linkView is a customer's link, shown once.
type linkView struct {
	URL       string    `json:"url" example:"https://app.example.com/inspection/…"`
	ExpiresAt time.Time `json:"expires_at"`
}

// reportView is where a report can be read.
type reportView struct {
	events.InspectionReport
	URL string `json:"url" doc:"Works for some minutes, for anybody"`
}

// reportOf makes the report if it is not made yet, and says where it is.
func reportOf(ctx context.Context, c *api.Call, id string) (reportView, error) {
	i, err := c.Inspections.Inspection(ctx, c.Actor, id)
	if err == nil && i.Report == nil {
		i, err = c.Inspections.Print(ctx, c.Actor.Workspace, id, c.Now)
	}
	if err != nil {
		return reportView{}, err
	}
	if c.Inspections.Files == nil {
		return reportView{}, fault.New(fault.Unavailable, "inspection.files", "Reports cannot be read here at the moment. Try again later.")
	}
	url, err := c.Inspections.Files.Link(ctx, i.Workspace, i.Report.File, 0)
	return reportView{*i.Object().Report, url}, err
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}
