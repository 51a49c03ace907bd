package inspections

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

// InspectionJudge takes what a customer says over their link.
var InspectionJudge = api.Route{
	Name:    "console.inspection_judge",
	Method:  http.MethodPost,
	Path:    "/inspection/{token}",
	Summary: "Say what the customer thinks",
	Door:    api.OpenDoor,
	Handle:  page.Handler(inspectionJudge),
}

type inspectionJudgeInput struct {
	Token string `path:"token"`
	Do    string `form:"do"`
	Name  string `form:"name"`
	Text  string `form:"comment"`
}

func inspectionJudge(ctx context.Context, c *api.Call, in inspectionJudgeInput) (api.Answer, error) {
	to := inspection.Disputed
	if in.Do == "acknowledge" {
		to = inspection.Acknowledged
	}
	err := c.Inspections.Judge(ctx, in.Token, to, inspection.Verdict{Name: in.Name, Comment: in.Text}, c.Now)
	if err != nil && (page.Mine(err) || fault.KindOf(err) == fault.NotFound) {
		return customerPage(ctx, c, in.Token, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect("/inspection/" + url.PathEscape(in.Token) + "?said=true"), nil
}
