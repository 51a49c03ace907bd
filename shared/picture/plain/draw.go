package plain

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	scale "golang.org/x/image/draw"

	"motorpool/shared/picture"
)

const quality = 85 // of JPEGs: where more is no longer seen

// redraw makes all that is kept of src, turned as its metadata says.
func redraw(src image.Image, turn int) (out picture.Drawn, err error) {
	out.Width, out.Height = src.Bounds().Dx(), src.Bounds().Dy()
	if turn >= 5 {
		out.Width, out.Height = out.Height, out.Width
	}
	whole := upright(shrunk(src, picture.MaxKept), turn)
	src = nil // the largest there is; whoever collects garbage may have it
	if whole.Opaque() {
		out.Type = "image/jpeg"
		out.Whole, err = asJPEG(whole)
	} else {
		out.Type = "image/png"
		out.Whole, err = asPNG(whole)
	}
	if err != nil {
		return out, err
	}
	out.Renditions = map[int][]byte{}
	last := onWhite(whole)
	for i := len(picture.Sizes) - 1; i >= 0; i-- { // each is made of the next larger one
		last = shrunk(last, picture.Sizes[i])
		if out.Renditions[picture.Sizes[i]], err = asJPEG(last); err != nil {
			return out, err
		}
	}
	return out, nil
}

// shrunk is src with a longer side of at most long pixels: first whole blocks of
// pixels become one, a few rows at a time, then what is left is interpolated.
func shrunk(src image.Image, long int) *image.RGBA {
	b := src.Bounds()
	block := max(b.Dx(), b.Dy()) / long
	var step *image.RGBA
	if block >= 2 {
		step = averaged(src, block)
	} else if same, ok := src.(*image.RGBA); ok {
		step = same
	}
	w, h := fit(b.Dx(), b.Dy(), long)
	if step != nil && step.Bounds().Dx() == w && step.Bounds().Dy() == h {
		return step
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	switch {
	case step != nil:
		scale.ApproxBiLinear.Scale(out, out.Bounds(), step, step.Bounds(), scale.Src, nil)
	case w == b.Dx() && h == b.Dy():
		draw.Draw(out, out.Bounds(), src, b.Min, draw.Src)
	default:
		scale.ApproxBiLinear.Scale(out, out.Bounds(), src, b, scale.Src, nil)
	}
	return out
}

// fit is the size of a picture of w by h whose longer side is long at the most.
func fit(w, h, long int) (int, int) {
	switch {
	case w <= long && h <= long:
		return w, h
	case w >= h:
		return long, max(1, h*long/w)
	default:
		return max(1, w*long/h), long
	}
}

// averaged makes one pixel of each n by n. Where the sides are shorter than n,
// the block is as short.
func averaged(src image.Image, n int) *image.RGBA {
	b := src.Bounds()
	w, h := max(1, b.Dx()/n), max(1, b.Dy()/n)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	rows := image.NewRGBA(image.Rect(0, 0, b.Dx(), min(n, b.Dy())))
	across, down := min(n, b.Dx()), rows.Bounds().Dy()
	for y := range h {
		draw.Draw(rows, rows.Bounds(), src, image.Pt(b.Min.X, b.Min.Y+y*n), draw.Src)
		for x := range w {
			var sum [4]uint32
			for j := range down {
				at := j*rows.Stride + x*n*4
				for range across {
					for c := range sum {
						sum[c] += uint32(rows.Pix[at+c])
					}
					at += 4
				}
			}
			to := out.PixOffset(x, y)
			for c := range sum {
				out.Pix[to+c] = uint8(sum[c] / uint32(across*down))
			}
		}
	}
	return out
}

// upright turns src as the EXIF tag Orientation asks: 1 is upright, 2 to 4 are
// mirrored and turned around, 5 to 8 lie on a side.
func upright(src *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return src
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if turn >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	right, bottom := src.Bounds().Dx()-1, src.Bounds().Dy()-1
	from := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return right - x, y },
		3: func(x, y int) (int, int) { return right - x, bottom - y },
		4: func(x, y int) (int, int) { return x, bottom - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, bottom - x },
		7: func(x, y int) (int, int) { return right - y, bottom - x },
		8: func(x, y int) (int, int) { return right - y, x },
	}[turn]
	for y := range h {
		for x := range w {
			sx, sy := from(x, y)
			copy(out.Pix[out.PixOffset(x, y):][:4], src.Pix[src.PixOffset(sx, sy):][:4])
		}
	}
	return out
}

// onWhite is src with white where one could see through it: JPEG knows no such
// thing, and would show black.
func onWhite(src *image.RGBA) *image.RGBA {
	if src.Opaque() {
		return src
	}
	out := image.NewRGBA(src.Bounds())
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), src, src.Bounds().Min, draw.Over)
	return out
}

func asJPEG(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

func asPNG(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}
