// Package plain draws pictures with the decoders of the standard library and of
// golang.org/x/image, in the process that asks.
//
// A decoder that panics harms one picture; one that takes too long is left to
// finish alone, and takes the place of one that could work meanwhile, so that a
// few hostile pictures take neither the memory nor the processor from the rest.
// HEIC is kept but not drawn (decision 0033).
package plain

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"runtime/debug"
	"time"

	"golang.org/x/image/webp"

	"motorpool/shared/picture"
)

// Studio is a picture.Studio. Make one with New.
type Studio struct {
	places chan struct{}
	limit  time.Duration
}

var _ picture.Studio = (*Studio)(nil)

// The bounds of one studio: pictures drawn at once, and how long each may take.
const (
	atOnce = 2
	limit  = 20 * time.Second
)

// New returns a studio that draws two pictures at a time.
func New() *Studio { return &Studio{make(chan struct{}, atOnce), limit} }

// Open is New, for who names adapters.
func Open() picture.Studio { return New() }

// A decoder knows one type of picture.
type decoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var decoders = map[string]decoder{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode},
	"image/png":  {png.DecodeConfig, png.Decode},
	"image/webp": {webp.DecodeConfig, webp.Decode},
}

// Redraw is as picture.Studio says.
func (s *Studio) Redraw(ctx context.Context, kind string, file []byte) (picture.Drawn, error) {
	d, ok := decoders[kind]
	if !ok {
		return picture.Drawn{}, picture.CannotDraw(kind)
	}
	if err := measured(d, file); err != nil {
		return picture.Drawn{}, err
	}
	ctx, stop := context.WithTimeout(ctx, s.limit)
	defer stop()
	return s.contained(ctx, func() (picture.Drawn, error) {
		src, err := d.decode(bytes.NewReader(file))
		if err != nil {
			return picture.Drawn{}, picture.Broken(err)
		}
		return redraw(src, orientation(kind, file))
	})
}

// measured looks at a picture's head, before anything is made of its size.
func measured(d decoder, file []byte) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = picture.Broken(fmt.Errorf("panic: %v", v))
		}
	}()
	c, err := d.config(bytes.NewReader(file))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return picture.Broken(err)
	}
	pixels := int64(c.Width) * int64(c.Height)
	if deep(c.ColorModel) {
		pixels *= 2 // twice the bytes in memory
	}
	if c.Width > picture.MaxSide || c.Height > picture.MaxSide || pixels > picture.MaxPixels {
		return picture.TooManyPixels(c.Width, c.Height)
	}
	return nil
}

// deep reports whether a decoder makes 16 bits of each channel.
func deep(m color.Model) bool {
	return m == color.RGBA64Model || m == color.NRGBA64Model || m == color.Gray16Model
}

// contained does work in a place of the studio, and lets nothing of it out but
// its result. Work that is not done in time keeps its place until it is.
func (s *Studio) contained(ctx context.Context, work func() (picture.Drawn, error)) (picture.Drawn, error) {
	type result struct {
		drawn picture.Drawn
		err   error
	}
	select {
	case s.places <- struct{}{}:
	case <-ctx.Done():
		return picture.Drawn{}, picture.Busy(ctx.Err())
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-s.places }()
		defer func() {
			if v := recover(); v != nil {
				done <- result{err: picture.Broken(fmt.Errorf("panic: %v\n%s", v, debug.Stack()))}
			}
		}()
		drawn, err := work()
		done <- result{drawn, err}
	}()
	select {
	case r := <-done:
		return r.drawn, r.err
	case <-ctx.Done():
		return picture.Drawn{}, picture.Busy(ctx.Err())
	}
}
