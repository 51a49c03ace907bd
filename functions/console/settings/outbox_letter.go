package settings

import (
	"cmp"
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/letter"
	"motorpool/shared/mail"
)

// OutboxLetter shows one letter: what became of it and, where no e-mail leaves
// the machine, what it says.
var OutboxLetter = api.Route{
	Name:    "console.outbox_letter",
	Method:  http.MethodGet,
	Path:    outboxPath + "/{id}",
	Summary: "A letter",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(outboxLetter),
}

type outboxLetterInput struct {
	ID string `path:"id"`
}

type outboxLetterView struct {
	look.Frame
	Notice look.Notice
	letterRow
	From, ReplyTo string
	Code          look.Code // its text, where it was kept
	Link          string
	Unkept        string // why there is no text
}

var outboxLetterTemplate = look.Page(files, "outbox_letter")

func outboxLetter(ctx context.Context, c *api.Call, in outboxLetterInput) (api.Answer, error) {
	f, err := adminFrame(ctx, c, look.Frame{Title: "Letter", Section: "outbox", Crumbs: []look.Link{{Text: "Outbox", To: outboxPath}}})
	if err != nil {
		return api.Answer{}, err
	}
	l, err := readLetter(ctx, c, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	row := letterRows(f, []letter.Letter{l}, c.Outbox != nil)[0]
	f.Title = row.Subject
	v := outboxLetterView{Frame: f, Notice: leaves(c), letterRow: row}
	if c.Outbox == nil {
		v.Unkept = "Its text is not shown: it went to its reader alone."
		return page.Show(outboxLetterTemplate, v)
	}
	kept, err := c.Outbox.Latest(maxKept)
	if err != nil {
		return api.Answer{}, err
	}
	v.Unkept = "Its text is not here: it was not written out yet, or is so old that it made room for others."
	for _, k := range kept {
		if k.Message.ID == l.ID {
			v.Unkept, v.Link = "", cmp.Or(l.Link, l.Page)
			v.From, v.ReplyTo = mailbox(k.Message.From), mailbox(k.Message.ReplyTo)
			v.Code = look.Code{ID: "letter", Text: k.Message.Text, Wrap: true, Label: "Text of the letter"}
			break
		}
	}
	return page.Show(outboxLetterTemplate, v)
}

// maxKept bounds in how many messages of the outbox a letter is looked for.
const maxKept = 500

// readLetter reads a letter of the workspace, or, where nobody else is on this
// machine, one to who signs in.
func readLetter(ctx context.Context, c *api.Call, id string) (letter.Letter, error) {
	l, err := c.Letters.Read(ctx, c.Actor.Workspace, id)
	if fault.KindOf(err) != fault.NotFound {
		return l, err
	}
	alone, other := doorLetters(ctx, c)
	if other != nil || !alone {
		return l, cmp.Or(other, err)
	}
	return c.Letters.Read(ctx, "", id)
}

func mailbox(a mail.Address) string {
	if a.Name == "" {
		return a.Email
	}
	return a.Name + " <" + a.Email + ">"
}
