package checkup

import (
	"fmt"
	"net/http"
	"time"

	"motorpool/shared/egress"
)

// How long a receiver may take before it is told so.
const (
	quick = time.Second
	slow  = 5 * time.Second
)

// words are what people read about each card before anything is sent.
var words = map[string]Card{
	RightSignature: {
		Title:    "A right signature is accepted",
		Expected: "A 2xx answer to a message that is signed with the endpoint's secret.",
	},
	WrongSignature: {
		Title:    "A wrong signature is refused",
		Expected: "A 4xx answer, best 401, to a message whose signature was made for other bytes.",
	},
	OldTimestamp: {
		Title:    "An old message is refused",
		Expected: "A 4xx answer to a message that is signed rightly, an hour ago: it could be a recording.",
	},
	DuplicateID: {
		Title:    "A repeated message is accepted again",
		Expected: "A quick 2xx answer to a webhook-id that came before, without doing the work twice.",
	},
	LargeBody: {
		Title:    "A large body does no harm",
		Expected: "A 2xx answer to 1 MiB, or a clear refusal (413). Motorpool itself sends at most 256 KiB.",
	},
	Speed: {
		Title:    "Answers come quickly",
		Expected: "Every answer within a second. The deadline is 15 seconds.",
	},
}

// judges turn what a receiver did into a verdict and advice.
var judges = map[string]func(egress.Result) (Verdict, string){
	RightSignature: judgeRight,
	WrongSignature: func(r egress.Result) (Verdict, string) {
		return judgeRefusal(r, "Anybody can send you such messages. Verify webhook-signature over the raw bytes before you do anything; every Standard Webhooks library does.")
	},
	OldTimestamp: func(r egress.Result) (Verdict, string) {
		return judgeRefusal(r, "Whoever records one message can send it again. Refuse webhook-timestamp when it lies more than five minutes from now.")
	},
	DuplicateID: judgeDuplicate,
	LargeBody:   judgeLarge,
}

func judgeRight(r egress.Result) (Verdict, string) {
	switch {
	case r.Success():
		return Pass, ""
	case r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden || r.Status == http.StatusBadRequest:
		return Fail, "Compare the secret with the one shown here, and verify the raw bytes of the body, not JSON that was parsed and written again."
	case r.Status == http.StatusNotFound || r.Status == http.StatusMethodNotAllowed:
		return Fail, "The server is there, but this path takes no POST. Check the URL."
	case r.Status >= 300 && r.Status <= 399:
		return Fail, "Redirects are not followed. Give the final address as the endpoint's URL."
	case r.Status != 0:
		return Fail, "Look into the receiver's log: it takes the message and then fails."
	}
	return Fail, "Check the URL, that the receiver runs, and that it is reachable from the internet."
}

func judgeRefusal(r egress.Result, advice string) (Verdict, string) {
	switch {
	case r.Status >= 400 && r.Status <= 499:
		return Pass, ""
	case r.Success():
		return Fail, advice
	case r.Status >= 500:
		return Warn, "It is refused by falling over. Answer 4xx, so that a mistake of yours can be told from a stranger's message."
	}
	return Warn, "It is not accepted, but not refused either. Answer 4xx."
}

func judgeDuplicate(r egress.Result) (Verdict, string) {
	switch {
	case r.Success() && r.Took <= slow:
		return Pass, ""
	case r.Success():
		return Warn, "It took long. Remember the webhook-id and answer at once when it comes again."
	case r.Status == http.StatusConflict:
		return Fail, "Answer 2xx to what you have already: a 409 counts as a failure and is sent again and again."
	}
	return Fail, "Messages are delivered at least once. Remember the webhook-id, and answer 2xx when it comes again."
}

func judgeLarge(r egress.Result) (Verdict, string) {
	switch {
	case r.Success(), r.Status == http.StatusRequestEntityTooLarge:
		return Pass, ""
	case r.Status >= 400 && r.Status <= 499:
		return Warn, "It is refused, but not as too large. Allow bodies of at least 256 KiB, and answer 413 to larger ones."
	}
	return Warn, "Allow bodies of at least 256 KiB, and answer 413 to larger ones instead of breaking off."
}

// judgeSpeed looks at the answers to messages that a receiver has to take.
func judgeSpeed(slowest time.Duration) (Verdict, string) {
	const advice = "Put the message into a queue, answer 200, and do the work after that."
	switch {
	case slowest <= quick:
		return Pass, ""
	case slowest <= slow:
		return Warn, advice
	}
	return Fail, "Close to the deadline a busy day turns into failures. " + advice
}

// told is what a receiver did, in words.
func told(r egress.Result) string {
	if r.Status == 0 {
		return r.Reason
	}
	text := http.StatusText(r.Status)
	if text != "" {
		text = " " + text
	}
	return fmt.Sprintf("%d%s after %s.", r.Status, text, short(r.Took))
}

func short(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
