package lambda

import (
	"context"
	"errors"

	"motorpool/shared/fault"
	"motorpool/shared/workspace"
)

// letIn makes the first workspace if there is none, and a link that signs its
// owner in to the console once. No API leads here: who may invoke Lambdas in the
// account may call it, as who can read a machine's output sees its link.
//
//	sam remote invoke OperatorLetIn --stack-name motorpool-prod \
//	    --event '{"name":"Harbour City Cars","mode":"live","time_zone":"Australia/Sydney","owner":"you@example.com"}'
//
// Once there is a workspace, the event may be {"owner":"…"}: it lets that person in,
// as an Admin, and changes nothing else.
func (p *product) letIn(ctx context.Context, in letInInput) (letInOutput, error) {
	product, at := p.at(""), p.now().UTC()
	w, err := product.Workspaces.First(ctx, workspace.Draft{Name: in.Name, Mode: in.Mode, TimeZone: in.TimeZone}, at)
	if err != nil {
		return letInOutput{}, said(err)
	}
	_, link, err := product.LetIn(ctx, w.ID, in.Owner, at)
	if err != nil {
		return letInOutput{}, said(err)
	}
	return letInOutput{Workspace: w.ID, Name: w.Name, Mode: w.Mode, SignIn: p.cfg.Base + "/sign-in/" + link}, nil
}

type letInInput struct {
	Name     string         `json:"name"`
	Mode     workspace.Mode `json:"mode"`      // live or test
	TimeZone string         `json:"time_zone"` // an IANA name
	Owner    string         `json:"owner"`     // the e-mail address of whom to let in, as an Admin
}

type letInOutput struct {
	Workspace string         `json:"workspace"`
	Name      string         `json:"name"`
	Mode      workspace.Mode `json:"mode"`
	SignIn    string         `json:"sign_in"` // once, within 60 minutes
}

// said puts the reasons of a fault into the message, which is all that whoever
// invoked the function by hand gets to see.
func said(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	text := f.Message
	for _, field := range f.Fields {
		text += " " + field.Name + ": " + field.Reason
	}
	return errors.New(text)
}
