package look

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR is a code for cameras, drawn as one path of dark squares on a light ground.
type QR struct {
	Size  int    // squares on each side, the quiet zone of four included
	Path  string // of the dark ones
	Label string // for who cannot see it
}

// quiet is how many light squares a reader needs around the code (ISO/IEC 18004).
const quiet = 4

// CodeOf draws text, or says that it is too long.
func CodeOf(text, label string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, err
	}
	var path strings.Builder
	side := code.Bounds().Dx()
	for y := range side {
		for x := range side {
			if code.At(x, y) == color.Black {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return QR{side + 2*quiet, path.String(), label}, nil
}
