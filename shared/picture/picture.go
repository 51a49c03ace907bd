// Package picture reads and redraws pictures that strangers send. The port is
// apart from its adapter because decoders are large and are attacked: only the
// binaries that need one have one in them.
//
// A redrawn picture has nothing of the file it came from but what can be seen:
// no metadata, no place, nothing before, between or after the pixels.
package picture

import (
	"context"
	"time"

	"motorpool/shared/fault"
)

// The limits that hold in every adapter.
const (
	MaxPixels = 50_000_000 // of one picture
	MaxSide   = 30_000     // pixels; a ribbon of 50 million by 1 is no photo
	MaxKept   = 4096       // the longer side of what Redraw keeps as the picture itself
)

// Sizes are the longer sides, in pixels, of the renditions that Redraw makes. A
// picture that is smaller is not enlarged.
var Sizes = []int{320, 1024, 2048}

// Drawn is a picture that was drawn anew, upright.
type Drawn struct {
	Width, Height int            // of the picture as it was sent, upright
	Type          string         // media type of Whole: image/jpeg, or image/png if it can be seen through
	Whole         []byte         // the picture, at most MaxKept pixels long
	Renditions    map[int][]byte // JPEG, by the longer side
}

// About is what a picture's metadata says. Nothing of it is proven: who takes a
// picture can write into it what they like.
type About struct {
	Taken     time.Time // when, by the camera's clock; zero if it does not say
	TakenZone bool      // Taken has the camera's offset from UTC; otherwise it is a clock's reading, kept as UTC
	Latitude  string    // decimal degrees with six places; empty if it does not say
	Longitude string
}

// Studio reads and redraws pictures. It is safe for concurrent use.
type Studio interface {
	// Redraw draws a picture of this media type anew. It returns fault.Invalid if
	// the bytes are not a whole picture of that type (code "picture.broken"), have
	// more pixels than MaxPixels ("picture.pixels"), or are of a type that it
	// cannot draw ("picture.type"); and fault.Unavailable, code "picture.busy",
	// if it took too long.
	Redraw(ctx context.Context, kind string, file []byte) (Drawn, error)

	// About reads a picture's metadata. What cannot be read is left out.
	About(kind string, file []byte) About
}

// Broken is what a studio says of bytes that are no whole picture.
func Broken(cause error) error {
	return fault.New(fault.Invalid, "picture.broken", "This picture is damaged or not whole. Send it again, or save it anew as JPEG.").Because(cause)
}

// TooManyPixels is what a studio says of a picture that is too large to draw.
func TooManyPixels(width, height int) error {
	return fault.New(fault.Invalid, "picture.pixels", "This picture has %d × %d pixels; %d million are the most. Make it smaller.", width, height, MaxPixels/1_000_000)
}

// CannotDraw is what a studio says of a type that it does not know.
func CannotDraw(kind string) error {
	return fault.New(fault.Invalid, "picture.type", "Pictures of the type %s cannot be drawn here. Send a JPEG.", kind)
}

// Busy is what a studio says of a picture that took too long.
func Busy(cause error) error {
	return fault.New(fault.Unavailable, "picture.busy", "Drawing this picture took too long. Try again in a moment, or send a smaller one.").Because(cause)
}
