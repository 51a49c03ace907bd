package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Still serves what is the same for everybody and changes only with the product:
// it is made when it is asked for first, and has an ETag. What cannot be made is
// a 500, and its reason is in the log.
func Still(contentType string, written func() ([]byte, error)) http.HandlerFunc {
	content := sync.OnceValues(written)
	return func(w http.ResponseWriter, r *http.Request) {
		text, err := content()
		if err != nil {
			slog.ErrorContext(r.Context(), "the docs lack a page", "path", r.URL.Path, "error", err.Error())
			http.Error(w, "This page could not be made. Please tell us.", http.StatusInternalServerError)
			return
		}
		sum := sha256.Sum256(text)
		h := w.Header()
		PageHeaders(h)
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Type", contentType)
		h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
	}
}
