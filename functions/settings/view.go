package settings

import (
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/workspace"
)

type actorView struct {
	Type string `json:"type" enum:"user,api_key,system" doc:"A person, an API key, or Motorpool itself" example:"user"`
	ID   string `json:"id,omitempty" example:"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Name string `json:"name,omitempty" example:"Ada"`
}

func viewActor(a access.Actor) actorView { return actorView{a.Kind, a.ID, a.Name} }

type keyView struct {
	ID         string         `json:"id" example:"key_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Name       string         `json:"name" example:"Accounting export"`
	State      string         `json:"state" enum:"active,expired,revoked"`
	Prefix     string         `json:"prefix" doc:"How the key begins; empty for a key that was not made here" example:"mp_live_"`
	Last4      string         `json:"last4" doc:"How the key ends" example:"x4q7"`
	Scopes     []access.Grant `json:"scopes" doc:"What the key may do; empty means everything" example:"[\"assets.view\"]"`
	CreatedAt  time.Time      `json:"created_at"`
	CreatedBy  actorView      `json:"created_by"`
	ExpiresAt  time.Time      `json:"expires_at,omitzero" doc:"Absent: never"`
	LastUsedAt time.Time      `json:"last_used_at,omitzero" doc:"To the hour; absent: never"`
	RevokedAt  time.Time      `json:"revoked_at,omitzero" doc:"Absent: not revoked"`
}

func viewKey(k *apikey.Key, at time.Time) keyView {
	scopes := k.Scopes
	if scopes == nil {
		scopes = []access.Grant{}
	}
	return keyView{
		ID: k.ID, Name: k.Name, State: k.State(at), Prefix: k.Prefix, Last4: k.Last4, Scopes: scopes,
		CreatedAt: k.Created, CreatedBy: viewActor(k.CreatedBy), ExpiresAt: k.ExpiresAt, LastUsedAt: k.LastUsedAt, RevokedAt: k.RevokedAt,
	}
}

type workspaceView struct {
	ID   string         `json:"id" example:"wsp_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Mode workspace.Mode `json:"mode" enum:"live,test" doc:"Whether what happens here is real" example:"live"`
	workspace.Form
	CreatedAt time.Time `json:"created_at"`
	Version   int64     `json:"version" doc:"Grows with every change; the ETag" example:"3"`
}

// ETagVersion makes the version the ETag.
func (w workspaceView) ETagVersion() int64 { return w.Version }

func viewWorkspace(w *workspace.Workspace) workspaceView {
	return workspaceView{w.ID, w.Mode, w.Form(), w.Created, w.Version}
}
