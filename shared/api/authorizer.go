package api

import (
	"strings"

	"motorpool/shared/access"
)

// ActorContext is an actor as a Lambda authorizer hands it on: a flat map of
// strings, which is all that API Gateway passes from an authorizer to a route.
// It has no secrets in it, because gateways log it.
func ActorContext(a access.Actor) map[string]string {
	grants := make([]string, len(a.Grants))
	for i, g := range a.Grants {
		grants[i] = string(g)
	}
	m := map[string]string{
		"type": a.Kind, "id": a.ID, "name": a.Name, "workspace": a.Workspace, "grants": strings.Join(grants, " "),
	}
	if len(a.Locations) > 0 {
		m["locations"] = strings.Join(a.Locations, " ")
	}
	return m
}

// ActorFrom is the reverse of ActorContext. It reports false for a map that
// names no workspace or no kind of actor: nobody.
func ActorFrom(m map[string]string) (access.Actor, bool) {
	a := access.Actor{Kind: m["type"], ID: m["id"], Name: m["name"], Workspace: m["workspace"]}
	if m["locations"] != "" {
		a.Locations = strings.Fields(m["locations"])
	}
	for _, g := range strings.Fields(m["grants"]) {
		a.Grants = append(a.Grants, access.Grant(g))
	}
	return a, a.Kind != "" && a.Workspace != ""
}
