package workspace_test

import (
	"strings"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// TestAWorkspaceLeavesAndReturns: what has left says so to whoever asks, twice is
// once, and what travels has not left.
func TestAWorkspaceLeavesAndReturns(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "Harbour", Mode: workspace.Live})
	here, err := k.tab.Get(t.Context(), table.Key{PK: "WS#" + w.ID, SK: "WORKSPACE"})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		left, err := k.Leave(t.Context(), w.ID, at.Add(time.Duration(n)*time.Hour))
		if err != nil || !left.Left.Equal(at) || left.Version != 2 {
			t.Errorf("left: %+v, %v; want the first instant, stored once", left, err)
		}
	}
	if err := k.Here(t.Context(), w.ID); fault.CodeOf(err) != "workspace.left" {
		t.Errorf("it has left: %v", err)
	}
	gone, err := k.tab.Get(t.Context(), here.Key)
	if err != nil || !strings.Contains(string(gone.Doc), "left_at") {
		t.Fatalf("%s, %v", gone.Doc, err)
	}
	for _, kind := range workspace.Kinds() {
		if kind.Carry == nil {
			continue
		}
		if travels, err := kind.Carry(gone.Doc); err != nil || string(travels) != string(here.Doc) {
			t.Errorf("what travels says %s, %v; want %s", travels, err, here.Doc)
		}
	}
	back, err := k.Return(t.Context(), w.ID, at)
	if err != nil || !back.Left.IsZero() || k.Here(t.Context(), w.ID) != nil {
		t.Errorf("returned: %+v, %v", back, err)
	}
	again, err := k.Return(t.Context(), w.ID, at)
	if err != nil || again.Returning != back.Returning || again.Returning == 0 {
		t.Errorf("returned once more before its work was carried on: %+v, %v; want as before", again, err)
	}
	if err := k.Returned(t.Context(), w.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Return(t.Context(), w.ID, at); fault.CodeOf(err) != "workspace.here" {
		t.Errorf("one that lives here returned: %v, want workspace.here", err)
	}
	if _, err := k.Leave(t.Context(), "wsp_nowhere", at); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a workspace that is not there left: %v", err)
	}
}
