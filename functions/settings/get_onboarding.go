package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/onboarding"
)

// GetOnboarding shows what is still to be done before the first booking.
var GetOnboarding = api.Route{
	Name:    "settings.get_onboarding",
	Method:  http.MethodGet,
	Path:    "/v1/workspace/onboarding",
	Summary: "See what is left to set up",
	About:   "The steps that the caller may take, each read from what there is: nothing is ticked. Steps about what this Motorpool does not have yet are left out.",
	Allow:   access.Public,
	Handle:  rest.JSON(getOnboarding),
}

type onboardingView struct {
	Steps []onboardingStep `json:"steps" doc:"In the order in which to take them"`
	Left  int              `json:"left" doc:"How many are not done" example:"3"`
}

type onboardingStep struct {
	Name string `json:"name" example:"location"`
	Done bool   `json:"done"`
	Text string `json:"text" doc:"What to do" example:"Add a location"`
	Why  string `json:"why" doc:"What it is for" example:"Vehicles belong somewhere, are picked up somewhere and come back."`
	Page string `json:"page,omitempty" doc:"Where in the console it is done; absent: by this API alone" example:"/locations"`
}

func getOnboarding(ctx context.Context, c *api.Call, _ api.None) (onboardingView, error) {
	all, err := c.Onboarding.Steps(ctx, c.Actor)
	v := onboardingView{Steps: []onboardingStep{}, Left: onboarding.Left(all)}
	for _, s := range all {
		v.Steps = append(v.Steps, onboardingStep{s.Name, s.Done, s.Text, s.Why, s.Page})
	}
	return v, err
}
