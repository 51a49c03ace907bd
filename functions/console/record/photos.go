package record

import (
	"context"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/ident"
	"motorpool/shared/photo"
)

// Uploads is what the page before says of files that came by a form: to be put
// into the input of a page with look.Files.
type Uploads struct {
	File    []string `query:"file"`
	Refused []string `query:"refused"`
}

// Ready are the attachments that were uploaded, as far as they look like some.
func (u Uploads) Ready() (ids []string) {
	for _, id := range u.File {
		if ident.Has("att", id) && len(ids) < photo.Max {
			ids = append(ids, id)
		}
	}
	return ids
}

// Control is the control that uploads files for a purpose on the page at to. Its
// files are named in the form with this id.
func (u Uploads) Control(p attachment.Purpose, to, form, label string) look.Files {
	f := look.Files{Purpose: string(p), To: to, Form: form, Label: label, Accept: strings.Join(p.Types(), ","), Hint: p.Accept() + ", at most " + page.Number(int(p.MaxSize()>>20)) + " MB each."}
	for _, code := range u.Refused {
		why, ok := refusedBecause[code]
		if !ok {
			why = "A file was refused."
		}
		f.Refused = append(f.Refused, why)
	}
	return f
}

// refusedBecause says in words why a file was refused, by its code in the
// address: nobody else's words are shown.
var refusedBecause = map[string]string{
	"attachment.announced": "A file was too large, empty, or of a type that is not taken here.",
	"attachment.broken":    "A file was damaged or not whole. Send it again.",
	"attachment.double":    "A file was two things at once, which no honest file is. Save it anew and send that.",
	"attachment.mismatch":  "A file was not what its name says. Send it as what it is.",
	"attachment.size":      "A file was empty or too large.",
	"attachment.type":      "A file was of a type that is not taken here.",
	"attachment.heic":      "HEIC pictures are not taken here. Save it as JPEG; on an iPhone: Settings › Camera › Formats › Most Compatible.",
	"picture.broken":       "A picture was damaged or not whole. Send it again, or save it anew as JPEG.",
	"picture.pixels":       "A picture had too many pixels; 50 million are the most.",
	"picture.type":         "A picture was of a type that cannot be shown. Send a JPEG.",
	"upload.none":          "No file came. Choose one first.",
}

// CoverOf is a link to the picture that stands for an asset, its own or its
// category's; empty if there is none, or it cannot be had now: a page without a
// picture is better than none.
func CoverOf(ctx context.Context, c *api.Call, own, category string, size int) string {
	id := own
	if id == "" {
		id = category
	}
	if id == "" {
		return ""
	}
	link, err := c.Attachments.Link(ctx, c.Actor.Workspace, id, size)
	if err != nil {
		return ""
	}
	return link
}
