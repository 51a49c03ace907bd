package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"testing"
	"time"

	"motorpool/shared/attachment"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/location"
	"motorpool/shared/odometer"
	"motorpool/shared/photo"
)

// TestADuplicateHasTheLastReadingAndThePhotos: copies of its own, that stay when
// the original lets go of its photos; and no device.
func TestADuplicateHasTheLastReadingAndThePhotos(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	a, err := d.Fleet.Create(ctx, d.actor, fleet.AssetDetails{Type: "car", Make: "Kia", Model: "EV6", Number: "7"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	for km, ago := range map[int64]time.Duration{40_000: 48 * time.Hour, 41_268: time.Hour} {
		if _, _, err := d.Odometer.Record(ctx, d.actor, a.ID, odometer.Draft{Value: km, ReadAt: d.now.Add(-ago)}, d.now); err != nil {
			t.Fatal(err)
		}
	}
	for _, alt := range []string{"Front", "Rear"} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
			t.Fatal(err)
		}
		f, err := d.Attachments.Keep(ctx, d.actor, attachment.Draft{Purpose: attachment.Photo, Name: "a.png", Type: attachment.PNG}, &b, d.now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Photos.Add(ctx, d.actor, a.ID, f.ID, alt, 0, d.now); err != nil {
			t.Fatal(err)
		}
	}
	yes := true
	b, err := d.Fleet.Duplicate(ctx, d.actor, a.ID, fleet.With{Odometer: &yes, Photos: true}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	readings, _, err := d.Odometer.Readings(ctx, d.actor, b.ID, "", "", 10)
	if err != nil || len(readings) != 1 || readings[0].Value != 41_268 || !readings[0].ReadAt.Equal(d.now.Add(-time.Hour)) {
		t.Errorf("readings %v, %v", readings, err)
	}
	was, err := d.Photos.Album(ctx, d.actor, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for was.Version > 0 && len(was.Photos) > 0 {
		if was, err = d.Photos.Remove(ctx, d.actor, a.ID, was.Photos[0].ID, 0, d.now); err != nil {
			t.Fatal(err)
		}
	}
	d.now = d.now.Add(48 * time.Hour)
	if err := d.Attachments.Sweep(ctx, d.actor.Workspace, d.now); err != nil {
		t.Fatal(err)
	}
	is, err := d.Photos.Album(ctx, d.actor, b.ID)
	if err != nil || len(is.Photos) != 2 || is.Photos[0].Alt != "Front" || is.Photos[1].Alt != "Rear" || is.Version != 1 || b.Cover != is.Photos[0].ID {
		t.Fatalf("album %+v, %v, cover %s", is, err, b.Cover)
	}
	for _, p := range is.Photos {
		for _, size := range []int{attachment.Small, attachment.Medium, attachment.Large} {
			f, err := d.Attachments.OpenRendition(ctx, d.actor.Workspace, p.ID, size)
			if err != nil {
				t.Fatal(p.Alt, size, err)
			}
			if n, err := io.Copy(io.Discard, f); err != nil || n == 0 {
				t.Error(p.Alt, size, n, err)
			}
			f.Close()
		}
	}
}

// TestFilesOfACopyThatNeverCameAreSwept: they are nobody's.
func TestFilesOfACopyThatNeverCameAreSwept(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	f, err := d.Attachments.Keep(ctx, d.actor, attachment.Draft{Purpose: attachment.Photo, Name: "a.png", Type: attachment.PNG}, &b, d.now)
	if err != nil {
		t.Fatal(err)
	}
	id, _, err := d.Attachments.Copy(ctx, d.actor, f.ID, "ast_1", d.now) // and its op is lost
	if err != nil {
		t.Fatal(err)
	}
	if f, _, err := d.Attachments.Open(ctx, d.actor.Workspace, id); err != nil {
		t.Fatal(err)
	} else {
		f.Close()
	}
	d.now = d.now.Add(48 * time.Hour)
	if err := d.Attachments.Sweep(ctx, d.actor.Workspace, d.now); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Attachments.Open(ctx, d.actor.Workspace, id); err == nil {
		t.Error("it is there for ever")
	}
}

// TestACopyIsOneWriteOrNone: with all photos it is, unless the asset is in as many
// categories and places as there may be; without them, it is even then.
func TestACopyIsOneWriteOrNone(t *testing.T) {
	t.Parallel()
	d, ctx := newDepot(t), t.Context()
	say := fleet.AssetDetails{Type: "car", Make: "Kia", Model: "EV6", Number: "7", HomeLocation: d.home.ID}
	for i := range 20 {
		c, err := d.Fleet.CreateCategory(ctx, d.actor, fleet.CategoryDetails{Name: fmt.Sprint("Category ", i)}, d.now)
		if err != nil {
			t.Fatal(err)
		}
		say.Categories = append(say.Categories, c.ID)
	}
	say.PrimaryCategory = say.Categories[0]
	for i := range 20 {
		l, err := d.Locations.Create(ctx, d.actor, location.Details{Name: fmt.Sprint("Location ", i)}, d.now)
		if err != nil {
			t.Fatal(err)
		}
		say.AvailableLocations = append(say.AvailableLocations, l.ID)
	}
	a, err := d.Fleet.Create(ctx, d.actor, say, d.now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Odometer.Record(ctx, d.actor, a.ID, odometer.Draft{Value: 1}, d.now); err != nil {
		t.Fatal(err)
	}
	for range photo.Max {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
			t.Fatal(err)
		}
		f, err := d.Attachments.Keep(ctx, d.actor, attachment.Draft{Purpose: attachment.Photo, Name: "a.png", Type: attachment.PNG}, &b, d.now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Photos.Add(ctx, d.actor, a.ID, f.ID, "", 0, d.now); err != nil {
			t.Fatal(err)
		}
	}
	yes := true
	if _, err := d.Fleet.Duplicate(ctx, d.actor, a.ID, fleet.With{Odometer: &yes, Photos: true}, d.now); fault.CodeOf(err) != "asset.copy_too_large" {
		t.Errorf("got %v", err)
	}
	if all, _, err := d.Fleet.Assets(ctx, d.actor, fleet.AssetFilter{At: d.now}, "", 10); err != nil || len(all) != 1 {
		t.Errorf("%d assets, %v", len(all), err)
	}
	if _, err := d.Fleet.Duplicate(ctx, d.actor, a.ID, fleet.With{Odometer: &yes}, d.now); err != nil {
		t.Error(err)
	}
	fewer := func(d *fleet.AssetDetails) error { d.AvailableLocations = d.AvailableLocations[:2]; return nil }
	if _, err := d.Fleet.Edit(ctx, d.actor, a.ID, fewer, 0, d.now); err != nil {
		t.Fatal(err)
	}
	b, err := d.Fleet.Duplicate(ctx, d.actor, a.ID, fleet.With{Odometer: &yes, Photos: true}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	if is, err := d.Photos.Album(ctx, d.actor, b.ID); err != nil || len(is.Photos) != photo.Max {
		t.Errorf("%d photos, %v", len(is.Photos), err)
	}
}
