package deliveries

import (
	"net/http"

	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// DeliveryPayload hands out the bytes of a delivery, exactly as they are sent.
var DeliveryPayload = api.Route{
	Name:    "console.delivery_payload",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/deliveries/{id}/payload",
	Summary: "The exact bytes of a delivery",
	Allow:   access.ViewWebhooks,
	Door:    api.SessionDoor,
	Handle:  api.Raw(deliveryPayload),
}

func deliveryPayload(w http.ResponseWriter, r *http.Request, c *api.Call) {
	id := r.PathValue("id")
	d, err := c.Webhooks.Delivery(r.Context(), c.Actor.Workspace, id, c.Now)
	var body []byte
	if err == nil {
		body, err = c.Webhooks.Payload(r.Context(), d)
	}
	if err != nil {
		http.Redirect(w, r, record.DeliveryPath(id), http.StatusSeeOther) // its page says what is wrong
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="`+d.Event.Type+`.json"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body) // who went away needs no answer
}
