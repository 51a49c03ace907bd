package fleet

import (
	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// assetView is an asset as answers show it: the object of its events, and what
// is worth a second look.
type assetView struct {
	events.Asset
	Warnings []fleet.Warning `json:"warnings,omitempty" nullable:"false" doc:"What is allowed and may yet be a mistake"`
}

// ETagVersion makes the ETag.
func (v assetView) ETagVersion() int64 { return v.Version }

func viewOf(a *fleet.Asset) assetView {
	if a == nil {
		return assetView{}
	}
	return assetView{a.Object(), a.Warnings()}
}

// categoryView is a category as answers show it: the object of its events.
type categoryView struct{ events.Category }

// ETagVersion makes the ETag.
func (v categoryView) ETagVersion() int64 { return v.Version }

func categoryViewOf(c *fleet.Category) categoryView {
	if c == nil {
		return categoryView{}
	}
	return categoryView{c.Object()}
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}

// yesOrNo is nil where nothing was asked for.
func yesOrNo(s string) *bool {
	if s == "" {
		return nil
	}
	yes := s == "true"
	return &yes
}
