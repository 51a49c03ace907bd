package app

import (
	"context"

	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/location"
	"motorpool/shared/member"
	"motorpool/shared/onboarding"
)

// onboard says how the steps of onboarding are told from what there is. A noun
// that is born adds its line.
func (a *App) onboard() *onboarding.Service {
	return &onboarding.Service{Has: map[string]onboarding.Has{
		"workspace_details": func(ctx context.Context, ws string) (bool, error) {
			w, err := a.Workspaces.Get(ctx, ws)
			return err == nil && w.Complete(), err
		},
		"location": func(ctx context.Context, ws string) (bool, error) {
			all, _, err := a.Locations.Locations(ctx, access.System(ws), location.Filter{}, "", 1)
			return len(all) > 0, err
		},
		"category": func(ctx context.Context, ws string) (bool, error) {
			all, _, err := a.Fleet.Categories(ctx, ws, fleet.CategoryFilter{}, "", 1)
			return len(all) > 0, err
		},
		"asset": func(ctx context.Context, ws string) (bool, error) {
			all, _, err := a.Fleet.Assets(ctx, access.System(ws), fleet.AssetFilter{}, "", 1)
			return len(all) > 0, err
		},
		"invite_user": func(ctx context.Context, ws string) (bool, error) {
			all, _, err := a.Members.List(ctx, access.System(ws), member.Filter{}, "", 2)
			return len(all) > 1, err
		},
	}}
}
