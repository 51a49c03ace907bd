package lambda

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"motorpool/infra/aws/seed"
	"motorpool/shared/access"
	"motorpool/shared/attachment"
	"motorpool/shared/document"
	"motorpool/shared/exporting"
	"motorpool/shared/importing"
	"motorpool/shared/insurance"
	"motorpool/shared/letter"
	"motorpool/shared/person"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// works: what was held for an endpoint is ordered, and after that each other kind
// of job is done to its end.
func works(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	releases(t, d, b, event)
	for _, one := range []func(*testing.T, *deployment, *bootstrap){imports, exports, copies, tells} {
		one(t, d, b)
	}
}

// work has the function do the jobs that wait, and those that they order.
func (d *deployment) work(t *testing.T, b *bootstrap) {
	t.Helper()
	for range 50 {
		jobs := d.take(t, "Jobs")
		if len(jobs) == 0 {
			return
		}
		for i, job := range jobs {
			batch := events.SQSEvent{Records: []events.SQSMessage{{MessageId: fmt.Sprint("job ", i), Body: job, EventSource: "aws:sqs", Attributes: map[string]string{"ApproximateReceiveCount": "1"}}}}
			var got events.SQSEventResponse
			if b.invoke(t, batch).result(t, &got); len(got.BatchItemFailures) > 0 {
				t.Errorf("%s failed", job)
			}
		}
	}
	t.Error("jobs order jobs, and there is no end of it")
}

// imports: a list of two vehicles is read, checked and applied.
func imports(t *testing.T, d *deployment, b *bootstrap) {
	at, all := time.Now().UTC(), d.world.App.Imports
	list := strings.NewReplacer("HC-40", "HC-49", "6T1BF3EK50X", "6T1BF3EK51X").Replace(seed.List())
	file, err := d.world.Attachments.Keep(t.Context(), d.world.Actor, attachment.Draft{Purpose: attachment.Import, Name: "new.csv", Type: attachment.CSV}, strings.NewReader(list), at)
	if err != nil {
		t.Fatal(err)
	}
	i, err := all.Create(t.Context(), d.world.Actor, "assets", file.ID, at)
	for _, next := range []struct {
		state importing.State
		do    func(id string) (*importing.Import, error)
	}{
		{importing.Mapping, func(id string) (*importing.Import, error) { return all.Check(t.Context(), d.world.Actor, id, at) }},
		{importing.Checked, func(id string) (*importing.Import, error) { return all.Apply(t.Context(), d.world.Actor, id, at) }},
		{importing.Applied, nil},
	} {
		if err != nil {
			t.Fatal(err)
		}
		d.work(t, b)
		if i, err = all.Import(t.Context(), d.world.Actor, i.ID); err != nil || i.State != next.state {
			t.Fatalf("got %+v, %v, want it %s", i, err, next.state)
		}
		if next.do != nil {
			i, err = next.do(i.ID)
		}
	}
	if i.Counts.Created != 1 || i.Counts.Failed != 1 {
		t.Errorf("got %+v, want one vehicle made and one row refused", i.Counts)
	}
}

// exports: a list is written into a file.
func exports(t *testing.T, d *deployment, b *bootstrap) {
	e, err := d.world.App.Exports.Create(t.Context(), d.world.Actor, exporting.Order{List: "assets", Columns: []string{"number", "make"}}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	d.work(t, b)
	if e, err = d.world.App.Exports.Export(t.Context(), d.world.Actor, e.ID, time.Now()); err != nil || e.State != exporting.Ready || e.Rows == 0 {
		t.Errorf("got %+v, %v, want it ready", e, err)
	}
}

// copies: what is held on a customer is put into a file.
func copies(t *testing.T, d *deployment, b *bootstrap) {
	c, err := d.world.People.OrderCopy(t.Context(), d.world.Actor, d.world.Customers["Amira"].ID, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	d.work(t, b)
	if c, err = d.world.People.Copy(t.Context(), d.world.Actor, c.Person, c.ID, time.Now()); err != nil || c.State != person.CopyReady || len(c.Files) == 0 {
		t.Errorf("got %+v, %v, want it ready", c, err)
	}
}

// tells: of a licence and of a policy that end soon and nobody was told of, and a
// template is applied as if there were too many vehicles for one call.
func tells(t *testing.T, d *deployment, b *bootstrap) {
	at, w := time.Now().UTC(), d.world
	soon := span.DateOf(at).Plus(20)
	_, err := w.App.Documents.Set(t.Context(), w.Actor, func(s *document.Said) error { // whatever an invocation has said meanwhile
		s.LiveOnly, s.Rules["licence"] = false, document.Rule{On: true, DaysBefore: []int{30}, Recipients: []string{"customer", "manager"}}
		return nil
	}, 0, at)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.App.Documents.Add(t.Context(), w.Actor, document.Owner{Type: "person", ID: w.Customers["Iris"].ID}, "licence", document.Details{Number: "EXP-2", Country: "AU", State: "NSW", Expires: soon}, at.AddDate(0, 0, -15)) // before there was anything to tell
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.Insurance.Insure(t.Context(), w.Actor, insurance.Terms{Insurer: "Harbour Mutual", Number: "ends", Kind: "liability", WholeFleet: true, Start: soon.Plus(-360), End: soon}, at); err != nil {
		t.Fatal(err)
	}
	for _, job := range []struct {
		Kind      string        `json:"kind"`
		Workspace string        `json:"workspace"`
		Template  string        `json:"template,omitempty"`
		By        *access.Actor `json:"by,omitempty"`
	}{
		{Kind: document.JobKind},
		{Kind: insurance.JobKind},
		{Kind: reminder.JobKind, Template: w.Templates["Tyres"].ID, By: &w.Actor},
	} {
		job.Workspace = w.Workspace.ID
		body, err := json.Marshal(job)
		if err == nil {
			err = d.send(t, "Jobs", string(body))
		}
		if err != nil {
			t.Fatal(err)
		}
		d.work(t, b)
	}
	all, _, err := w.Letters.List(t.Context(), w.Workspace.ID, "", 50)
	if err != nil || !slices.ContainsFunc(all, func(l letter.Letter) bool { return l.Kind == letter.NewPapers && l.Email == "iris@customers.example" }) {
		t.Errorf("nobody wrote to the owner of the licence: %+v, %v", all, err)
	}
}
