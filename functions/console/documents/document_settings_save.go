package documents

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/fault"
)

// DocumentSettingsSave changes who is told that documents expire.
var DocumentSettingsSave = api.Route{
	Name:    "console.document_settings_save",
	Method:  http.MethodPost,
	Path:    "/settings/documents",
	Summary: "Change who is told",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentSettingsSave),
}

type documentSettingsFields struct {
	Live    bool     `form:"live_bookings_only"`
	On      []string `form:"on"`
	To      []string `form:"to"` // type and recipient
	Version int64    `form:"version"`

	Licence          string `form:"rules.licence.days_before"`
	Passport         string `form:"rules.passport.days_before"`
	ProofOfAddress   string `form:"rules.proof_of_address.days_before"`
	ProofOfInsurance string `form:"rules.proof_of_insurance.days_before"`
	Visa             string `form:"rules.visa.days_before"`
	Registration     string `form:"rules.registration.days_before"`
	Insurance        string `form:"rules.insurance.days_before"`
	Other            string `form:"rules.other.days_before"`
}

// days are the days before of each type, as they were typed.
func (in documentSettingsFields) days() map[string]string {
	return map[string]string{
		"licence":            in.Licence,
		"passport":           in.Passport,
		"proof_of_address":   in.ProofOfAddress,
		"proof_of_insurance": in.ProofOfInsurance,
		"visa":               in.Visa,
		"registration":       in.Registration,
		"insurance":          in.Insurance,
		"other":              in.Other,
	}
}

func documentSettingsSave(ctx context.Context, c *api.Call, in documentSettingsFields) (api.Answer, error) {
	days := in.days()
	said, err := in.said(days)
	if err == nil {
		_, err = c.Documents.Set(ctx, c.Actor, func(s *document.Said) error { *s = said; return nil }, in.Version, c.Now)
	}
	switch {
	case err == nil:
		return page.Done("/settings/documents", "workspace-saved")
	case fault.KindOf(err) == fault.Stale:
		return page.Back("/settings/documents", err)
	case page.Mine(err):
		return documentSettingsForm(ctx, c, said, days, in.Version, err, look.Toast{})
	}
	return api.Answer{}, err
}

func (in documentSettingsFields) said(days map[string]string) (document.Said, error) {
	bad := fault.New(fault.Invalid, "document.rules", "Some numbers of days are not right.")
	s := document.Said{Rules: map[string]document.Rule{}, LiveOnly: in.Live}
	for _, typ := range document.Types {
		r := document.Rule{On: slices.Contains(in.On, typ), DaysBefore: []int{}, Recipients: []string{}}
		for _, word := range page.Words(days[typ]) {
			r.DaysBefore = append(r.DaysBefore, page.Count(word, "rules."+typ+".days_before", bad))
		}
		for _, who := range document.Recipients {
			if slices.Contains(in.To, typ+" "+who) {
				r.Recipients = append(r.Recipients, who)
			}
		}
		s.Rules[typ] = r
	}
	if len(bad.Fields) > 0 {
		return s, bad
	}
	return s, nil
}
