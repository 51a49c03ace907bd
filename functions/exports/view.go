package exports

import (
	"time"

	"motorpool/shared/api"
	"motorpool/shared/exporting"
)

// byID is the input of a route about one export.
type byID struct {
	ID string `path:"id"`
}

// exportView is an export as answers show it.
type exportView struct {
	ID        string            `json:"id" example:"xpt_01k9x3v7q2m8r4t6w0y5z1a3g1"`
	List      string            `json:"list" example:"assets"`
	Filters   map[string]string `json:"filters,omitempty"`
	Columns   []string          `json:"columns" nullable:"false"`
	State     string            `json:"state" enum:"running,ready,expired,failed" example:"ready"`
	Reason    string            `json:"reason,omitempty" doc:"Why it failed"`
	Redacted  []string          `json:"redacted,omitempty" nullable:"false" doc:"Columns whose cells are empty, because you may not see them"`
	Rows      int               `json:"rows" doc:"So far" example:"1204"`
	Size      int64             `json:"size" doc:"Bytes so far" example:"204800"`
	CreatedAt time.Time         `json:"created_at"`
	ExpiresAt time.Time         `json:"expires_at,omitzero" doc:"When the file is removed"`
	Version   int64             `json:"version"`
}

// ETagVersion makes the ETag.
func (v exportView) ETagVersion() int64 { return v.Version }

func viewOf(e *exporting.Export) exportView {
	if e == nil {
		return exportView{}
	}
	return exportView{
		ID: e.ID, List: e.List, Filters: e.Filters, Columns: e.Columns, State: string(e.State), Reason: e.Reason, Redacted: e.Redacted,
		Rows: e.Rows, Size: e.Size, CreatedAt: e.Created, ExpiresAt: e.Expires, Version: e.Version,
	}
}

// listView is a list that can be exported.
type listView struct {
	Name    string       `json:"name" example:"assets"`
	Columns []columnView `json:"columns" nullable:"false"`
	Filters []string     `json:"filters" nullable:"false" example:"[\"status\"]"`
}

// columnView is one thing that a row can have.
type columnView struct {
	Name  string `json:"name" example:"registration.plate"`
	Label string `json:"label" doc:"The header" example:"Plate"`
	Needs string `json:"needs,omitempty" doc:"The permission without which its cells are empty" example:"people.view_pii"`
}

func listViewOf(l exporting.Offer) listView {
	v := listView{Name: l.Name, Filters: []string{}, Columns: []columnView{}}
	for _, f := range l.Filters {
		v.Filters = append(v.Filters, f.Name)
	}
	for _, c := range l.Columns {
		v.Columns = append(v.Columns, columnView{c.Name, c.Label, string(c.Needs)})
	}
	return v
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}
