package record

import (
	"context"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
)

// Keeping says of which record files are, and where its pages are.
type Keeping struct {
	Title, Empty string
	Purpose      attachment.Purpose
	IDs          []string
	Self         string // the page that shows them
	Under        string // where they are added; each is below it, by its id
	Edit         bool
}

// KeptOf is the files of a record, by their names.
func KeptOf(ctx context.Context, c *api.Call, k Keeping, up Uploads) (look.Kept, error) {
	v := look.Kept{Title: k.Title, Empty: k.Empty, Edit: k.Edit, Post: k.Under, Ready: up.Ready()}
	v.Files = up.Control(k.Purpose, k.Self, look.KeepForm, "Choose files")
	v.Files.Many, v.Files.Send = true, true
	for n, id := range k.IDs {
		f := look.KeptFile{Name: "File " + strconv.Itoa(n+1), To: k.Under + "/" + id}
		a, err := c.Attachments.Attachment(ctx, c.Actor.Workspace, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return v, err
		}
		if err == nil && a.Name != "" {
			f.Name = a.Name
		}
		if k.Edit {
			f.Drop = f.To + "/drop"
		}
		v.Rows = append(v.Rows, f)
	}
	return v, nil
}
