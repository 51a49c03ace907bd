package chore

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// FormView is the form of a window, an issue, a reminder or a template.
type FormView struct {
	look.Frame
	Action, Cancel, Do string
	Version            int64
	Hidden             []look.Option
	Find               *Finder     // where a vehicle is to be chosen
	ID                 string      // of the form, for the files to name
	Files              *look.Files // taken along with it
	Wrong              *look.Notice
	Groups             []page.FieldGroup
	Checks             []page.Check
	Acts               []look.Act
	Dialogs            []look.Dialog
}

var formPage = look.Page(files, "care_form")

// Form shows a form, with what was wrong with it.
func Form(v FormView, because error) (api.Answer, error) {
	if because != nil {
		return page.Again(formPage, v)
	}
	return page.Show(formPage, v)
}

// Frame is the frame of a form about an asset, which may not be chosen yet.
func Frame(ctx context.Context, c *api.Call, f look.Frame, asset string) (look.Frame, error) {
	if asset != "" {
		a, err := c.Fleet.Find(ctx, c.Actor, asset)
		if err == nil {
			f.Lead = a.Title()
		} else if fault.KindOf(err) != fault.NotFound {
			return f, err
		}
	}
	return page.Frame(ctx, c, f)
}
