package home

import (
	"bytes"
	"net/http"
	"strings"
	"time"

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
	w.Header().Set("Vary", "Accept-Encoding")
	name := r.PathValue("file")
	packed, ok := look.Packed(name)
	if !ok || !takesGzip(r) {
		w.Header().Set("ETag", `"`+look.StaticVersion()+`"`)
		http.ServeFileFS(w, r, look.Static(), name)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("ETag", `"`+look.StaticVersion()+`-gzip"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(packed))
}

// takesGzip reports whether the browser asks for gzip without a reservation. API
// Gateway does not compress what Lambdas answer.
func takesGzip(r *http.Request) bool {
	for way := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		if strings.TrimSpace(way) == "gzip" {
			return true
		}
	}
	return false
}
