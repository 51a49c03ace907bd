package moving_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/infra/aws/seed"
	"motorpool/infra/machine/host"
	"motorpool/infra/machine/machinetest"
	"motorpool/infra/machine/moving"
	"motorpool/shared/app"
	"motorpool/shared/fault"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// A witness remembers all that was sealed.
type witness struct {
	secrets.Box
	mu     sync.Mutex
	sealed [][]byte
}

func (w *witness) Open(ctx context.Context, sealed []byte, bound string) ([]byte, error) {
	w.mu.Lock()
	w.sealed = append(w.sealed, sealed)
	w.mu.Unlock()
	return w.Box.Open(ctx, sealed, bound)
}

// everything reads all that lies in a house.
func everything(t *testing.T, h *moving.House) []table.Item {
	t.Helper()
	return scanned(t, h.Table)
}

func scanned(t *testing.T, store table.Mover) (all []table.Item) {
	t.Helper()
	for s := (table.Scan{Prefixes: []string{"WS#", "DOOR#"}}); ; {
		page, err := store.Scan(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, page.Items...); page.Next == "" {
			return all
		}
		s.After = page.Next
	}
}

// TestEverythingStoredIsOfOneKind: what a workspace that has lived stores moves,
// or stays for a reason, and hardly a kind was not met here. A noun that stores
// something new and does not say so fails here.
func TestEverythingStoredIsOfOneKind(t *testing.T) {
	t.Parallel()
	clock, dir := host.TestClock(noon), t.TempDir()
	old := live(t, dir, clock)
	ws, _ := lived(t, old)
	old.stop()
	h, leave := house(t, dir, true, clock)
	defer leave()
	rare := map[string]bool{ // stored for moments, or only by what would take too long here
		"long answer to a delivery": true, "work that waits": true, "category's closing": true, "webhook endpoint's turns": true,
		"number of a person's document": true, "line for a digest of the staff": true,
	}
	met := map[string]int{}
	count := func(ws string, all []table.Item) {
		for _, it := range all {
			n := 0
			for _, k := range app.Kinds() {
				of := ws
				if k.Owner != nil {
					of = k.Owner(it)
				}
				if k.Fits(of, it.Key) {
					met[k.Name]++
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s / %s is of %d kinds, want one", it.Key.PK, it.Key.SK, n)
			}
		}
	}
	count(ws.ID, everything(t, h))
	count(planted(t))
	for _, k := range app.Kinds() {
		if met[k.Name] == 0 && !rare[k.Name] {
			t.Errorf("no %s was stored, so nobody knows whether it would move", k.Name)
		}
	}
}

// planted is what the world of every room of the product stores, and whose it is.
func planted(t *testing.T) (string, []table.Item) {
	t.Helper()
	p, closing, err := seed.Disk(t.TempDir(), seed.Epoch)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := closing(); err != nil {
			t.Error(err)
		}
	}()
	w, err := seed.Plant(t.Context(), p, seed.Epoch, "")
	if err != nil {
		t.Fatal(err)
	}
	return w.Workspace.ID, scanned(t, w.Store.(table.Riding).Table.(table.Mover))
}

// TestNoSecretKeepsItsOldSeal: nothing in the new house is sealed with the old
// house's key. A noun that seals something and does not say so fails here.
func TestNoSecretKeepsItsOldSeal(t *testing.T) {
	t.Parallel()
	clock, dirs := host.TestClock(noon), [2]string{t.TempDir(), t.TempDir()}
	old := live(t, dirs[0], clock)
	ws, _ := lived(t, old)
	old.stop()
	from, leave := house(t, dirs[0], true, clock)
	keyID := sealedBy(t, from, ws)
	o, out := order(t, ws.ID, "")
	seen := &witness{Box: from.Box}
	from.Box = seen
	must(t, moving.Export(t.Context(), from, o), out)
	leave()
	to, arrive := house(t, dirs[1], false, clock)
	defer arrive()
	must(t, moving.Import(t.Context(), to, o), out)
	if len(seen.sealed) < 7 {
		t.Errorf("%d secrets were opened, want those of each endpoint and answer", len(seen.sealed))
	}
	for _, it := range everything(t, to) {
		if at := bytes.Index(it.Doc, []byte(keyID)); at >= 0 {
			t.Errorf("%s / %s is sealed with the old house's key", it.Key.PK, it.Key.SK)
		}
		for _, s := range seen.sealed {
			if bytes.Contains(it.Doc, []byte(base64.StdEncoding.EncodeToString(s))) {
				t.Errorf("%s / %s is as it was sealed in the old house", it.Key.PK, it.Key.SK)
			}
		}
	}
	crate, err := os.ReadFile(o.Path)
	if err != nil || bytes.Contains(crate, []byte("whsec_")) || strings.Contains(out.String(), "whsec_") {
		t.Errorf("a secret can be read in the file or the report, %v", err)
	}
}

// sealedBy is how everything begins that a house has sealed: version and key, in
// base64 behind a quotation mark, as far as whole characters go (keyfile's form).
func sealedBy(t *testing.T, h *moving.House, ws *workspace.Workspace) string {
	t.Helper()
	sealed, err := h.Box.Seal(t.Context(), []byte("x"), ws.ID)
	if err != nil {
		t.Fatal(err)
	}
	return `"` + base64.StdEncoding.EncodeToString(sealed[:3])
}

// TestWhatWasNotYetToldIsToldThere: of two events of which the machine had not
// told when it was killed, one had its delivery made already. Each arrives, once.
func TestWhatWasNotYetToldIsToldThere(t *testing.T) {
	t.Parallel()
	clock, dirs := host.TestClock(noon), [2]string{t.TempDir(), t.TempDir()}
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: dirs[0], BaseURL: base, Clock: clock, AllowPrivate: true, Log: discard})
	if err != nil {
		t.Fatal(err)
	}
	ws, rcv := quiet(t, h)
	if err := h.Close(); err != nil { // it was never served: nobody followed the feed
		t.Fatal(err)
	}
	from, leave := house(t, dirs[0], true, clock)
	o, out := order(t, ws, "")
	must(t, moving.Export(t.Context(), from, o), out)
	leave()
	to, arrive := house(t, dirs[1], false, clock)
	must(t, moving.Import(t.Context(), to, o), out)
	arrive()
	here := live(t, dirs[1], clock)
	here.advance(time.Second)
	if n, _ := rcv.Count(); n != 2 {
		t.Errorf("%d requests arrived, want two: of the event that nobody had been told of, and of the one that was only ordered", n)
	}
	here.advance(24 * time.Hour)
	for id, all := range rcv.Arrivals() {
		if len(all) != 1 {
			t.Errorf("%s arrived %d times", id, len(all))
		}
	}
}

// quiet makes a workspace with an endpoint and an event in a host that nobody
// serves.
func quiet(t *testing.T, h *host.Host) (ws string, rcv *machinetest.Receiver) {
	t.Helper()
	rcv, err := machinetest.NewReceiver()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rcv.Close)
	w, err := h.Workspaces.First(t.Context(), workspace.Draft{Name: "Quiet", Mode: workspace.Test}, h.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Keys.Adopt(t.Context(), w.ID, key, "moving", h.Now()); err != nil {
		t.Fatal(err)
	}
	register(t, h.App, w.ID, rcv.URL, h.Now())
	return w.ID, rcv
}

// TestAnImportChangesNothingThatIsThere refuses what is not whole, what is there
// already, and a key that another workspace has.
func TestAnImportChangesNothingThatIsThere(t *testing.T) {
	t.Parallel()
	clock, dir := host.TestClock(noon), t.TempDir()
	old := live(t, dir, clock)
	ws, _ := lived(t, old)
	old.stop()
	from, leave := house(t, dir, true, clock)
	o, out := order(t, ws.ID, "")
	must(t, moving.Export(t.Context(), from, o), out)
	leave()
	whole, err := os.ReadFile(o.Path)
	if err != nil {
		t.Fatal(err)
	}
	refuse := func(code string, file []byte, passphrase string, prepare func(*moving.House)) {
		t.Helper()
		h, done := house(t, t.TempDir(), false, clock)
		defer done()
		prepare(h)
		before := fmt.Sprint(everything(t, h))
		bad := o
		bad.Path, bad.Passphrase = filepath.Join(t.TempDir(), "bad"), passphrase
		if err := os.WriteFile(bad.Path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := moving.Import(t.Context(), h, bad); fault.CodeOf(err) != code {
			t.Errorf("got %v, want %s", err, code)
		}
		if after := fmt.Sprint(everything(t, h)); after != before {
			t.Errorf("%s: the house was changed", code)
		}
	}
	nothing := func(*moving.House) {}
	refuse("crate.cut", whole[:len(whole)-9], passphrase, nothing)
	refuse("crate.passphrase", whole, "another passphrase", nothing)
	refuse("crate.newer", bytes.Replace(whole, []byte(`"format":2`), []byte(`"format":9`), 1), passphrase, nothing)
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 4
	refuse("crate.damaged", changed, passphrase, nothing)
	refuse("moving.taken", whole, passphrase, func(h *moving.House) {
		w, err := h.App.Workspaces.First(t.Context(), workspace.Draft{Name: "Another", Mode: workspace.Test}, noon)
		if err == nil {
			_, err = h.App.Keys.Adopt(t.Context(), w.ID, key, "the same", noon)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	refuse("moving.there", whole, passphrase, func(h *moving.House) {
		must(t, moving.Import(t.Context(), h, o), out)
		it, err := h.Table.Get(t.Context(), table.Key{PK: "WS#" + ws.ID + "#WHE", SK: "COUNT"})
		if err = errors.Join(err, h.Table.Write(t.Context(), table.Put(it))); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAnythingThatFitsAKindMovesAsItIs packs random stores and compares them.
func TestAnythingThatFitsAKindMovesAsItIs(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab é漢\"\\\u2028<&")), 1, 9, -1)
	n := 0
	for range 6 { // each takes two slow keys from a passphrase
		n++
		from, leave := house(t, t.TempDir(), false, clock)
		w, err := from.App.Workspaces.First(t.Context(), workspace.Draft{Name: "Random", Mode: workspace.Test}, noon)
		if err != nil {
			t.Fatal(err)
		}
		items := rapid.SliceOfNDistinct(rapid.Custom(func(rt *rapid.T) table.Item {
			it := table.Item{Version: rapid.Int64Range(1, 1<<50).Draw(rt, "v")}
			it.Key = table.Key{PK: "WS#" + w.ID + "#SEARCH#active", SK: text.Draw(rt, "sk") + "#" + text.Draw(rt, "sk2")}
			it.Doc = json.RawMessage(fmt.Sprintf(" { %q:\t%q, \"x\": 1.50 }", text.Draw(rt, "a"), text.Draw(rt, "b")))
			if rapid.Bool().Draw(rt, "indexed") {
				it.Index = table.Key{PK: "WS#" + w.ID + "#" + text.Draw(rt, "ipk"), SK: text.Draw(rt, "isk")}
			}
			if rapid.Bool().Draw(rt, "mortal") {
				it.Expires = noon.Add(time.Duration(rapid.IntRange(1, 200_000).Draw(rt, "s")) * time.Second)
			}
			return it
		}), 1, 60, func(it table.Item) table.Key { return it.Key }).Example(n)
		if err := from.Table.Load(t.Context(), items...); err != nil {
			t.Fatal(err)
		}
		o, out := order(t, w.ID, "")
		must(t, moving.Export(t.Context(), from, o), out)
		leave()
		to, arrive := house(t, t.TempDir(), false, clock)
		must(t, moving.Import(t.Context(), to, o), out)
		for _, it := range items {
			got, err := to.Table.Get(t.Context(), it.Key)
			if err != nil || got.Version != it.Version || got.Index != it.Index || !got.Expires.Equal(it.Expires) || !bytes.Equal(got.Doc, it.Doc) {
				t.Errorf("got %+v %s, %v; want %+v %s", got, got.Doc, err, it, it.Doc)
			}
		}
		arrive()
	}
}

// TestAStrangerStopsAMove: something that no noun knows is not left behind
// silently.
func TestAStrangerStopsAMove(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	for _, pk := range []string{"WS#%s#NEWER", "WS#%s", "DOOR#NEWER#1%.0s"} {
		h, leave := house(t, t.TempDir(), false, clock)
		w, err := h.App.Workspaces.First(t.Context(), workspace.Draft{Name: "Ours", Mode: workspace.Test}, noon)
		if err != nil {
			t.Fatal(err)
		}
		stranger := table.Item{Key: table.Key{PK: fmt.Sprintf(pk, w.ID), SK: "NEW"}, Version: 1, Doc: json.RawMessage(`{}`)}
		if err := h.Table.Load(t.Context(), stranger); err != nil {
			t.Fatal(err)
		}
		o, _ := order(t, w.ID, "")
		if err := moving.Export(t.Context(), h, o); fault.CodeOf(err) != "moving.unknown" {
			t.Errorf("%s: got %v, want moving.unknown", stranger.Key.PK, err)
		}
		leave()
	}
}
