package events

import "time"

// Journey is a trip as events tell of it. Where it began and ended is personal
// data, and only in the answers of the API.
type Journey struct {
	ID            string    `json:"id" doc:"The journey's identifier" example:"jny_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Device        string    `json:"device" doc:"What reported it" example:"dev_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Provider      string    `json:"provider" example:"teltonika"`
	Serial        string    `json:"serial" example:"352093081452321"`
	Asset         string    `json:"asset,omitempty" doc:"What drove: the asset that the device was in when it began" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	StartedAt     time.Time `json:"started_at"`
	EndedAt       time.Time `json:"ended_at"`
	Metres        int64     `json:"metres" example:"12450"`
	IgnoredReason string    `json:"ignored_reason,omitempty" doc:"Why it counts for nothing: impossible (too fast), unassigned (the device was in no asset), other_device (another device of the asset counts)" enum:"impossible,unassigned,other_device"`
	AfterBilling  bool      `json:"after_billing" doc:"It came after its period was billed: it is on the odometer and on no invoice"`
	ReceivedAt    time.Time `json:"received_at"`
	Version       int64     `json:"version" doc:"Always 1: a journey never changes" example:"1"`
}

func (j Journey) link() Link {
	return Link{ID: j.ID, Type: "journey", URL: "/v1/devices/" + j.Device + "/journeys"}
}
