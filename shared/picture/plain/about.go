package plain

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"motorpool/shared/picture"
)

var formats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP, "image/heic": imagemeta.HEIF,
}

// tags reads what we look at of a picture's EXIF; nothing of what is broken.
func tags(kind string, file []byte) (t imagemeta.Tags) {
	format, ok := formats[kind]
	if !ok {
		return t
	}
	defer func() {
		if recover() != nil {
			t = imagemeta.Tags{}
		}
	}()
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(file), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(i imagemeta.TagInfo) bool { return wanted[i.Tag] && !strings.HasPrefix(i.Namespace, "IFD1") }, // not the thumbnail's
		HandleTag:       func(i imagemeta.TagInfo) error { t.Add(i); return nil },
		Warnf:           func(string, ...any) {},
		LimitNumTags:    2000, LimitTagSize: 10_000, Timeout: 5 * time.Second,
	})
	_ = err // what was read before something broke is as good as the rest: it proves nothing either way
	return t
}

var wanted = map[string]bool{
	"Orientation": true, "DateTimeOriginal": true, "OffsetTimeOriginal": true,
	"GPSLatitude": true, "GPSLatitudeRef": true, "GPSLongitude": true, "GPSLongitudeRef": true,
}

// orientation is how a picture has to be turned; 1 if it does not say, or says
// something that there is not.
func orientation(kind string, file []byte) int {
	t := tags(kind, file)
	e := t.EXIF()
	var n int
	if _, err := fmt.Sscan(fmt.Sprint(e["Orientation"].Value), &n); err != nil || n < 1 || n > 8 {
		return 1
	}
	return n
}

// About is as picture.Studio says.
func (s *Studio) About(kind string, file []byte) (a picture.About) {
	t := tags(kind, file)
	e := t.EXIF()
	clock := text(e["DateTimeOriginal"].Value)
	if at, err := time.Parse("2006:01:02 15:04:05", clock); err == nil {
		a.Taken = at
		if at, err := time.Parse("2006:01:02 15:04:05-07:00", clock+text(e["OffsetTimeOriginal"].Value)); err == nil {
			a.Taken, a.TakenZone = at, true
		}
	}
	if y := a.Taken.Year(); y < 1970 || y > 2200 {
		a.Taken, a.TakenZone = time.Time{}, false
	}
	_, hasLat := e["GPSLatitude"]
	_, hasLon := e["GPSLongitude"]
	lat, lon, err := t.GetLatLong()
	if err == nil && hasLat && hasLon && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		a.Latitude, a.Longitude = fmt.Sprintf("%.6f", lat), fmt.Sprintf("%.6f", lon)
	}
	return a
}

func text(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(strings.Trim(s, "\x00"))
}
