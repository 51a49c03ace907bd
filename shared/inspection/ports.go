package inspection

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/table"
)

// Vehicles knows the fleet.
type Vehicles interface {
	// Vehicle returns what an inspection needs to know of an asset. One that is not
	// there, or that the actor may not see, is fault.NotFound.
	Vehicle(ctx context.Context, actor access.Actor, asset string) (Vehicle, error)
	// Refer returns the op that holds the asset, in service.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
}

// Vehicle is an asset, as far as it is inspected.
type Vehicle struct {
	Title, Type, VIN, Plate string
	Unit                    string // km or mi
	Categories, Locations   []string
}

// Odometers keeps readings.
type Odometers interface {
	// Record returns the ops that write an actual reading, and its id.
	Record(ctx context.Context, actor access.Actor, r Reading, at time.Time) (string, []table.Op, error)
}

// Reading is what an odometer showed.
type Reading struct {
	Asset, Inspection, Booking string
	Value                      int64 // in the asset's unit
	ReadAt                     time.Time
	Confirm                    bool   // whoever says it has looked twice at a jump
	Replaced                   bool   // the cluster was replaced, and Note says why
	Note                       string // may be empty
}

// Issues keeps what is wrong with assets.
type Issues interface {
	// Raise returns the ops that write an issue, and its id.
	Raise(ctx context.Context, actor access.Actor, i Issue, at time.Time) (string, []table.Op, error)
}

// Issue is what failed.
type Issue struct {
	Asset, Inspection, Booking, Title, Description, Type, Severity, ReportedBy string
	ReportedAt                                                                 time.Time
	Photos                                                                     []string // of the check, and the inspection's: at most 20
}

// Files keeps what was uploaded, and the reports.
type Files interface {
	// Use returns the op by which a ready attachment comes to belong to by.
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)
	// Facts returns the SHA-256 of a file as it came, and when it was taken as far
	// as it says so itself.
	Facts(ctx context.Context, workspace, id string) (sha256 string, taken time.Time, err error)
	// Picture returns a JPEG of a photo, not much larger than 1,024 pixels.
	Picture(ctx context.Context, workspace, id string) ([]byte, error)
	// Make stores a PDF of ours, and returns its id and the op that makes it owner's.
	Make(ctx context.Context, workspace, name string, body []byte, owner string, at time.Time) (string, table.Op, error)
	// Link returns an address that shows a file for some minutes: 320, 1024 or 2048
	// pixels of a picture, or 0 for the file itself.
	Link(ctx context.Context, workspace, id string, rendition int) (string, error)
}

// Printer writes a report as PDF, with the pictures that picture returns; nil is
// one that is not to be had. The same sheet and pictures make the same bytes.
type Printer func(s *Sheet, picture func(file string) []byte) ([]byte, error)

// Letters writes to people.
type Letters interface {
	// Report returns the op that asks for a letter with a link to a report.
	Report(ctx context.Context, workspace string, l Letter) (table.Op, error)
}

// Letter leads a customer to their report.
type Letter struct {
	Email, Name, By string
	Link            string // a path of the console
	Asked, Expires  time.Time
}
