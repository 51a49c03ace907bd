package settings

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/letter"
)

const outboxPath = "/settings/outbox"

// letterRow is a letter as a list shows it.
type letterRow struct {
	ID, To      string
	Name, Email string
	Subject     string
	State       look.Badge
	Why         string
	Asked, When look.Moment // when it was asked for, and sent or given up
	Next        look.Moment // when it is tried again
}

// letterRows shows letters. Kept says that they stay on this machine.
func letterRows(f look.Frame, all []letter.Letter, kept bool) (rows []letterRow) {
	for _, l := range all {
		r := letterRow{
			ID: l.ID, To: outboxPath + "/" + l.ID, Name: l.Name, Email: l.Email, Subject: l.Subject(f.Workspace), Why: l.Why,
			Asked: f.When(l.Asked), When: f.When(l.Done), State: look.Badge{Tone: "info", Icon: "clock", Text: "Waiting"},
		}
		switch l.State {
		case letter.Sent:
			if r.State = (look.Badge{Tone: "ok", Icon: "check", Text: "Sent"}); kept {
				r.State = look.Badge{Tone: "info", Icon: "inbox", Text: "Kept here"}
			}
		case letter.Failed:
			r.State = look.Badge{Tone: "bad", Icon: "cross", Text: "Failed"}
		default:
			r.Next = f.Countdown(l.Next)
		}
		rows = append(rows, r)
	}
	return rows
}

// adminFrame is frame for pages that only Admins see: whoever reads letters could
// do what their links allow.
func adminFrame(ctx context.Context, c *api.Call, f look.Frame) (look.Frame, error) {
	f, err := page.Frame(ctx, c, f)
	if err == nil && !f.Admin() {
		err = fault.New(fault.Denied, "letter.admins", "Only Admins read letters: the links in them let people in.")
	}
	return f, err
}

// leaves says whether e-mail leaves the house.
func leaves(c *api.Call) look.Notice {
	if c.Outbox == nil {
		return look.Notice{Tone: "info", Title: "Letters go to the mail server.", Text: "Here is what became of them. What they say is between them and their readers, because their links let people in."}
	}
	return look.Notice{Tone: "warn", Title: "No e-mail leaves this machine.", Text: "Letters are kept here instead, with what they say. To send them, start Motorpool with -smtp and -mail-from."}
}

// doorLetters reports whether the reader may see letters to who signs in. They
// belong to no workspace, and would let an Admin of one into all others; so they
// are shown where there is only one, and where no e-mail leaves the machine.
func doorLetters(ctx context.Context, c *api.Call) (bool, error) {
	if c.Outbox == nil || !(look.Frame{Actor: c.Actor}).Admin() || !c.Actor.May(access.ManageUsers) {
		return false, nil
	}
	all, err := c.Workspaces.List(ctx)
	return len(all) == 1, err
}
