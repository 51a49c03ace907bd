package webhooks

import (
	"net/http"
	"time"

	"motorpool/shared/inbox"
)

// testURLView is a test URL as operators see it.
type testURLView struct {
	ID           string     `json:"id" example:"inb_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	URL          string     `json:"url" doc:"Send anything here, with any method" example:"https://motorpool.example/inbox/x4q…"`
	Name         string     `json:"name"`
	Status       int        `json:"status" doc:"What it answers" example:"200"`
	DelaySeconds float64    `json:"delay_seconds" doc:"How long it waits before it answers"`
	CreatedAt    time.Time  `json:"created_at"`
	ExpiresAt    time.Time  `json:"expires_at" doc:"Then it and what it received are gone"`
	Received     int64      `json:"received" doc:"How many requests it ever received; the latest 100 are kept"`
	LastAt       *time.Time `json:"last_at" doc:"When the latest request came; null if none did"`
	version      int64
}

// ETagVersion makes the ETag.
func (v testURLView) ETagVersion() int64 { return v.version }

func testURLViewOf(i *inbox.Inbox) testURLView {
	v := testURLView{
		ID: i.ID, URL: i.URL, Name: i.Name, Status: i.Status, DelaySeconds: i.Delay.Seconds(),
		CreatedAt: i.Created, ExpiresAt: i.Expires, Received: i.Received, version: i.Version,
	}
	if !i.Last.IsZero() {
		v.LastAt = &i.Last
	}
	return v
}

// testURLBody is what people can say about a test URL.
type testURLBody struct {
	Name         *string  `json:"name,omitempty" maxLength:"100" doc:"A label for people" example:"First try"`
	Status       *int     `json:"status,omitempty" minimum:"200" maximum:"599" doc:"What to answer; 200 unless told otherwise" example:"503"`
	DelaySeconds *float64 `json:"delay_seconds,omitempty" minimum:"0" maximum:"30" doc:"How long to wait before answering" example:"0.5"`
}

func (b testURLBody) settings() inbox.Settings {
	set := inbox.Settings{Name: b.Name, Status: b.Status}
	if b.DelaySeconds != nil {
		d := time.Duration(*b.DelaySeconds * float64(time.Second))
		set.Delay = &d
	}
	return set
}

// testRequestView is one request that a test URL received.
type testRequestView struct {
	ID          string            `json:"id"`
	ReceivedAt  time.Time         `json:"received_at"`
	Method      string            `json:"method" example:"POST"`
	Query       string            `json:"query" doc:"Without the question mark"`
	From        string            `json:"from" doc:"The address it came from"`
	Headers     http.Header       `json:"headers"`
	HeadersCut  bool              `json:"headers_cut" doc:"There were more headers than are kept"`
	Body        []byte            `json:"body" doc:"Base64 of the bytes received"`
	BodyBytes   int64             `json:"body_bytes" doc:"How many bytes were sent, as far as they were read"`
	BodyCut     bool              `json:"body_cut" doc:"There was more body than is kept"`
	Answered    int               `json:"answered" doc:"The status it was answered with"`
	Signature   testSignatureView `json:"signature"`
	WebhookID   string            `json:"webhook_id" doc:"The header of that name, by which a receiver recognises a repetition"`
	WebhookTime string            `json:"webhook_timestamp"`
}

// testSignatureView says whether a request's signature verified when it arrived.
type testSignatureView struct {
	State string `json:"state" enum:"verified,mismatch,unsigned,no_endpoint,unknown"`
	Why   string `json:"why" doc:"A sentence for people"`
}

func testRequestViewOf(r inbox.Request) testRequestView {
	return testRequestView{
		ID: r.ID, ReceivedAt: r.At, Method: r.Method, Query: r.Query, From: r.From,
		Headers: r.Header, HeadersCut: r.HeaderCut, Body: r.Body, BodyBytes: r.Size, BodyCut: r.BodyCut,
		Answered: r.Answered, Signature: testSignatureView(r.Signature),
		WebhookID: r.Header.Get("Webhook-Id"), WebhookTime: r.Header.Get("Webhook-Timestamp"),
	}
}
