package console

import (
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
)

// Static hands out the stylesheet, the scripts and the icons.
var Static = api.Route{
	Name:    "console.static",
	Method:  http.MethodGet,
	Path:    "/static/{version}/{file}",
	Summary: "A static file of the console",
	Door:    api.OpenDoor,
	Handle:  api.Raw(staticFile),
}

func staticFile(w http.ResponseWriter, r *http.Request, _ *api.Call) {
	if r.PathValue("version") == look.StaticVersion() {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'") // an SVG opened by itself
	http.ServeFileFS(w, r, look.Static(), r.PathValue("file"))
}
