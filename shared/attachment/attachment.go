// Package attachment keeps the files that people upload, from the first byte to
// the last.
//
// Somebody begins an upload and says what it is for; the bytes go straight to
// the store; Complete looks at them, and from then on the attachment is ready or
// refused, for good. A noun that needs a file uses a ready one: it writes the op
// of Use along with its own change, and the attachment has an owner. What holds
// at all times:
//
//   - what is served is what was checked: the checked bytes are written under a
//     key that no upload can reach, and never change;
//   - a photo or logo that is served was drawn anew, so nothing of the file that
//     came is in it but what can be seen;
//   - evidence is kept to the last bit, with its SHA-256; what is shown of it are
//     renditions;
//   - an attachment has one owner, who says who may see it;
//   - what nobody owns is gone a day after it was begun.
//
// Who may see a file is for its owner to say: Link asks nobody.
package attachment

import (
	"time"

	"motorpool/shared/access"
)

// Attachment is one file that somebody uploaded, or is about to.
type Attachment struct {
	ID        string       `json:"id"`
	Workspace string       `json:"workspace"`
	Purpose   Purpose      `json:"purpose"`
	Name      string       `json:"name"` // harmless, with the ending of its type
	Type      string       `json:"type"` // as announced; once it is ready: what it is
	Size      int64        `json:"size"` // bytes, as announced; once it is ready: of what was sent
	State     State        `json:"state"`
	Code      string       `json:"code,omitempty"`   // why it was refused, for programs
	Reason    string       `json:"reason,omitempty"` // why it was refused, for people
	SHA256    string       `json:"sha256,omitempty"` // of what was sent, in hexadecimal
	Width     int          `json:"width,omitempty"`  // pixels of a picture, upright
	Height    int          `json:"height,omitempty"`
	Drawn     bool         `json:"drawn,omitempty"` // there are renditions
	Taken     *Capture     `json:"taken,omitempty"` // of evidence: what its metadata says
	Owner     string       `json:"owner,omitempty"` // the id of what it belongs to
	By        access.Actor `json:"by"`
	Created   time.Time    `json:"created"`
	Expires   time.Time    `json:"expires"` // until when bytes may arrive
	Completed time.Time    `json:"completed,omitzero"`
	Version   int64        `json:"-"`
}

// State says how far an attachment is.
type State string

// The states. Ready and Refused are for good; what is Gone is being swept.
const (
	Waiting State = "waiting" // for its bytes, or to be completed
	Ready   State = "ready"
	Refused State = "refused"
	Gone    State = "gone"
)

// Capture is what the metadata of a picture says of how it was taken. It proves
// nothing.
type Capture struct {
	At        time.Time `json:"at,omitzero"`
	Zoned     bool      `json:"zoned,omitempty"` // At has the camera's offset from UTC; otherwise it is its clock's reading
	Latitude  string    `json:"latitude,omitempty"`
	Longitude string    `json:"longitude,omitempty"`
}

// Draft is what somebody says of a file before it is there.
type Draft struct {
	Purpose Purpose
	Name    string // what it was called where it came from
	Type    string // media type
	Size    int64  // bytes
}

// Renditions of a picture, by the longer side. Whole is the file itself.
const (
	Whole  = 0
	Small  = 320
	Medium = 1024
	Large  = 2048
)

// SeenBy reports whether the actor may ask about a as an upload. A file has no
// location of its own: who is bound to some sees what they themselves sent, and
// all others by the things that they belong to.
func (a *Attachment) SeenBy(actor access.Actor) bool {
	return a.Purpose.MayUpload(actor) && (len(actor.Locations) == 0 || a.By.Kind == actor.Kind && a.By.ID == actor.ID)
}
