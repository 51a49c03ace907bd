package issue

import (
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/attachment"
	"motorpool/shared/blob/embed"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/picture/plain"
)

// pixel is the smallest PNG: one pixel.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// TestPhotosBelongToTheIssueThatShowsThem, and to nobody once it shows them no more.
func TestPhotosBelongToTheIssueThatShowsThem(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	clock := func() time.Time { return now }
	store, err := embed.Open(embed.Options{Dir: t.TempDir(), BaseURL: "http://127.0.0.1/files", Key: []byte(strings.Repeat("k", 32)), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	files := &attachment.Service{Table: y.Table, Files: store, Studio: plain.New(), NewID: ident.Sortable(clock), Now: clock}
	y.Attachments = files
	who := mia
	who.Grants = access.All()
	file := func(p attachment.Purpose) string {
		t.Helper()
		return done(files.Keep(ctx, who, attachment.Draft{Purpose: p, Name: "a.png", Type: attachment.PNG}, strings.NewReader(pixel), now))(t).ID
	}
	owner := func(id string) string {
		t.Helper()
		return done(files.Attachment(ctx, "w", id))(t).Owner
	}
	one, two := file(attachment.Evidence), file(attachment.Evidence)
	with := scratch()
	with.Photos = []string{one, two}
	i := done(y.Report(ctx, mia, y.asset, with, now))(t)
	if owner(one) != i.ID || owner(two) != i.ID {
		t.Errorf("they belong to %q and %q", owner(one), owner(two))
	}
	if shown := done(y.Photos(ctx, i))(t); len(shown) != 2 || shown[0].ID != one || shown[0].Whole == "" {
		t.Errorf("shown: %+v", shown)
	}
	for name, id := range map[string]string{"another issue's": one, "one for customers": file(attachment.Photo), "one there is not": "att_00000000000000000000000009"} {
		d := scratch()
		d.Photos = []string{id}
		if _, err := y.Report(ctx, mia, y.asset, d, now); err == nil || fault.KindOf(err) == fault.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
	done(y.Edit(ctx, mia, i.ID, func(d *Details) error { d.Photos = []string{two}; return nil }, 0, now))(t)
	if owner(one) != "" || owner(two) != i.ID {
		t.Errorf("without the first they belong to %q and %q", owner(one), owner(two))
	}
}
