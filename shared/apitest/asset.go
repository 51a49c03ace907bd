package apitest

import (
	"encoding/json"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/app"
	"motorpool/shared/fleet"
)

// Asset adds an asset without going by POST /v1/assets, which takes no asset of
// which less is said than people need: a test of something else says what it
// needs. say is JSON. It returns the id.
func Asset(t testing.TB, a *app.App, actor access.Actor, say string) string {
	t.Helper()
	var d fleet.AssetDetails
	if err := json.Unmarshal([]byte(say), &d); err != nil {
		t.Fatal(err)
	}
	made, err := a.Fleet.Create(t.Context(), actor, d, Now)
	if err != nil {
		t.Fatal(err)
	}
	return made.ID
}
