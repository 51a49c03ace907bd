package events

import "time"

// Inspection is one look at an asset, as the outside sees it: the object of its
// events. What was answered field by field is in the answer of the API.
type Inspection struct {
	ID          string             `json:"id" example:"ins_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Number      string             `json:"number" doc:"What people call it" example:"IN000042"`
	Asset       string             `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Booking     string             `json:"booking,omitempty" doc:"The booking at whose beginning or end it is"`
	Template    string             `json:"template" example:"int_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Edition     int                `json:"edition" doc:"The edition of the template by which was inspected" example:"3"`
	Name        string             `json:"name" doc:"The template's, in that edition" example:"Return of a car"`
	Kind        string             `json:"kind" enum:"handover,return,scheduled,adhoc,transfer" example:"return"`
	State       string             `json:"state" enum:"draft,in_progress,completed,customer_acknowledged,disputed,voided" example:"completed"`
	Inspector   Actor              `json:"inspector" doc:"Who looks"`
	Customer    *InspectionParty   `json:"customer,omitempty" doc:"Who gets the report"`
	Device      string             `json:"device,omitempty" doc:"What it is filled in on" example:"Pixel 9"`
	Place       *InspectionSite    `json:"place,omitempty" doc:"Where, if the inspector permitted it"`
	StartedAt   time.Time          `json:"started_at,omitzero" doc:"As the device says"`
	CompletedAt time.Time          `json:"completed_at,omitzero" doc:"As the device says"`
	ArrivedAt   time.Time          `json:"arrived_at,omitzero" doc:"When that was heard here: later, if the device was offline"`
	Before      string             `json:"before,omitempty" doc:"The inspection with whose damages these were compared"`
	Damages     []InspectionDamage `json:"damages,omitempty" nullable:"false"`
	Gone        []InspectionDamage `json:"gone,omitempty" nullable:"false" doc:"Damages of the inspection before that were not found again"`
	Issues      []string           `json:"issues,omitempty" nullable:"false" doc:"Issues that failed checks raised"`
	Reading     string             `json:"reading,omitempty" doc:"The odometer reading that it wrote"`
	Report      *InspectionReport  `json:"report,omitempty" doc:"The PDF, once it is made"`
	Verdict     *InspectionVerdict `json:"verdict,omitempty" doc:"What the customer says"`
	Addenda     int                `json:"addenda" doc:"How many corrections were added"`
	VoidedAt    time.Time          `json:"voided_at,omitzero"`
	VoidReason  string             `json:"void_reason,omitempty"`
	CreatedAt   time.Time          `json:"created_at"`
	UpdatedAt   time.Time          `json:"updated_at"`
	Version     int64              `json:"version" doc:"Counts the changes; the ETag" example:"7"`
}

func (i Inspection) link() Link {
	return Link{ID: i.ID, Type: "inspection", URL: "/v1/inspections/" + i.ID}
}

// InspectionParty is who gets the report of an inspection.
type InspectionParty struct {
	Name  string `json:"name,omitempty" example:"Ada Byron"`
	Email string `json:"email,omitempty" example:"ada@example.com"`
}

// InspectionSite is where a device said it was, in degrees rounded to a thousandth.
type InspectionSite struct {
	Latitude  string `json:"latitude" example:"-33.868"`
	Longitude string `json:"longitude" example:"151.207"`
}

// InspectionDamage is a damage and where on the vehicle it is.
type InspectionDamage struct {
	ID     string   `json:"id" doc:"Stays the same as long as the damage is found again" example:"dmg_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	View   string   `json:"view" enum:"front,rear,left,right,top,inside" example:"left"`
	X      int      `json:"x" doc:"In thousandths of the view, from its left" example:"610"`
	Y      int      `json:"y" doc:"In thousandths of the view, from its top" example:"540"`
	Type   string   `json:"type" enum:"scratch,dent,crack,chip,broken,missing,stain,tear,other" example:"scratch"`
	Note   string   `json:"note,omitempty"`
	Photos []string `json:"photos,omitempty" nullable:"false" doc:"Attachments"`
	Status string   `json:"status" enum:"new,pre_existing" example:"new"`
	Since  string   `json:"since,omitempty" doc:"The inspection that found it first"`
}

// InspectionReport is the PDF of a completed inspection; its bytes never change.
type InspectionReport struct {
	File   string    `json:"file" doc:"The attachment"`
	SHA256 string    `json:"sha256" doc:"Of its bytes, in hexadecimal"`
	Size   int       `json:"size" doc:"In bytes" example:"184220"`
	MadeAt time.Time `json:"made_at"`
}

// InspectionVerdict is what the customer says of a completed inspection.
type InspectionVerdict struct {
	At      time.Time `json:"at"`
	Name    string    `json:"name" doc:"As they wrote it" example:"Ada Byron"`
	Comment string    `json:"comment,omitempty"`
	By      string    `json:"by,omitempty" doc:"The user who took it down; absent if the customer did it over their link"`
}
