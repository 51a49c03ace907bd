package importing

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table   table.Table
	Jobs    queue.Queue
	Blobs   blob.Store // what is made of files on their way
	Files   Files      // nil while nothing can be uploaded
	NewID   ident.Source
	Events  *outbox.Service
	Audit   *audit.Service
	Rights  Rights
	Targets map[string]Target // by Import.Kind
}

// Files keeps what was uploaded.
type Files interface {
	// Use returns the op by which a ready upload becomes the import's;
	// fault.Invalid if it is not there, not ready, or for something else.
	Use(ctx context.Context, workspace, id, by string) (table.Op, error)

	// Open returns an upload's bytes and the name of the file. Whoever opens it closes it.
	Open(ctx context.Context, workspace, id string) (io.ReadCloser, string, error)
}

// Rights knows what somebody may do at this moment.
type Rights interface {
	// Now returns the actor with the grants and locations they have now; a fault
	// if they may no longer come in.
	Now(ctx context.Context, workspace string, by access.Actor, at time.Time) (access.Actor, error)
}

// JobKind is the kind of the jobs that RunJob does.
const JobKind = "import"

const (
	afterCrash = 30 * time.Second // a job that is sent ahead of a change, in case the one after it is never sent
	linkLasts  = 15 * time.Minute
)

// job is a message in the queue of jobs: do the next page.
type job struct {
	Kind      string `json:"kind"`
	Workspace string `json:"workspace"`
	Import    string `json:"import"`
	Run       int    `json:"run,omitempty"`
}

func (s *Service) enqueue(ctx context.Context, i *Import, delay time.Duration) error {
	body, err := json.Marshal(job{JobKind, i.Workspace, i.ID, i.Run})
	if err != nil {
		return err
	}
	return s.Jobs.Send(ctx, queue.Message{Group: i.Workspace, Body: body, Delay: delay})
}

// start saves i, which now has work to be done: the work is ordered before, for
// a while from now, so that a crash in between forgets nothing.
func (s *Service) start(ctx context.Context, i *Import, also ...table.Op) error {
	if err := s.enqueue(ctx, i, afterCrash); err != nil {
		return err
	}
	if err := s.save(ctx, i, also...); err != nil {
		return changedMeanwhile(err, i)
	}
	return s.enqueue(ctx, i, 0)
}

func changedMeanwhile(err error, i *Import) error {
	if overtaken(err, i) {
		return fault.New(fault.Conflict, "import.changed", "Somebody else changed this import a moment ago. Look at it again.").Because(err)
	}
	return err
}

// target returns what takes rows of a kind, if the actor may do so.
func (s *Service) target(actor access.Actor, kind string) (Target, error) {
	t, ok := s.Targets[kind]
	if !ok {
		return nil, fault.New(fault.Invalid, "import.kind", "This cannot be imported. Choose assets.").At("kind")
	}
	if !actor.May(t.Grant()) {
		return nil, fault.New(fault.Denied, "access.denied", "You do not have the permission %s, which this needs. Ask somebody who manages users.", t.Grant())
	}
	return t, nil
}

// Create begins an import of an uploaded file. It is read by the next job.
func (s *Service) Create(ctx context.Context, actor access.Actor, kind, file string, at time.Time) (*Import, error) {
	if _, err := s.target(actor, kind); err != nil {
		return nil, err
	}
	if s.Files == nil {
		return nil, fault.New(fault.Unavailable, "import.no_files", "Files cannot be uploaded here: no store for them is set up.")
	}
	i := &Import{ID: s.NewID("imp"), Workspace: actor.Workspace, Kind: kind, File: file, State: Reading, By: actor, Created: at, Updated: at}
	use, err := s.Files.Use(ctx, actor.Workspace, file, i.ID)
	if err != nil {
		return nil, err
	}
	note, err := s.noted(i, actor, "import.created", []audit.Change{{Field: "file", To: file}}, at)
	if err != nil {
		return nil, err
	}
	return i, s.start(ctx, i, use, note)
}

// Import returns the import with this id. Who works at some locations only sees
// their own: a file may be about all.
func (s *Service) Import(ctx context.Context, actor access.Actor, id string) (*Import, error) {
	i, err := s.load(ctx, actor.Workspace, id)
	if err == nil && !i.seenBy(actor) {
		return nil, notFound()
	}
	return i, err
}

func (i *Import) seenBy(actor access.Actor) bool {
	return len(actor.Locations) == 0 || i.By.Kind == actor.Kind && i.By.ID == actor.ID
}

// Imports returns a page of the imports that the actor may see, newest first. It
// may lag a moment behind.
func (s *Service) Imports(ctx context.Context, actor access.Actor, cursor string, limit int) ([]*Import, string, error) {
	q := table.Query{PK: importsPK(actor.Workspace), Index: true, Reverse: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Import, bool, error) {
		i, err := read(it)
		return i, err == nil && i.seenBy(actor), err
	})
}

// Fields lists what a row of a kind may say.
func (s *Service) Fields(actor access.Actor, kind string) ([]Field, error) {
	t, err := s.target(actor, kind)
	if err != nil {
		return nil, err
	}
	return t.Fields(), nil
}

// Map says what the columns are. What was found by a dry run with other columns
// no longer counts. The workspace remembers it for the next file.
func (s *Service) Map(ctx context.Context, actor access.Actor, id string, columns []string, at time.Time) (*Import, error) {
	i, t, err := s.mine(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if i.State != Mapping {
		if err := i.allow("mapped", Checked); err != nil {
			return nil, err
		}
	}
	if err := mapped(t, i.Header, columns); err != nil {
		return nil, err
	}
	i.Mapping, i.State, i.Updated, i.Expected, i.Counts, i.Done, i.Errors = columns, Mapping, at, Counts{}, Counts{}, 0, false
	if err := s.save(ctx, i); err != nil {
		return nil, changedMeanwhile(err, i)
	}
	return i, s.remember(ctx, i)
}

// Check begins a dry run: nothing changes, and each row says what would.
func (s *Service) Check(ctx context.Context, actor access.Actor, id string, at time.Time) (*Import, error) {
	i, t, err := s.mine(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if i.State != Mapping {
		if err := i.allow("checked", Checked); err != nil {
			return nil, err
		}
	}
	if err := mapped(t, i.Header, i.Mapping); err != nil {
		return nil, err
	}
	i.begin(Checking, actor, at)
	i.Expected = Counts{}
	return i, s.start(ctx, i)
}

// Apply does what the dry run promised, for all rows that are right by then.
func (s *Service) Apply(ctx context.Context, actor access.Actor, id string, at time.Time) (*Import, error) {
	i, _, err := s.mine(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := i.allow("applied", Checked); err != nil {
		return nil, err
	}
	if i.Expected.Created+i.Expected.Updated == 0 {
		return nil, fault.New(fault.Conflict, "import.nothing", "No row of this file would change anything. Correct it and begin a new import, or map the columns anew.")
	}
	i.begin(Applying, actor, at)
	note, err := s.noted(i, actor, "import.applied", []audit.Change{{Field: "rows", To: i.Total}}, at)
	if err != nil {
		return nil, err
	}
	return i, s.start(ctx, i, note)
}

// Cancel stops an import after the page that is being done. What was done stays.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id string, at time.Time) (*Import, error) {
	for try := 1; ; try++ {
		i, _, err := s.mine(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		if i.State == Cancelled || i.State == Cancelling {
			return i, nil
		}
		if err := i.allow("cancelled", Reading, Mapping, Checking, Checked, Applying); err != nil {
			return nil, err
		}
		note, err := s.noted(i, actor, "import.cancelled", nil, at)
		if err != nil {
			return nil, err
		}
		if i.Updated = at; i.State == Applying {
			i.State = Cancelling
			err = s.start(ctx, i, note)
		} else {
			i.State = Cancelled
			err = changedMeanwhile(s.save(ctx, i, note), i)
		}
		if err == nil || try == tries || fault.CodeOf(err) != "import.changed" {
			return i, err
		}
	}
}

// tries is how often something is done again that somebody else has just changed.
const tries = 8

// mine loads an import that the actor may change.
func (s *Service) mine(ctx context.Context, actor access.Actor, id string) (*Import, Target, error) {
	i, err := s.Import(ctx, actor, id)
	if err != nil {
		return nil, nil, err
	}
	t, err := s.target(actor, i.Kind)
	return i, t, err
}

// Rows returns a page of what became of the rows of the last run, in the order
// of the file: of those that changed something, failed or were warned of.
func (s *Service) Rows(ctx context.Context, actor access.Actor, id string, outcome Outcome, cursor string, limit int) ([]Row, string, error) {
	i, err := s.Import(ctx, actor, id)
	if err != nil {
		return nil, "", err
	}
	return s.rows(ctx, i, outcome, cursor, limit)
}

func (s *Service) rows(ctx context.Context, i *Import, outcome Outcome, cursor string, limit int) ([]Row, string, error) {
	q := table.Query{PK: importPK(i.Workspace, i.ID), Prefix: rowsPrefix(i.Run), Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (r Row, _ bool, err error) {
		err = json.Unmarshal(it.Doc, &r)
		return r, outcome == "" || outcome == r.Outcome, err
	})
}

// ErrorFile returns an address at which the rows that were refused can be read
// for some minutes, with what is wrong with each.
func (s *Service) ErrorFile(ctx context.Context, actor access.Actor, id string, at time.Time) (string, time.Time, error) {
	i, err := s.Import(ctx, actor, id)
	if err != nil {
		return "", time.Time{}, err
	}
	if !i.Errors {
		return "", time.Time{}, fault.New(fault.NotFound, "import.no_errors", "No row of this import was refused.")
	}
	until := at.Add(linkLasts)
	url, err := s.Blobs.Link(ctx, i.file(i.errorsName()), blob.Show{Name: "errors-of-" + i.ID + ".csv"}, until)
	return url, until, err
}
