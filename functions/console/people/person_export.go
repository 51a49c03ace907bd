package people

import (
	"encoding/json"
	"net/http"

	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonExport hands out everything that is held on a customer, as a file.
var PersonExport = api.Route{
	Name:    "console.person_export",
	Method:  http.MethodPost,
	Path:    "/people/{id}/export",
	Summary: "Everything that is held on a person",
	Allow:   access.AnonymisePeople,
	Door:    api.SessionDoor,
	Handle:  api.Raw(personExport),
}

func personExport(w http.ResponseWriter, r *http.Request, c *api.Call) {
	id := r.PathValue("id")
	held, err := c.People.Export(r.Context(), c.Actor, id, c.Now)
	var body []byte
	if err == nil {
		body, err = json.MarshalIndent(held, "", "  ")
	}
	if err != nil {
		http.Redirect(w, r, record.PersonPath(id), http.StatusSeeOther) // their page says what is wrong
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="person.json"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body) // who went away needs no answer
}
