package disk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/fault"
)

// TestMain lets the test binary be its own child: see child_test.go.
func TestMain(m *testing.M) {
	if role := os.Getenv("DISK_TEST_CHILD"); role != "" {
		children[role](os.Args[1])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var bucket = []byte("test")

func open(t *testing.T, path string) *Disk {
	t.Helper()
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Make(bucket); err != nil {
		t.Fatal(err)
	}
	return d
}

func put(key string) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error { return tx.Bucket(bucket).Put([]byte(key), []byte(key)) }
}

// keys lists what is stored, in order.
func keys(t *testing.T, d *Disk) string {
	t.Helper()
	var all []string
	err := d.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucket).ForEach(func(k, _ []byte) error {
			all = append(all, string(k))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// together does the changes in one group, by holding up the disk until all of
// them are waiting, and returns how each went.
func together(t *testing.T, d *Disk, do ...func(*bolt.Tx) error) (errs []error) {
	t.Helper()
	held, release := make(chan struct{}), make(chan struct{})
	go d.Update(context.Background(), func(*bolt.Tx) error {
		close(held)
		<-release
		return nil
	})
	<-held
	var group []*change
	for _, f := range do {
		c := &change{do: f, done: make(chan struct{})}
		if err := d.enqueue(c); err != nil {
			t.Fatal(err)
		}
		group = append(group, c)
	}
	close(release)
	for _, c := range group {
		<-c.done
		errs = append(errs, c.err)
	}
	return errs
}

func TestChangesThatArriveTogetherShareOneCommit(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "data"))
	var commits [3]int
	var group []func(*bolt.Tx) error
	for i := range commits {
		group = append(group, func(tx *bolt.Tx) error {
			commits[i] = tx.ID()
			return put(fmt.Sprint(i))(tx)
		})
	}
	for i, err := range together(t, d, group...) {
		if err != nil || commits[i] != commits[0] {
			t.Errorf("change %d: %v, in commit %d; want %d", i, err, commits[i], commits[0])
		}
	}
	if got := keys(t, d); got != "0 1 2" {
		t.Errorf("got %q", got)
	}
}

func TestARefusedChangeDoesNotDisturbTheOthers(t *testing.T) {
	t.Parallel()
	no := fault.New(fault.Conflict, "test.no", "No.")
	for at := range 3 {
		d := open(t, filepath.Join(t.TempDir(), "data"))
		runs := 0
		group := []func(*bolt.Tx) error{put("a"), put("b"), put("c")}
		group[at] = func(*bolt.Tx) error {
			runs++
			return no
		}
		for i, err := range together(t, d, group...) {
			if want := i == at; errors.Is(err, no) != want || (err == nil) == want {
				t.Errorf("change %d, refused %d: got %v", i, at, err)
			}
		}
		if want := strings.Join(remaining(at), " "); keys(t, d) != want || runs != 1 {
			t.Errorf("refused %d: got %q after %d runs, want %q after 1", at, keys(t, d), runs, want)
		}
	}
}

func TestABrokenChangeIsThrownOutAndTheRestIsCommitted(t *testing.T) {
	t.Parallel()
	for name, breaks := range map[string]func(){
		"error":       func() {},
		"panic":       func() { panic("oops") },
		"nil pointer": func() { _ = *(*int)(nil) },
	} {
		for at := range 3 {
			d := open(t, filepath.Join(t.TempDir(), "data"))
			group := []func(*bolt.Tx) error{put("a"), put("b"), put("c")}
			group[at] = func(tx *bolt.Tx) error {
				put("half")(tx)
				breaks()
				return errors.New("broken")
			}
			for i, err := range together(t, d, group...) {
				if (err != nil) != (i == at) {
					t.Errorf("%s at %d: change %d: %v", name, at, i, err)
				}
			}
			if got, want := keys(t, d), strings.Join(remaining(at), " "); got != want {
				t.Errorf("%s at %d: got %q, want %q", name, at, got, want)
			}
			if err := d.Update(t.Context(), put("later")); err != nil {
				t.Errorf("%s at %d: the next change: %v", name, at, err)
			}
		}
	}
}

func TestAGroupOfOnlyBrokenChangesLeavesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "data"))
	bad := func(tx *bolt.Tx) error {
		put("half")(tx)
		return fault.New(fault.Unavailable, "test.later", "Later.")
	}
	for i, err := range together(t, d, bad, bad, bad) {
		if fault.CodeOf(err) != "test.later" {
			t.Errorf("change %d: %v", i, err)
		}
	}
	if got := keys(t, d); got != "" {
		t.Errorf("left %q behind", got)
	}
}

func remaining(without int) []string {
	all := []string{"a", "b", "c"}
	return append(all[:without:without], all[without+1:]...)
}

func TestCloseFinishesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	d := open(t, path)
	var group []*change
	for i := range 3 * maxGroup {
		c := &change{do: put(fmt.Sprintf("%05d", i)), done: make(chan struct{})}
		if err := d.enqueue(c); err != nil {
			t.Fatal(err)
		}
		group = append(group, c)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for i, c := range group {
		if <-c.done; c.err != nil {
			t.Fatalf("change %d: %v", i, c.err)
		}
	}
	if got := strings.Count(keys(t, open(t, path)), " ") + 1; got != len(group) {
		t.Errorf("%d changes are there again, want %d", got, len(group))
	}
}

func TestAClosedDiskIsUnavailable(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "data"))
	for range 2 {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Update(t.Context(), put("x")); fault.CodeOf(err) != "disk.closed" {
		t.Errorf("update: %v", err)
	}
	if err := d.View(func(*bolt.Tx) error { return nil }); fault.CodeOf(err) != "disk.closed" {
		t.Errorf("view: %v", err)
	}
}

func TestAnEndedContextRefusesTheChange(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "data"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Update(ctx, put("x")); !errors.Is(err, context.Canceled) || keys(t, d) != "" {
		t.Errorf("got %v, stored %q", err, keys(t, d))
	}
}

func TestAFileInUseIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	open(t, path)
	if _, err := Open(path); fault.CodeOf(err) != "disk.busy" || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the second one got %v", err)
	}
}

func TestAfterAnUncertainFailureNoChangeIsTaken(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "data"))
	if err := d.Update(t.Context(), put("before")); err != nil {
		t.Fatal(err)
	}
	d.stop(errors.New("input/output error"))
	if err := d.Update(t.Context(), put("after")); fault.CodeOf(err) != "disk.broken" {
		t.Errorf("got %v", err)
	}
	if got := keys(t, d); got != "before" {
		t.Errorf("reads see %q, want what was acknowledged", got)
	}
}

func TestAChangeForLaterGoesWithTheNextCommit(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "data"))
	outcome := make(chan error, 1)
	var alone, later, with int
	together(t, d, func(tx *bolt.Tx) error {
		alone = tx.ID()
		return nil
	})
	held, release := make(chan struct{}), make(chan struct{})
	go d.Update(context.Background(), func(*bolt.Tx) error {
		close(held)
		<-release
		return nil
	})
	<-held
	d.Later(func(tx *bolt.Tx) error {
		later = tx.ID()
		return put("later")(tx)
	}, func(err error) { outcome <- err })
	c := &change{do: func(tx *bolt.Tx) error {
		with = tx.ID()
		return nil
	}, done: make(chan struct{})}
	if err := d.enqueue(c); err != nil {
		t.Fatal(err)
	}
	close(release)
	<-c.done
	if err := <-outcome; err != nil || later != with || later == alone {
		t.Errorf("got %v; it went with commit %d, the other one with %d", err, later, with)
	}
	d.Later(put("by itself"), func(err error) { outcome <- err })
	if err := <-outcome; err != nil || keys(t, d) != "by itself later" {
		t.Errorf("got %v, stored %q", err, keys(t, d))
	}
	d.Later(func(*bolt.Tx) error { panic("oops") }, func(err error) { outcome <- err })
	if err := <-outcome; err == nil {
		t.Error("a panic went unnoticed")
	}
}

func TestCloseDoesWhatIsLeftForLater(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	d := open(t, path)
	outcome := make(chan error, 2)
	d.Later(put("x"), func(err error) { outcome <- err })
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.Later(put("y"), func(err error) { outcome <- err })
	if first, second := <-outcome, <-outcome; first != nil || fault.CodeOf(second) != "disk.closed" {
		t.Errorf("before closing: %v; after: %v", first, second)
	}
	if got := keys(t, open(t, path)); got != "x" {
		t.Errorf("stored %q", got)
	}
}
