package look

// Files is a control that uploads files. Without a script it is a form of its
// own: the page is shown again with the attachments in its query, as file, and
// what was refused, as refused. With one, files are dropped on it, sent straight
// to the store with a bar that shows how far they are, and then named in the
// form whose id is Form, as inputs called file; that form is sent if Send says so.
//
// Put it beside the form and not inside: a form in a form is none.
type Files struct {
	Purpose string // photo, document, evidence, receipt, logo, import
	To      string // the page that it is on, to come back to
	Form    string // id of the form that names the files
	Send    bool   // the form is sent as soon as the files are there
	Label   string // "Add photos"
	Hint    string // what may be sent: "JPEG, PNG or WebP, at most 10 MB each"
	Accept  string // media types, with commas
	Many    bool
	Refused []string // why files were refused, in words
}

// ID is the element id of the input.
func (f Files) ID() string { return "files-" + f.Purpose }

// Kept are the files that belong to a record, with the control that adds more.
type Kept struct {
	Title string // "Receipts"
	Empty string // what is said where there is none
	Rows  []KeptFile
	Edit  bool
	Post  string   // where files that were uploaded are added
	Ready []string // attachments that were uploaded without a script
	Files Files
}

// KeptFile is one of them.
type KeptFile struct {
	Name, To string
	Drop     string // where it is removed; empty: it cannot be
}

// KeepForm is the id of the form that adds files to a record.
const KeepForm = "keep-files"

// FormID is KeepForm, for the template.
func (Kept) FormID() string { return KeepForm }
