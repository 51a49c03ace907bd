package main

import (
	"strings"

	"motorpool/infra/aws/seed"
)

// filesBoundary parts a form with files.
const filesBoundary = "motorpool-files"

// picture is what a form says of a photo beside its name.
const picture = "; filename=\"front.png\"\r\nContent-Type: image/png"

// formPart is a field of a form with files; more follows its name.
func formPart(name, more, content string) string {
	return "--" + filesBoundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + content + "\r\n"
}

// pictureAsks are about photos, and files on their way in.
func pictureAsks(w *seed.World) map[string]ask {
	of := func(number string) string { return w.Assets[number].ID }
	one := func(number string) string { return of(number) + "/" + w.Photos[number][0] }
	turned := func(number string) []string { return []string{w.Photos[number][1], w.Photos[number][0]} }
	announced := map[string]any{"purpose": "photo", "name": "front.jpg", "type": "image/jpeg", "size": 2418231}
	return map[string]ask{
		"fleet.add_photo":      {at: of("HC-301"), bare: true, body: map[string]any{"file": w.Files[0], "alt": "Front left, doors closed"}},
		"fleet.describe_photo": {at: one("HC-302")},
		"fleet.list_photos":    {at: of("HC-302")},
		"fleet.order_photos":   {at: of("HC-303"), bare: true, body: map[string]any{"photos": turned("HC-303")}},
		"fleet.remove_photo":   {at: one("HC-304")},

		"console.asset_photo_add":      {at: of("HC-305"), form: "file=" + w.Files[1]},
		"console.asset_photo_describe": {at: one("HC-302"), form: "alt=Front+left"},
		"console.asset_photo_move":     {at: one("HC-306"), form: "by=1"},
		"console.asset_photo_order":    {at: of("HC-307"), form: "photo=" + strings.Join(turned("HC-307"), "&photo=")},
		"console.asset_photo_remove":   {at: one("HC-308")},
		"console.asset_photos":         {at: of("HC-302")},
		"console.category_image":       {at: w.Categories["family-cars"].ID, form: "file=" + w.Files[2]},

		"uploads.begin":         {bare: true, body: announced},
		"uploads.begin_here":    {body: announced},
		"uploads.complete":      {at: w.Arrived[0]},
		"uploads.complete_here": {at: w.Arrived[1]},
		"uploads.get":           {at: w.Files[0]},
		"uploads.send": {parts: formPart("to", "", "/assets/"+of("HC-302")+"/photos") + formPart("purpose", "", "photo") +
			formPart("files", picture, seed.Pixel()) + "--" + filesBoundary + "--\r\n"},
	}
}
