package attachment

import (
	"context"
	"errors"

	"motorpool/shared/fault"
	"motorpool/shared/picture"
)

// files are the bytes that are kept of an attachment.
type files struct {
	whole      []byte
	renditions map[int][]byte
}

// takes says why a file for p may not be of this media type; nil if it may.
func (p Purpose) takes(kind string) *fault.Error {
	r := rules[p]
	for _, t := range r.types {
		if t == kind {
			return nil
		}
	}
	if kind == HEIC {
		return fault.New(fault.Invalid, "attachment.heic", "HEIC pictures cannot be shown everywhere, so they are not taken here. Save it as JPEG; on an iPhone: Settings › Camera › Formats › Most Compatible.")
	}
	return fault.New(fault.Invalid, "attachment.type", "Such a file is %s.", p.Accept())
}

// check looks at the bytes of a, writes into a what they are, and returns what
// is to be kept of them. What it refuses is fault.Invalid.
func (s *Service) check(ctx context.Context, a *Attachment, body []byte) (files, error) {
	size := int64(len(body))
	if size != a.Size || size == 0 {
		return files{}, fault.New(fault.Invalid, "attachment.size", "The file was announced with %d bytes, and %d came.", a.Size, size)
	}
	kind := sniff(body)
	if err := a.Purpose.takes(kind); err != nil {
		return files{}, err
	}
	if kind != a.Type {
		return files{}, fault.New(fault.Invalid, "attachment.mismatch", "The file was announced as %s and is %s. Send it as what it is.", words[a.Type], words[kind])
	}
	a.Name = harmless(a.Name, kind)
	switch kind {
	case JPEG, PNG, WebP, HEIC:
		return s.pictured(ctx, a, kind, body)
	case PDF:
		if !wholePDF(body) {
			return files{}, fault.New(fault.Invalid, "attachment.broken", "This PDF is damaged or not whole. Send it again.")
		}
	}
	return files{whole: body}, single(body, kind)
}

// single refuses what other programs would read as something else.
func single(body []byte, kind string) error {
	if also := alsoReadAs(body, kind); also != "" {
		return fault.New(fault.Invalid, "attachment.double", "This %s is %s at the same time, which no honest file is. Save it anew and send that.", words[kind], also)
	}
	return nil
}

// pictured draws a picture anew. Of evidence, what came is kept beside what was
// drawn, and what its metadata says is written down.
func (s *Service) pictured(ctx context.Context, a *Attachment, kind string, body []byte) (files, error) {
	if s.Studio == nil {
		return files{}, errors.New("attachment: the functions of this area were to do without a studio; give it one in its main.go")
	}
	keep := rules[a.Purpose].keep
	if kind == HEIC || keep { // kept as it came
		if err := single(body, kind); err != nil {
			return files{}, err
		}
	}
	if keep {
		a.Taken = captured(s.Studio.About(kind, body))
	}
	if kind == HEIC {
		return files{whole: body}, nil
	}
	drawn, err := s.Studio.Redraw(ctx, kind, body)
	if err != nil {
		return files{}, err
	}
	a.Width, a.Height, a.Drawn = drawn.Width, drawn.Height, true
	if keep {
		return files{body, drawn.Renditions}, nil
	}
	a.Type, a.Name = drawn.Type, harmless(a.Name, drawn.Type)
	return files{drawn.Whole, drawn.Renditions}, nil
}

func captured(about picture.About) *Capture {
	if about == (picture.About{}) {
		return nil
	}
	return &Capture{At: about.Taken, Zoned: about.TakenZone, Latitude: about.Latitude, Longitude: about.Longitude}
}
