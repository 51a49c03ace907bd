package workers

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
)

// SendLetter hands a letter to the mail server.
var SendLetter = api.Consumer{
	Name:  "workers.send_letter",
	About: "Hands a letter to the mail server; what the server cannot take now is tried again later, what it never will is marked as failed.",
	Queue: "letters",
	Handle: func(ctx context.Context, j *api.Job, body json.RawMessage) error {
		return j.Letters.Send(ctx, body, j.Now)
	},
}
