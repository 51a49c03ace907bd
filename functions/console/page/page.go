package page

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/workspace"
)

// Handler makes a Handler of a console page: what goes wrong is shown as a page,
// in the layout, with what to do next.
func Handler[In any](f func(context.Context, *api.Call, In) (api.Answer, error)) api.Handler {
	return api.Page(func(ctx context.Context, c *api.Call, in In) (api.Answer, error) {
		a, err := f(ctx, c, in)
		if err != nil {
			return sorry(ctx, c, err)
		}
		return a, nil
	})
}

// Show answers with a page.
func Show(t func() *template.Template, view any) (api.Answer, error) {
	return api.HTML(t(), look.Entry, view), nil
}

// Again answers with a form that has something wrong in it.
func Again(t func() *template.Template, view any) (api.Answer, error) {
	return api.HTML(t(), look.Entry, view).Status(http.StatusUnprocessableEntity), nil
}

// Done answers a posted form: go there and say so.
func Done(to, did string) (api.Answer, error) {
	path, query, _ := strings.Cut(to, "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		return api.Answer{}, err
	}
	q.Set("did", did)
	return api.Redirect(path + "?" + q.Encode()), nil
}

// Frame completes f with who is asking, where and when.
func Frame(ctx context.Context, c *api.Call, f look.Frame) (look.Frame, error) {
	f.Actor, f.Now = c.Actor, c.Now
	if f.Actor.Workspace == "" { // an open page; whoever is signed in keeps their navigation
		reader, err := c.Sessions.Authenticate(ctx, c.SessionToken(), c.Now)
		if err != nil {
			return f, nil
		}
		f.Actor = reader
	}
	w, err := c.Workspaces.Get(ctx, f.Actor.Workspace)
	if err != nil {
		return f, err
	}
	f.Workspace, f.Test, f.Zone, f.Dates, f.Weeks = w.Name, w.Mode == workspace.Test, w.Location(), w.DateLayout(), w.WeekBegins()
	return f, nil
}

// News is what did, in the address after a form was posted, says in words.
func News(did string) look.Toast {
	if text, ok := Said[did]; ok {
		return look.Toast{Tone: "ok", Text: text}
	}
	return look.Toast{}
}

// Wrong sorts what a service refused to the fields of a form, by their names
// there. What belongs to no field is a notice over the form.
func Wrong(err error, fields []look.Field) *look.Notice {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil
	}
	placed := 0
	for _, w := range f.Fields {
		for i := range fields {
			if fields[i].Name == w.Name || strings.HasPrefix(w.Name, fields[i].Name+"[") || strings.HasPrefix(w.Name, fields[i].Name+".") {
				fields[i].Wrong = w.Reason
				placed++
			}
		}
	}
	if placed > 0 && placed == len(f.Fields) {
		return nil
	}
	return &look.Notice{Tone: "bad", Title: "This was not saved.", Text: f.Message}
}

// Mine reports whether err is something to show in the form rather than on a
// page of its own.
func Mine(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Invalid || k == fault.Conflict || k == fault.TooLarge || k == fault.TooMany
}

// With returns the address path with some query parameters; empty ones are left out.
func With(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Pager leads through a list whose address is path with the filters of pairs.
func Pager(shown, cursor, next, path string, pairs ...string) look.Pager {
	p := look.Pager{Shown: shown}
	if cursor != "" {
		p.First = With(path, pairs...)
	}
	if next != "" {
		p.Next = With(path, append(pairs, "cursor", next)...)
	}
	return p
}

// Trim is where a form's text begins and ends.
func Trim(s string) string { return strings.TrimSpace(s) }

// Said is what has been done, in words, by its name in the address.
var Said = map[string]string{
	"asset-archived":         "The asset is archived.",
	"asset-created":          "The asset is in your fleet.",
	"asset-deleted":          "The asset is deleted.",
	"asset-duplicated":       "This is the copy. Give it what sets it apart.",
	"asset-saved":            "Saved.",
	"asset-transferred":      "It is there now.",
	"assets-assigned":        "The assets are assigned.",
	"booking-off":            "Booking is switched off.",
	"booking-on":             "Booking is switched on.",
	"category-created":       "The category is ready.",
	"category-deleted":       "The category is deleted.",
	"category-merged":        "The categories are merged.",
	"category-saved":         "Saved.",
	"codes-off":              "Nobody has to set up an app for codes any more.",
	"codes-on":               "From now on everybody gives a code of their phone.",
	"company-archived":       "The company is archived.",
	"company-created":        "The company is here.",
	"company-dropped":        "They are a contact no more.",
	"company-merged":         "They are one company now.",
	"company-named":          "Saved.",
	"company-restored":       "Restored.",
	"company-saved":          "Saved.",
	"contact-added":          "The contact is added.",
	"contact-removed":        "The contact is removed.",
	"contact-saved":          "Saved. If it was verified, verify it again.",
	"contact-verified":       "The contact is verified.",
	"delivery-resent":        "Sent again.",
	"device-added":           "The device is here.",
	"device-out":             "The device is out.",
	"document-added":         "The document is here. It waits to be verified.",
	"document-rejected":      "Rejected.",
	"document-sent":          "Handed in. It waits to be verified.",
	"document-verified":      "Verified.",
	"endpoint-deleted":       "The endpoint is deleted. Its logs stay as long as logs do.",
	"endpoint-enabled":       "The endpoint is enabled.",
	"endpoint-paused":        "Paused. Deliveries are held until you resume.",
	"endpoint-resumed":       "Resumed. What was held is being sent.",
	"endpoint-saved":         "Saved.",
	"claim-file":             "The document is added.",
	"claim-file-removed":     "The document is removed.",
	"claim-moved":            "The claim has moved on.",
	"claim-opened":           "The claim is open.",
	"claim-saved":            "Saved.",
	"expense-recorded":       "The expense is recorded.",
	"expense-saved":          "Saved.",
	"expense-voided":         "The expense counts no longer.",
	"export-created":         "The file is being written. It appears here.",
	"feature-off":            "The feature is off.",
	"feature-on":             "The feature is on.",
	"import-applied":         "The import has begun.",
	"import-cancelled":       "The import is cancelled. What was done stays.",
	"import-checking":        "The dry run has begun. Nothing changes.",
	"import-created":         "The file is here, and is being read.",
	"inbox-changed":          "The test URL now answers so.",
	"inbox-created":          "Your test URL is ready.",
	"inspection-acknowledge": "Noted: the customer agrees.",
	"inspection-amend":       "The correction is added.",
	"inspection-completed":   "Completed. The report can no longer be changed.",
	"inspection-dispute":     "Noted: the customer does not agree.",
	"inspection-saved":       "Saved.",
	"inspection-void":        "The inspection is void.",
	"issue-closed":           "The issue is closed.",
	"issue-dismissed":        "The issue is dismissed.",
	"issue-in_progress":      "Somebody is on it.",
	"issue-open":             "The issue is open again.",
	"issue-reported":         "The issue is reported.",
	"issue-resolved":         "The issue is resolved.",
	"issue-saved":            "Saved.",
	"key-revoked":            "The key is revoked and works no more.",
	"location-created":       "The location is ready.",
	"location-off":           "The location is not active any more.",
	"location-on":            "The location is active.",
	"location-saved":         "Saved.",
	"name-saved":             "Saved.",
	"password-changed":       "You have a new password. Everywhere else you are signed out.",
	"person-anonymised":      "All that was personal is erased.",
	"person-archived":        "Archived.",
	"person-blocked":         "Blocked.",
	"person-created":         "The person is here.",
	"person-deleted":         "The person is deleted.",
	"person-merged":          "They are one person now.",
	"person-restored":        "Restored.",
	"person-saved":           "Saved.",
	"person-unblocked":       "The block is lifted.",
	"phone-removed":          "The app is removed. You sign in without a code from now on.",
	"photo-described":        "Saved.",
	"photo-removed":          "The photo is removed.",
	"photos-added":           "The photos are added.",
	"photos-ordered":         "The order is saved. The first photo is the cover.",
	"policy-added":           "The policy is here.",
	"policy-cancelled":       "The policy is cancelled.",
	"policy-file":            "The document is added.",
	"policy-file-removed":    "The document is removed.",
	"policy-renewed":         "The policy is renewed.",
	"policy-saved":           "Saved.",
	"reading-recorded":       "The reading is recorded.",
	"receipt-added":          "The receipt is added.",
	"receipt-removed":        "The receipt is removed.",
	"recovery-started":       "Recovery has begun. The deliveries appear in the logs.",
	"reminder-added":         "The reminder is set.",
	"reminder-done":          "Done.",
	"reminder-next":          "Done. The next one is scheduled.",
	"reminder-saved":         "Saved.",
	"reminder-skipped":       "Skipped.",
	"replay-started":         "Replay has begun. The deliveries appear in the logs.",
	"role-created":           "The role is ready to be given.",
	"role-deleted":           "The role is deleted.",
	"role-saved":             "Saved. It holds at once for whoever has the role.",
	"schedule-added":         "The template is ready. Apply it to the vehicles you have.",
	"schedule-applied":       "Applied. In a large fleet the last vehicles take a moment.",
	"schedule-deleted":       "The template is deleted. Its reminders stay.",
	"schedule-saved":         "Saved. Reminders that are there stay as they are.",
	"secret-rotated":         "There is a new signing secret.",
	"session-ended":          "That browser is signed out.",
	"sessions-ended":         "Everywhere else you are signed out.",
	"signed-out":             "You are signed out.",
	"template-adopted":       "Two templates are ready. Change them as you like.",
	"template-created":       "The template is a draft. Add fields, then publish it.",
	"template-published":     "Published. Inspections begin by this edition from now on.",
	"template-retired":       "The template is retired.",
	"template-saved":         "Saved, as a draft. Publish it to inspect by it.",
	"test-sent":              "The test event is on its way.",
	"user-disabled":          "The user is disabled, and signed out of this workspace.",
	"user-enabled":           "The user is enabled, and can sign in again.",
	"user-invited":           "The invitation is on its way.",
	"user-resent":            "The invitation is on its way again. Links sent before work no more.",
	"user-revoked":           "The invitation is revoked.",
	"user-saved":             "Saved.",
	"window-cancelled":       "Cancelled. What was left of its time is free.",
	"window-completed":       "Completed. What was left of its time is free.",
	"window-in_progress":     "The work has begun.",
	"window-planned":         "The vehicle is blocked.",
	"window-saved":           "Saved.",
	"workspace-saved":        "Saved.",
	"zone-saved":             "Saved. What is scheduled from now on goes by the new time zone; what is scheduled already stays.",
}
