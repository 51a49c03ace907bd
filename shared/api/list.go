package api

import (
	"strconv"
	"strings"

	"motorpool/shared/fault"
)

// A List is one page of things, newest first unless the route says otherwise.
type List[T any] struct {
	Data       []T     `json:"data"`
	NextCursor *string `json:"next_cursor" doc:"Give it as cursor for the next page; null on the last page"`
}

// ListOf makes a List of one page. next is empty on the last page.
func ListOf[T any](data []T, next string) List[T] {
	if data == nil {
		data = []T{}
	}
	l := List[T]{Data: data}
	if next != "" {
		l.NextCursor = &next
	}
	return l
}

// Paging is the part of an input that asks for a page of a list. Embed it.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many at the most"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"next_cursor of the page before"`
}

// IfMatch is the part of an input that guards a change against changes made in
// between. Embed it, and give Version to the service.
type IfMatch struct {
	IfMatch string `header:"If-Match" doc:"The ETag you last saw; the change is refused with 412 if the thing has changed since" example:"\"3\""`
}

// Version returns the version that If-Match names, or zero if there is none or
// it is "*". It returns fault.Invalid for what cannot be an ETag of ours.
func (m IfMatch) Version() (int64, error) {
	tag := strings.TrimSpace(m.IfMatch)
	if tag == "" || tag == "*" {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.Trim(tag, `"`), 10, 64)
	if err != nil || n < 1 || tag != `"`+strconv.FormatInt(n, 10)+`"` {
		return 0, fault.New(fault.Invalid, "request.if_match", "If-Match takes one ETag as we gave it, for example \"3\" with its quotation marks.").At("If-Match")
	}
	return n, nil
}
