package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"net/http"
	"net/url"
	"strings"
)

// inspection is a return that was looked at all around: photos, a damage, a check
// that failed, a signature. Its report is made from it.
func (c *story) inspection() {
	var templates struct {
		Data []struct{ ID, Kind string }
	}
	c.call(http.MethodPost, "/v1/inspection-templates/starters", map[string]any{}, &templates)
	back := ""
	for _, t := range templates.Data {
		if t.Kind == "return" {
			back = t.ID
		}
	}
	var made struct{ ID string }
	c.call(http.MethodPost, "/v1/inspections", map[string]any{
		"asset": c.assets["HC-107"], "template": back, "device": "Pixel 9", "place": map[string]any{"latitude": "-33.936", "longitude": "151.167"},
	}, &made)
	around := []map[string]any{}
	for i, angle := range []string{"Front", "Right", "Rear", "Left"} {
		around = append(around, map[string]any{"file": c.evidence(angle, car(i%2 == 1)), "angle": angle})
	}
	pass := map[string]any{"choice": "pass"}
	c.call(http.MethodPatch, "/v1/inspections/"+made.ID+"/answers", map[string]any{"answers": map[string]any{
		"odometer": map[string]any{"odometer": 31_402}, "level": map[string]any{"level": 65},
		"damage": map[string]any{"marks": []any{map[string]any{"view": "rear", "x": 310, "y": 640, "type": "scratch", "note": "10 cm, not down to the primer"}}},
		"photos": map[string]any{"photos": around}, "tread": map[string]any{"number": "4.5"},
		"tyres": pass, "glass": pass, "lights": pass, "belts": pass, "warnings": pass, "equipment": pass,
		"clean":              map[string]any{"choice": "fail", "note": "Sand on both back seats", "photos": []any{map[string]any{"file": c.evidence("seats", car(true))}}},
		"remarks":            map[string]any{"text": "The customer was there and has seen the scratch."},
		"customer_signature": map[string]any{"signature": map[string]any{"name": "Ada Byron", "lines": [][]int{{120, 260, 210, 120, 300, 280, 390, 130, 520, 250, 640, 190, 820, 230}}}},
		"staff_signature":    map[string]any{"signature": map[string]any{"name": "Mia Larsen", "lines": [][]int{{150, 230, 240, 140, 330, 250, 420, 140, 510, 240, 760, 170}}}},
	}}, nil)
	c.call(http.MethodPost, "/v1/inspections/"+made.ID+"/complete", map[string]any{}, nil)
}

// evidence uploads a picture and returns its id.
func (c *story) evidence(name string, picture image.Image) string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil && c.err == nil {
		c.err = fmt.Errorf("demo data: %w", err)
	}
	var begun struct {
		ID     string
		Upload struct {
			Method, URL string
			Headers     map[string]string
		}
	}
	c.call(http.MethodPost, "/v1/uploads", map[string]any{"purpose": "evidence", "name": name + ".jpg", "type": "image/jpeg", "size": b.Len()}, &begun)
	if c.err != nil {
		return ""
	}
	c.err = c.send(begun.Upload.Method, begun.Upload.URL, begun.Upload.Headers, &b)
	c.call(http.MethodPost, "/v1/uploads/"+begun.ID+"/complete", map[string]any{}, nil)
	return begun.ID
}

// send carries a file's bytes to where they are to arrive. A machine takes them
// itself, by whatever name it is reached from outside.
func (c *story) send(method, to string, headers map[string]string, body *bytes.Buffer) error {
	if at, err := url.Parse(to); err == nil && strings.HasPrefix(at.Path, "/files/") {
		to = c.URL + at.RequestURI()
	}
	req, err := http.NewRequestWithContext(c.ctx, method, to, body)
	if err != nil {
		return err
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("demo data: a photo was not taken: %s", res.Status)
	}
	return nil
}

// car is a drawing that stands for a photo: from its side, or from an end.
func car(side bool) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	fill := func(r image.Rectangle, c color.RGBA) { draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src) }
	disc := func(x, y, radius int, c color.RGBA) {
		for dy := -radius; dy <= radius; dy++ {
			for dx := -radius; dx <= radius; dx++ {
				if dx*dx+dy*dy <= radius*radius {
					m.SetRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
	sky, road, paint, glass := color.RGBA{205, 220, 228, 255}, color.RGBA{122, 126, 130, 255}, color.RGBA{34, 98, 118, 255}, color.RGBA{226, 238, 242, 255}
	black, lamp := color.RGBA{28, 30, 32, 255}, color.RGBA{240, 214, 130, 255}
	fill(m.Bounds(), sky)
	fill(image.Rect(0, 560, 1200, 800), road)
	left, right := 380, 820
	if side {
		left, right = 180, 1020
	}
	fill(image.Rect(left, 390, right, 580), paint)
	fill(image.Rect(left+90, 260, right-130, 400), paint)
	fill(image.Rect(left+115, 285, right-155, 385), glass)
	for _, x := range []int{left + 110, right - 110} {
		disc(x, 590, 70, black)
		disc(x, 590, 32, glass)
	}
	disc(left+30, 440, 24, lamp)
	disc(right-30, 440, 24, lamp)
	return m
}
