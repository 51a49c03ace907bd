package app

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/attachment"
	"motorpool/shared/document"
)

// scans are the files of documents.
type scans struct{ *attachment.Service }

var _ document.Files = scans{}

// Keep is for document.Files. What a file is, is seen by its first bytes; whoever
// sent it is not asked.
func (s scans) Keep(ctx context.Context, by access.Actor, name string, content []byte, at time.Time) (string, error) {
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	if len(content) > 11 && string(content[4:8]) == "ftyp" {
		kind = attachment.HEIC // or something that will be refused as that
	}
	a, err := s.Service.Keep(ctx, by, attachment.Draft{Purpose: attachment.Document, Name: name, Type: kind}, bytes.NewReader(content), at)
	if err != nil {
		return "", err
	}
	return a.ID, nil
}
