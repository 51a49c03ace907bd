package letter_test

import (
	"strings"
	"testing"
	"time"

	"motorpool/shared/apitest"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/letter"
	"motorpool/shared/table"
)

func TestALinkRestsSealedAndIsInNoList(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return apitest.Now }
	s := &letter.Service{Table: apitest.Table(t, now), Box: apitest.Box(t), NewID: ident.Sortable(now)}
	for _, ws := range []string{"wsp_1", ""} {
		op, err := s.Write(t.Context(), ws, letter.Letter{Kind: letter.Reset, Email: "ada@example.com", Asked: apitest.Now, Link: "/reset/hush"})
		if err != nil || strings.Contains(string(op.Item.Doc), "hush") {
			t.Fatalf("got %s %v", op.Item.Doc, err)
		}
		if err := s.Table.Write(t.Context(), op); err != nil {
			t.Fatal(err)
		}
		all, _, err := s.List(t.Context(), ws, "", 10)
		if err != nil || len(all) != 1 || all[0].Link != "" {
			t.Fatalf("got %+v %v", all, err)
		}
		if l, err := s.Read(t.Context(), ws, all[0].ID); err != nil || l.Link != "/reset/hush" {
			t.Errorf("got %+v %v", l, err)
		}
		if _, err := s.Read(t.Context(), "wsp_2", all[0].ID); fault.CodeOf(err) != "letter.not_found" {
			t.Errorf("from another workspace: %v", err)
		}
		it := table.Item{Key: table.Key{PK: op.Item.Key.PK, SK: ident.Suffix(s.NewID("ltr"))}, Doc: op.Item.Doc}
		if err := s.Table.Write(t.Context(), table.Put(it)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Read(t.Context(), ws, "ltr_"+it.Key.SK); err == nil {
			t.Error("a link that was moved to another letter opens")
		}
	}
}
