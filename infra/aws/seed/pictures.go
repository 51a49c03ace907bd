package seed

import (
	"bytes"
	"context"

	"motorpool/shared/attachment"
	"motorpool/shared/blob"
	"motorpool/shared/fleet"
)

// pixel is the smallest picture there is: a PNG of one point.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// Pixel is what the form of the fixtures uploads.
func Pixel() string { return pixel }

// pictured are the vehicles with photos, so that each call which changes those
// has one of its own.
var pictured = []string{"HC-301", "HC-302", "HC-303", "HC-304", "HC-305", "HC-306", "HC-307", "HC-308"}

// pictures adds vehicles with two photos each, files that nothing names yet, and
// uploads whose bytes have come. They come last, so that what was there before
// keeps its names.
func (w *World) pictures(ctx context.Context, _ string) error {
	if w.files == nil {
		return nil // whoever wants the world without files
	}
	at := w.clock.ago(0)
	for _, number := range pictured {
		a, err := w.Fleet.Create(ctx, w.Actor, fleet.AssetDetails{Type: "car", Number: number, Make: "Kia", Model: "EV9", Year: 2025, DistanceUnit: "km"}, at)
		if err != nil {
			return err
		}
		w.Assets[number] = a
		for range 2 {
			id, err := w.file(ctx)
			if err == nil {
				_, err = w.App.Photos.Add(ctx, w.Actor, a.ID, id, "", 0, at)
			}
			if err != nil {
				return err
			}
			w.Photos[number] = append(w.Photos[number], id)
		}
	}
	for range 4 {
		id, err := w.file(ctx)
		if err != nil {
			return err
		}
		w.Files = append(w.Files, id)
	}
	for range 2 {
		d := attachment.Draft{Purpose: attachment.Photo, Name: "front.png", Type: attachment.PNG, Size: int64(len(pixel))}
		a, _, err := w.App.Attachments.Begin(ctx, w.Actor, d, at)
		if err == nil {
			key := blob.Key("uploads/" + w.Workspace.ID + "/" + a.ID)
			err = w.files.Put(ctx, key, blob.Info{Type: a.Type, Size: a.Size}, bytes.NewReader([]byte(pixel)))
		}
		if err != nil {
			return err
		}
		w.Arrived = append(w.Arrived, a.ID)
	}
	return nil
}

// file is an attachment that is ready, and nobody's.
func (w *World) file(ctx context.Context) (string, error) {
	return w.fileFor(ctx, attachment.Photo)
}

// fileFor is the same, for a purpose.
func (w *World) fileFor(ctx context.Context, p attachment.Purpose) (string, error) {
	d := attachment.Draft{Purpose: p, Name: "front.png", Type: attachment.PNG}
	a, err := w.App.Attachments.Keep(ctx, w.Actor, d, bytes.NewReader([]byte(pixel)), w.clock.ago(0))
	if err != nil {
		return "", err
	}
	return a.ID, nil
}
