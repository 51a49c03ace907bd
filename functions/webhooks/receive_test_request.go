package webhooks

import (
	"net/http"

	"motorpool/shared/api"
	"motorpool/shared/inbox"
)

// ReceiveTestRequest takes whatever is sent to a test URL, with any method, and
// answers as the inbox was told to.
var ReceiveTestRequest = api.Route{
	Name:    "webhooks.receive_test_request",
	Path:    "/inbox/{token}",
	Summary: "Receive a request at a test URL",
	About: "Anybody who knows the token may send. Nothing received is trusted, and what is too large is cut. " +
		"A browser that opens the address is sent to the page of the test URL, which asks for a sign-in.",
	Door:    api.OpenDoor,
	MaxBody: 2 << 20,
	Faults:  []string{"inbox.not_found", "inbox.rate", "table.busy"},
	Handle:  api.Raw(receiveTestRequest),
}

func receiveTestRequest(w http.ResponseWriter, r *http.Request, c *api.Call) {
	token := r.PathValue("token")
	if inbox.WantsPage(r) {
		if i, err := c.Inboxes.Find(r.Context(), token); err == nil {
			http.Redirect(w, r, "/settings/webhooks/test-urls/"+i.ID, http.StatusSeeOther)
			return
		}
	}
	c.Inboxes.Serve(w, r, token, c.Now)
}
