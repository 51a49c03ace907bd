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
	return map[string]string{
		"type": a.Kind, "id": a.ID, "name": a.Name, "workspace": a.Workspace, "grants": strings.Join(grants, " "),
	}
}

// ActorFrom is the reverse of ActorContext. It reports false for a map that
// names no workspace or no kind of actor: nobody.
func ActorFrom(m map[string]string) (access.Actor, bool) {
	a := access.Actor{Kind: m["type"], ID: m["id"], Name: m["name"], Workspace: m["workspace"]}
	for _, g := range strings.Fields(m["grants"]) {
		a.Grants = append(a.Grants, access.Grant(g))
	}
	return a, a.Kind != "" && a.Workspace != ""
}
