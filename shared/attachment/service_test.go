package attachment

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

func TestAnUploadGoesStraightToTheStore(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	a := b.ready(Photo, "front.jpg", "image/jpg", photo(t, 1600, 1200))
	if a.State != Ready || a.Width != 1600 || a.Height != 1200 || !a.Drawn || a.Owner != "" {
		t.Errorf("got %+v", a)
	}
	if b.stored(arrivedKey("wsp_1", a.ID)) != nil {
		t.Error("what arrived is still there")
	}
	link, err := b.Link(t.Context(), "wsp_1", a.ID, Medium)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != JPEG || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "inline") {
		t.Errorf("got %s %v", res.Status, res.Header)
	}
	b.pass(2 * linkLasts)
	if over, err := http.Get(link); err != nil || over.StatusCode != http.StatusForbidden {
		t.Errorf("the link still works after ten minutes: %v %v", over.Status, err)
	}
	f, same, err := b.Open(t.Context(), "wsp_1", a.ID)
	if err != nil || same.SHA256 != a.SHA256 {
		t.Fatalf("got %+v %v", same, err)
	}
	defer f.Close()
	if body, err := io.ReadAll(f); err != nil || sniff(body) != JPEG {
		t.Errorf("got %d bytes, %v", len(body), err)
	}
}

func TestSizeLiesAreFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := photo(t, 40, 30)
	for what, announced := range map[string]int64{"longer than announced": int64(len(file)) - 1, "shorter than announced": int64(len(file)) + 1} {
		a, how, err := b.Begin(t.Context(), mia, Draft{Photo, "a.jpg", JPEG, announced}, b.now())
		if err != nil {
			t.Fatal(err)
		}
		if status := b.send(how, file); status < 400 {
			t.Errorf("%s: the store answered %d", what, status)
		}
		// A store that let it through would not get further:
		if err := b.Files.Put(t.Context(), arrivedKey("wsp_1", a.ID), blob.Info{Type: JPEG, Size: int64(len(file))}, bytes.NewReader(file)); err != nil {
			t.Fatal(err)
		}
		if _, err := b.complete(a.ID); fault.CodeOf(err) != "attachment.size" {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

func TestItIsCompletedOnceItsBytesAreThereAndInTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := photo(t, 40, 30)
	a, how, err := b.Begin(t.Context(), mia, Draft{Photo, "a.jpg", JPEG, int64(len(file))}, b.now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.complete(a.ID); fault.KindOf(err) != fault.Conflict || fault.CodeOf(err) != "attachment.no_bytes" {
		t.Errorf("before its bytes: %v", err)
	}
	if err := b.use(a.ID, Photo, "ast_1"); fault.CodeOf(err) != "attachment.waiting" {
		t.Errorf("used before it is complete: %v", err)
	}
	b.send(how, file)
	first, err := b.complete(a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.complete(a.ID); err != nil || again.Version != first.Version || again.Completed != first.Completed {
		t.Errorf("completed twice: %+v %v", again, err)
	}
	late := b.begin(Photo, "late.jpg", JPEG, file)
	b.pass(uploadLasts + time.Second)
	if _, err := b.complete(late.ID); fault.CodeOf(err) != "attachment.expired" {
		t.Errorf("after its hour: %v", err)
	}
}

func TestCompletingAtOnceMakesOneAttachment(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.begin(Photo, "a.jpg", JPEG, photo(t, 400, 300)).ID
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if a, err := b.complete(id); err != nil && fault.CodeOf(err) != "attachment.no_bytes" || err == nil && a.State != Ready {
				t.Errorf("got %+v %v", a, err)
			}
		})
	}
	all.Wait()
	if a, err := b.complete(id); err != nil || a.Version != 2 || b.stored(fileKey("wsp_1", id, Whole)) == nil {
		t.Errorf("got %+v %v", a, err)
	}
}

func TestAnotherWorkspacesAttachmentIsNotFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.ready(Photo, "a.jpg", JPEG, photo(t, 4, 3)).ID
	stranger := mia
	stranger.Workspace = "wsp_2"
	if _, err := b.Complete(t.Context(), stranger, id, b.now()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("complete: %v", err)
	}
	if _, err := b.Link(t.Context(), "wsp_2", id, Whole); fault.KindOf(err) != fault.NotFound {
		t.Errorf("link: %v", err)
	}
	if _, _, err := b.Open(t.Context(), "wsp_2", id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("open: %v", err)
	}
	if _, err := b.Use(t.Context(), "wsp_2", id, "photo", "ast_1"); fault.CodeOf(err) != "attachment.not_found" {
		t.Errorf("use: %v", err)
	}
	link, err := b.Link(t.Context(), "wsp_2", id, Small)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.Get(link); err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("its rendition: %v %v", res.Status, err)
	}
	for _, bad := range []string{"", "att_1", "../wsp_1", "att_" + strings.Repeat("../", 8) + "ab"} {
		if _, err := b.Attachment(t.Context(), "wsp_1", bad); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestWhoMayNotUseAFileMayNotUploadIt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	viewer := mia
	viewer.Grants = []access.Grant{access.ViewAssets, access.EditExpenses}
	for p, want := range map[Purpose]bool{Photo: false, Logo: false, Import: false, Document: true, Receipt: true, Evidence: true, Export: false} {
		d := Draft{p, "a", rules[p].types[0], 5}
		_, _, err := b.Begin(t.Context(), viewer, d, b.now())
		if got := err == nil; got != want || !want && fault.KindOf(err) != fault.Denied {
			t.Errorf("%s: %v", p, err)
		}
	}
	id := b.begin(Photo, "a.jpg", JPEG, photo(t, 4, 3)).ID
	if _, err := b.Complete(t.Context(), viewer, id, b.now()); fault.KindOf(err) != fault.Denied {
		t.Errorf("completing a colleague's: %v", err)
	}
}

func TestAnAttachmentHasOneOwner(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.ready(Photo, "a.jpg", JPEG, photo(t, 4, 3)).ID
	if err := b.use(id, Document, "doc_1"); fault.CodeOf(err) != "attachment.purpose" {
		t.Errorf("for another purpose: %v", err)
	}
	for range 2 {
		if err := b.use(id, Photo, "ast_1"); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.use(id, Photo, "ast_2"); fault.KindOf(err) != fault.Conflict || fault.CodeOf(err) != "attachment.used" {
		t.Errorf("a second owner: %v", err)
	}
	if _, err := b.Release(t.Context(), "wsp_1", id, "ast_2"); fault.CodeOf(err) != "attachment.used" {
		t.Errorf("let go by a stranger: %v", err)
	}
}

func TestWhatNobodyOwnsIsSwept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := photo(t, 40, 30)
	kept, loose, let := b.ready(Photo, "kept.jpg", JPEG, file), b.ready(Photo, "loose.jpg", JPEG, file), b.ready(Photo, "let.jpg", JPEG, file)
	never := b.begin(Photo, "never.jpg", JPEG, file)
	for _, a := range []*Attachment{kept, let} {
		if err := b.use(a.ID, Photo, "ast_1"); err != nil {
			t.Fatal(err)
		}
	}
	sweep := func() {
		t.Helper()
		for range 2 {
			if err := b.Sweep(t.Context(), "wsp_1", b.now()); err != nil {
				t.Fatal(err)
			}
		}
	}
	there := func(a *Attachment, want bool) {
		t.Helper()
		_, err := b.Attachment(t.Context(), "wsp_1", a.ID)
		if got := err == nil; got != want || (b.stored(fileKey("wsp_1", a.ID, Whole)) != nil) != (want && a.State == Ready) {
			t.Errorf("%s: got %v, want it there: %v", a.Name, err, want)
		}
	}
	b.pass(looseLasts - time.Minute)
	sweep()
	there(loose, true)
	op, err := b.Release(t.Context(), "wsp_1", let.ID, "ast_1")
	if err == nil {
		err = b.Table.Write(t.Context(), op)
	}
	if err != nil {
		t.Fatal(err)
	}
	b.pass(2 * time.Minute)
	sweep()
	there(loose, false)
	there(never, false)
	there(let, true)
	if b.stored(arrivedKey("wsp_1", never.ID)) != nil {
		t.Error("the bytes that were never completed are still there")
	}
	b.pass(grace)
	sweep()
	there(let, false)
	there(kept, true)
}

// TestBytesThatComeAgainAreSwept: the address to which they are sent still works
// for a while after the upload was completed.
func TestBytesThatComeAgainAreSwept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	file := photo(t, 40, 30)
	a, how, err := b.Begin(t.Context(), mia, Draft{Photo, "a.jpg", JPEG, int64(len(file))}, b.now())
	if err != nil {
		t.Fatal(err)
	}
	b.send(how, file)
	if _, err := b.complete(a.ID); err != nil {
		t.Fatal(err)
	}
	want := b.stored(fileKey("wsp_1", a.ID, Whole))
	other := bytes.Repeat([]byte("<script>"), len(file)/8+1)[:len(file)]
	if status := b.send(how, other); status != http.StatusOK {
		t.Fatalf("the store answered %d", status)
	}
	if _, err := b.complete(a.ID); err != nil || !bytes.Equal(b.stored(fileKey("wsp_1", a.ID, Whole)), want) {
		t.Errorf("what is served has changed: %v", err)
	}
	if err := b.use(a.ID, Photo, "ast_1"); err != nil {
		t.Fatal(err)
	}
	b.pass(looseLasts + time.Second)
	if err := b.Sweep(t.Context(), "wsp_1", b.now()); err != nil {
		t.Fatal(err)
	}
	if b.stored(arrivedKey("wsp_1", a.ID)) != nil {
		t.Error("they are still there")
	}
}

func TestWhatWeMakeOurselvesIsOwnedAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id, op, err := b.Make(t.Context(), "wsp_1", Draft{Purpose: Export, Name: "assets.csv", Type: CSV}, []byte("a,b\n"), "xpt_1", b.now())
	if err == nil {
		err = b.Table.Write(t.Context(), op)
	}
	if err != nil {
		t.Fatal(err)
	}
	b.pass(48 * time.Hour)
	if err := b.Sweep(t.Context(), "wsp_1", b.now()); err != nil {
		t.Fatal(err)
	}
	if a, err := b.Attachment(t.Context(), "wsp_1", id); err != nil || a.Owner != "xpt_1" || a.State != Ready {
		t.Errorf("got %+v %v", a, err)
	}
}

// FuzzCheck: whatever the bytes are, they are taken or refused in words, and
// what is kept of a picture is one thing only.
func FuzzCheck(f *testing.F) {
	jpg := photo(f, 8, 6)
	for _, seed := range [][]byte{
		jpg, withEXIF(f, jpg, 8), pngOf(f, scene(3, 3)), bomb(9, 9), []byte(scriptPDF), []byte(svg), []byte("a;b\n1;2\n"),
		zipOf(f, "[Content_Types].xml", "xl/workbook.xml"), []byte("\x00\x00\x00\x18ftypheic"), []byte("RIFF\x10\x00\x00\x00WEBPVP8 "),
	} {
		f.Add(seed)
	}
	s := &Service{Studio: studio}
	f.Fuzz(func(t *testing.T, body []byte) {
		kind := sniff(body)
		if kind == "" || len(body) == 0 {
			return
		}
		s.Studio.About(kind, body)
		for p, r := range rules {
			a := &Attachment{Purpose: p, Type: kind, Size: int64(len(body))}
			kept, err := s.check(t.Context(), a, body)
			if err != nil {
				if k := fault.KindOf(err); k != fault.Invalid && k != fault.Unavailable {
					t.Fatalf("%s: %v", p, err)
				}
				continue
			}
			if got := sniff(kept.whole); got != a.Type {
				t.Fatalf("%s: kept as %s, and is %q", p, a.Type, got)
			}
			if a.Drawn && !r.keep && bytes.Contains(kept.whole, []byte("Exif\x00")) {
				t.Fatalf("%s: with metadata", p)
			}
		}
	})
}
