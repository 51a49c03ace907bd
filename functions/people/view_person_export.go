package people

import (
	"context"
	"time"

	"motorpool/shared/api"
	"motorpool/shared/person"
)

// personExportView is an export as answers show it.
type personExportView struct {
	ID        string             `json:"id" example:"pex_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Person    string             `json:"person" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	State     string             `json:"state" enum:"running,ready,failed,expired"`
	Reason    string             `json:"reason,omitempty" doc:"Why it failed"`
	Files     []personExportFile `json:"files" nullable:"false" doc:"Once it is ready"`
	ExpiresAt time.Time          `json:"expires_at,omitzero" doc:"Until when the links work"`
	CreatedAt time.Time          `json:"created_at"`
}

type personExportFile struct {
	Name string `json:"name" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5-1.zip"`
	Size int64  `json:"size" doc:"Bytes" example:"812044"`
	URL  string `json:"url" doc:"Whoever has this address can read the file: give it to nobody"`
}

func viewPersonExport(ctx context.Context, c *api.Call, e *person.Copy) (personExportView, error) {
	v := personExportView{ID: e.ID, Person: e.Person, State: string(e.State), Reason: e.Reason, Files: []personExportFile{}, CreatedAt: e.Created}
	links, err := c.People.CopyLinks(ctx, e)
	for n, url := range links {
		v.Files = append(v.Files, personExportFile{e.Files[n].Name, e.Files[n].Size, url})
	}
	if e.State == person.CopyReady || e.State == person.CopyExpired {
		v.ExpiresAt = e.Expires
	}
	return v, err
}
