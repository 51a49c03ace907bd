package events

import "time"

// MaintenanceWindow is a time in which an asset is not free, as the outside sees
// it: the object of its events and the answer of the API.
type MaintenanceWindow struct {
	ID           string    `json:"id" example:"mtw_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Asset        string    `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	StartsAt     time.Time `json:"starts_at" doc:"From this instant on the asset is not free"`
	EndsAt       time.Time `json:"ends_at,omitzero" doc:"The first instant at which it is free again; absent while that is open"`
	Reason       string    `json:"reason" enum:"service,repair,damage,registration,internal,sale_prep,other" example:"service"`
	Note         string    `json:"note,omitempty"`
	Issue        string    `json:"issue,omitempty" doc:"The issue that it is for" example:"iss_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Reminder     string    `json:"reminder,omitempty" doc:"The service reminder that it is for" example:"rem_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Vendor       string    `json:"vendor,omitempty" example:"Northside Auto"`
	Cost         *Money    `json:"cost,omitempty"`
	Acknowledged []string  `json:"acknowledged,omitempty" nullable:"false" doc:"The bookings and other windows that somebody agreed it may overlap"`
	State        string    `json:"state" enum:"planned,in_progress,completed,cancelled" example:"planned"`
	StartedAt    time.Time `json:"started_at,omitzero" doc:"When the work began"`
	EndedAt      time.Time `json:"ended_at,omitzero" doc:"When it was completed or cancelled"`
	CreatedAt    time.Time `json:"created_at"`
	UpdatedAt    time.Time `json:"updated_at"`
	Version      int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (w MaintenanceWindow) link() Link {
	return Link{ID: w.ID, Type: "maintenance_window", URL: "/v1/maintenance-windows/" + w.ID}
}
