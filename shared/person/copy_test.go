package person

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/queue"
)

// trunk keeps files and jobs in memory, and has papers of everybody.
type trunk struct {
	files map[string][]byte
	jobs  []queue.Message
	lent  int
}

func (k *trunk) Open(_ context.Context, _, id string) (io.ReadCloser, string, int64, error) {
	b, ok := k.files[id]
	if !ok {
		return nil, "", 0, fault.New(fault.NotFound, "attachment.not_found", "There is no such attachment here.")
	}
	return io.NopCloser(bytes.NewReader(b)), id + ".pdf", int64(len(b)), nil
}

func (k *trunk) Lend(_ context.Context, _, _ string, size int64, body io.Reader, _, _ time.Time) (string, error) {
	b, err := io.ReadAll(body)
	if err == nil && int64(len(b)) != size {
		err = fmt.Errorf("%d bytes, not %d", len(b), size)
	}
	k.lent++
	id := fmt.Sprintf("zip_%d", k.lent)
	k.files[id] = b
	return id, err
}

func (k *trunk) LinkUntil(context.Context, string, string, time.Time) (string, error) { return "", nil }

func (k *trunk) Return(_ context.Context, _, id string) error { delete(k.files, id); return nil }

func (k *trunk) Send(_ context.Context, m ...queue.Message) error {
	k.jobs = append(k.jobs, m...)
	return nil
}

func (k *trunk) Serve(context.Context, queue.Handler) error { return nil }

func (k *trunk) Name() string { return "papers" }

func (k *trunk) Of(context.Context, string, string) (any, error) { return nil, nil }

func (k *trunk) Erase(context.Context, access.Actor, string, time.Time) error { return nil }

func (k *trunk) Files(context.Context, string, string) (all []File, err error) {
	for n := range 9 {
		all = append(all, File{fmt.Sprintf("att_%d", 9-n), "papers"})
	}
	return all, nil
}

// TestALargeExportIsSeveralFiles, each thing in it once, though every message
// comes twice and one file is gone.
func TestALargeExportIsSeveralFiles(t *testing.T) {
	t.Parallel()
	s, ctx, k := newService(t), t.Context(), &trunk{files: map[string][]byte{}}
	for n := range 9 {
		k.files[fmt.Sprintf("att_%d", n+1)] = bytes.Repeat([]byte{byte(n)}, 4000)
	}
	delete(k.files, "att_9")
	s.Jobs, s.Blobs, s.Holdings, s.volumeSize = k, k, []Holding{k}, 10_000
	p := done(s.Create(ctx, mia, ana(), now))(t)
	c := done(s.OrderCopy(ctx, mia, p.ID, now))(t)
	for len(k.jobs) > 0 {
		m := k.jobs[0]
		k.jobs = k.jobs[1:]
		for range 2 {
			if err := s.RunJob(ctx, m.Body, now); err != nil {
				t.Fatal(err)
			}
		}
	}
	c = done(s.Copy(ctx, mia, p.ID, c.ID, now))(t)
	in := map[string]int{}
	for _, f := range c.Files {
		z := done(zip.NewReader(bytes.NewReader(k.files[f.Attachment]), f.Size))(t)
		for _, e := range z.File {
			in[e.Name]++
		}
	}
	if c.State != CopyReady || len(c.Files) < 4 || len(in) != 9 || in[p.ID+".json"] != 1 || in[p.ID+"/papers/att_8-att_8.pdf"] != 1 {
		t.Errorf("%s in %d files: %v", c.State, len(c.Files), in)
	}
	for name, n := range in {
		if n != 1 || strings.Contains(name, "att_9") {
			t.Errorf("%s is there %d times", name, n)
		}
	}
}
