package attachment

import (
	"context"
	"io"
)

// OpenRendition returns the JPEG of a ready picture that is 320, 1024 or 2048
// pixels long, or less if the picture is smaller: for documents of ours that show
// it. Without one it is fault.NotFound. Whoever opens it closes it.
func (s *Service) OpenRendition(ctx context.Context, workspace, id string, rendition int) (io.ReadCloser, error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	if a.State != Ready || !a.Drawn || rendition == Whole {
		return nil, noSuch()
	}
	f, _, err := s.Files.Open(ctx, fileKey(workspace, id, rendition))
	return f, err
}
