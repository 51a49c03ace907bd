package look

// Badge is a state in a word, with an icon, so that colour is never alone.
type Badge struct {
	Tone string // "ok", "warn", "bad", "info" or empty
	Icon string
	Text string
}

// Notice is something the reader should know on this page.
type Notice struct {
	Tone  string
	Title string
	Text  string
	Links []Link
}

// Icon is the sign that belongs to the notice's tone.
func (n Notice) Icon() string {
	switch n.Tone {
	case "ok":
		return "check"
	case "warn", "bad":
		return "alert"
	}
	return "info"
}

// Empty is what a list shows when there is nothing in it: why, and what to do.
type Empty struct {
	Icon  string
	Title string
	Text  string
	Links []Link // the first is the main one
}

// Field is one labelled input with its hint and what is wrong with it.
type Field struct {
	Name, Label string
	Value       string
	Type        string // an <input>'s; empty: text; "textarea" and "select" are themselves
	Hint        string
	Wrong       string // the reason the service gave
	Placeholder string
	Required    bool
	Wide        bool // takes the whole row of a grid
	Max         int  // characters; zero: no limit
	Unit        string
	Mono        bool
	Complete    string // autocomplete; empty: off
	Options     []Option
	Search      bool // / goes here
}

// ID is the input's element id.
func (f Field) ID() string { return "f-" + f.Name }

// Described lists the elements that explain the input, for screen readers.
func (f Field) Described() string {
	switch {
	case f.Hint != "" && f.Wrong != "":
		return f.ID() + "-wrong " + f.ID() + "-hint"
	case f.Wrong != "":
		return f.ID() + "-wrong"
	case f.Hint != "":
		return f.ID() + "-hint"
	}
	return ""
}

// Option is one choice of a select, a radio group or a list of boxes.
type Option struct {
	Value, Text string
	Hint        string
	Chosen      bool
}

// Choose returns the options with the one of this value chosen.
func Choose(value string, options ...Option) []Option {
	for i := range options {
		options[i].Chosen = options[i].Value == value
	}
	return options
}

// Pager leads to the next page of a list, and back to its start.
type Pager struct {
	Shown string // "50 deliveries"
	First string // empty on the first page
	Next  string // empty on the last
}

// Tab is one of several views of a thing.
type Tab struct {
	Text, To string
	Count    string
	Current  bool
}

// Dialog asks before something is done that cannot simply be undone. It posts
// to Action with the Fields.
type Dialog struct {
	ID     string
	Title  string
	Text   string
	Points []string // what will happen, one by one
	Action string
	Fields []Field
	Hidden []Option // Value under the name Text
	Do     string   // the button: what will be done, not "OK"
	Danger bool
}

// Act is a button that posts at once, or opens the dialog of that id.
type Act struct {
	Text, Icon string
	Post       string // where it posts; or
	Dialog     string // which dialog it opens; or
	To         string // where it leads
	Tone       string // "main", "risky", "quiet" or empty
	Small      bool
	Hidden     []Option
}

// Code is text of a machine, with a button that copies it.
type Code struct {
	ID    string
	Text  string
	Parts []Token // coloured JSON; empty: Text as it is
	Wrap  bool
	Label string // for screen readers: "Payload"
}

// Pair is a name and its value: a header.
type Pair struct{ Name, Value string }

// Picker is a grouped list of boxes with a search over it: events, scopes.
type Picker struct {
	Name   string // of the inputs
	Legend string
	All    Option // the box that stands for everything; no Value: there is none
	Search string // the search's label
	Sets   []Set
	Wrong  string
}

// Set is one group of a Picker. Its own box stands for all of its members;
// without a Value it has none.
type Set struct {
	Option
	Words   string // what the search also finds it by
	Members []Option
}

// ID is the element id of the picker.
func (p Picker) ID() string { return "f-" + p.Name }

// Links joins people and companies: who is joined in which roles, and a search
// for others.
type Links struct {
	Action string // the page: the search is asked of it
	Tab    string
	Find   string
	Label  string
	Noun   string // what a row is
	Edit   bool
	Rows   []Joined
	Found  []Joined
	Empty  Empty
}

// Joined is one end of a join, with the roles that there are.
type Joined struct {
	ID, Name, To string
	Note         string
	Roles        []Option
	Post, Drop   string
	Hidden       []Option
	Fixed        bool // it cannot be changed
}

// Papers are the documents of one owner, and what may be done about them.
type Papers struct {
	Rows  []Paper
	Acts  []Act
	Pager Pager
	Empty Empty
}

// Paper is one document in a list.
type Paper struct {
	Title, To string
	Number    string
	Owner     Link // empty where it is the page's own
	State     Badge
	Expires   string
	Left      string // "in 12 days"
	Updated   Moment
}
