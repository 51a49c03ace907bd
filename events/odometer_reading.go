package events

import "time"

// OdometerReading is an actual reading as the outside sees it: the object of
// odometer events and the answer of the API.
type OdometerReading struct {
	ID              string    `json:"id" doc:"The reading's identifier" example:"odo_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Asset           string    `json:"asset" doc:"Whose odometer it is" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Kind            string    `json:"kind" doc:"Somebody read it off the dashboard" enum:"actual"`
	State           string    `json:"state" doc:"Whether it counts" enum:"valid,superseded"`
	Value           int64     `json:"value" doc:"As it was on the dashboard" example:"48210"`
	Unit            string    `json:"unit" doc:"What the dashboard counted" enum:"km,mi" example:"km"`
	Metres          int64     `json:"metres" doc:"The value in metres; miles are rounded to the nearest metre" example:"48210000"`
	TotalMetres     int64     `json:"total_metres" doc:"Metres through all clusters the asset has had; 0 once it is superseded. It moves when earlier readings or late trips do" example:"48210000"`
	ReadAt          time.Time `json:"read_at" doc:"When it was read, to the second"`
	Source          string    `json:"source" enum:"manual,inspection,booking_start,booking_end,import" example:"manual"`
	SourceID        string    `json:"source_id,omitempty" doc:"The inspection or import that it came with"`
	Booking         string    `json:"booking,omitempty" doc:"The booking during which it was read"`
	User            string    `json:"user,omitempty" doc:"Who recorded it" example:"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Note            string    `json:"note,omitempty"`
	ClusterReplaced bool      `json:"cluster_replaced" doc:"It is the first reading of another cluster: the dashboard may show less than before, and the total goes on"`
	SupersededBy    string    `json:"superseded_by,omitempty" doc:"The reading that stands in its place"`
	CreatedAt       time.Time `json:"created_at"`
	Version         int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (r OdometerReading) link() Link {
	return Link{ID: r.ID, Type: "odometer_reading", URL: "/v1/assets/" + r.Asset + "/odometer/readings"}
}
