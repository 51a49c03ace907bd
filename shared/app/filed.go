package app

import (
	"bytes"
	"context"
	"io"
	"time"

	"motorpool/shared/attachment"
	"motorpool/shared/inspection"
	"motorpool/shared/table"
)

// filed keeps the photos and reports of inspections.
type filed struct{ *attachment.Service }

func (f filed) Facts(ctx context.Context, workspace, id string) (string, time.Time, error) {
	a, err := f.Attachment(ctx, workspace, id)
	if err != nil || a.Taken == nil || !a.Taken.Zoned { // a clock without a zone could be any
		return hashOf(a), time.Time{}, err
	}
	return a.SHA256, a.Taken.At, nil
}

func hashOf(a *attachment.Attachment) string {
	if a == nil {
		return ""
	}
	return a.SHA256
}

func (f filed) Picture(ctx context.Context, workspace, id string) ([]byte, error) {
	r, err := f.OpenRendition(ctx, workspace, id, attachment.Medium)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	_, err = io.Copy(&b, r)
	return b.Bytes(), err
}

func (f filed) Make(ctx context.Context, workspace, name string, body []byte, owner string, at time.Time) (string, table.Op, error) {
	return f.Service.Make(ctx, workspace, attachment.Draft{Purpose: attachment.Export, Name: name, Type: attachment.PDF, Size: int64(len(body))}, body, owner, at)
}

// Filed is a as inspections keep their files in it.
func Filed(a *attachment.Service) inspection.Files { return filed{a} }
