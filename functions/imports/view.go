package imports

import (
	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/importing"
)

// byID is the input of a route about one import.
type byID struct {
	ID string `path:"id"`
}

// importView is an import as answers show it: the object of its event.
type importView struct{ events.Import }

// ETagVersion makes the ETag.
func (v importView) ETagVersion() int64 { return v.Version }

func viewOf(i *importing.Import) importView {
	if i == nil {
		return importView{}
	}
	return importView{i.Object()}
}

// fieldView is something that a row may say.
type fieldView struct {
	Name     string `json:"name" example:"home_location"`
	Label    string `json:"label" example:"Home location"`
	Hint     string `json:"hint,omitempty" doc:"What is taken" example:"Name, code or id"`
	Required bool   `json:"required" doc:"Of a new one"`
	Key      bool   `json:"key" doc:"Tells which one a row is about; a column must be mapped to it"`
	Open     bool   `json:"open" doc:"The beginning of names that you choose: custom_fields.depot"`
}

func fieldViewOf(f importing.Field) fieldView {
	return fieldView{f.Name, f.Label, f.Hint, f.Required, f.Key, f.Open}
}

// rowView is what became of a row.
type rowView struct {
	Row      int           `json:"row" doc:"As a spreadsheet counts" example:"17"`
	Outcome  string        `json:"outcome" enum:"created,updated,unchanged,failed" example:"failed"`
	Object   string        `json:"object,omitempty" doc:"What it became, or changed" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Errors   []mistakeView `json:"errors,omitempty" nullable:"false"`
	Warnings []string      `json:"warnings,omitempty" nullable:"false" doc:"What is allowed and may yet be a mistake"`
}

// mistakeView is one thing that is wrong with a row.
type mistakeView struct {
	Column string `json:"column,omitempty" doc:"As the header calls it" example:"Model year"`
	Field  string `json:"field,omitempty" example:"year"`
	Reason string `json:"reason" doc:"For people" example:"Give its model year."`
}

func rowViewOf(r importing.Row) rowView {
	v := rowView{Row: r.Number, Outcome: string(r.Outcome), Object: r.Object, Warnings: r.Warnings}
	for _, m := range r.Wrong {
		v.Errors = append(v.Errors, mistakeView(m))
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
