package uploads

import (
	"net/http"
	"strconv"
	"time"

	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/blob"
)

// uploadView is an attachment as answers show it.
type uploadView struct {
	ID          string             `json:"id" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	Purpose     attachment.Purpose `json:"purpose" example:"photo"`
	State       attachment.State   `json:"state" enum:"waiting,ready,refused" doc:"Ready and refused are for good"`
	Name        string             `json:"name" doc:"Made harmless, with the ending of its type" example:"front.jpg"`
	Type        string             `json:"type" example:"image/jpeg"`
	Size        int64              `json:"size" doc:"Bytes, of what was sent" example:"2418231"`
	Code        string             `json:"code,omitempty" doc:"Why it was refused" example:"attachment.type"`
	Reason      string             `json:"reason,omitempty" doc:"Why it was refused, in words"`
	SHA256      string             `json:"sha256,omitempty" doc:"Of what was sent"`
	Width       int                `json:"width,omitempty" doc:"Pixels of a picture, upright" example:"4032"`
	Height      int                `json:"height,omitempty" example:"3024"`
	TakenAt     time.Time          `json:"taken_at,omitzero" doc:"Of evidence: when it was taken, as its metadata says"`
	Latitude    string             `json:"latitude,omitempty" doc:"Of evidence: where it was taken, as its metadata says" example:"-33.856800"`
	Longitude   string             `json:"longitude,omitempty" example:"151.215300"`
	Used        bool               `json:"used" doc:"It belongs to something. What does not is gone a day after it was begun"`
	CreatedAt   time.Time          `json:"created_at"`
	ExpiresAt   time.Time          `json:"expires_at" doc:"Until when its bytes may arrive"`
	CompletedAt time.Time          `json:"completed_at,omitzero"`
}

func viewOf(a *attachment.Attachment) uploadView {
	if a == nil {
		return uploadView{}
	}
	v := uploadView{
		ID: a.ID, Purpose: a.Purpose, State: a.State, Name: a.Name, Type: a.Type, Size: a.Size, Code: a.Code, Reason: a.Reason,
		SHA256: a.SHA256, Width: a.Width, Height: a.Height, Used: a.Owner != "", CreatedAt: a.Created, ExpiresAt: a.Expires, CompletedAt: a.Completed,
	}
	if t := a.Taken; t != nil {
		v.TakenAt, v.Latitude, v.Longitude = t.At, t.Latitude, t.Longitude
	}
	return v
}

// beginBody says what is to come.
type beginBody struct {
	Purpose string `json:"purpose" enum:"photo,document,evidence,receipt,logo,import" doc:"What the file is for; it says what the file may be, and who may use it"`
	Name    string `json:"name" maxLength:"500" example:"front.jpg"`
	Type    string `json:"type" maxLength:"100" doc:"Media type" example:"image/jpeg"`
	Size    int64  `json:"size" doc:"Bytes" example:"2418231"`
}

func (b beginBody) draft() attachment.Draft {
	return attachment.Draft{Purpose: attachment.Purpose(b.Purpose), Name: b.Name, Type: b.Type, Size: b.Size}
}

// beginOutput says how to send the bytes.
type beginOutput struct {
	ID        string     `json:"id" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	Upload    uploadHow  `json:"upload"`
	ExpiresAt time.Time  `json:"expires_at" doc:"Until when the bytes may arrive"`
	State     uploadView `json:"attachment"`
}

// uploadHow is the request that carries the bytes.
type uploadHow struct {
	Method  string            `json:"method" example:"PUT"`
	URL     string            `json:"url" example:"https://files.example.com/uploads/…"`
	Headers map[string]string `json:"headers" doc:"To be sent exactly so"`
}

func begun(a *attachment.Attachment, how blob.Request, err error) (beginOutput, error) {
	if err != nil {
		return beginOutput{}, err
	}
	out := beginOutput{ID: a.ID, ExpiresAt: a.Expires, State: viewOf(a), Upload: uploadHow{Method: how.Method, URL: how.URL, Headers: map[string]string{}}}
	for name := range how.Header {
		out.Upload.Headers[name] = how.Header.Get(name)
	}
	return out, nil
}

// byID is the input of a route about one upload.
type byID struct {
	ID string `path:"id"`
}

// faults are why a file is refused.
var faults = []string{
	"attachment.not_found", "attachment.may_not", "attachment.no_bytes", "attachment.expired", "attachment.size", "attachment.type", "attachment.heic",
	"attachment.mismatch", "attachment.double", "attachment.broken", "picture.broken", "picture.pixels", "picture.type", "picture.busy", "blob.unavailable",
}

const about = "A file for `photo` is JPEG, PNG or WebP of at most 10 MB; for `logo` the same, of 5 MB; for `document` PDF, JPEG, PNG or HEIC of 20 MB; for `evidence` JPEG, PNG, WebP or HEIC of 20 MB; " +
	"for `receipt` PDF, JPEG, PNG or HEIC of 10 MB; for `import` CSV or XLSX of 50 MB. Pictures have at most 50 million pixels."

// ErrorPage answers people for whom something went wrong on their way to a page
// of the console; that is another area, and knows how to look.
func ErrorPage(w http.ResponseWriter, r *http.Request, p *api.Problem) {
	if p.Status == http.StatusUnauthorized {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(p.Status)
	_, _ = w.Write([]byte(strconv.Itoa(p.Status) + ": " + p.Detail + "\n"))
}
