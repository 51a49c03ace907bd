package person

import (
	"context"
	"fmt"
	"testing"

	"motorpool/shared/table"
)

// counted is a table that counts what is read.
type counted struct {
	table.Table
	gets, queries int
}

func (c *counted) Get(ctx context.Context, k table.Key) (table.Item, error) {
	c.gets++
	return c.Table.Get(ctx, k)
}

func (c *counted) Query(ctx context.Context, q table.Query) (table.Page, error) {
	c.queries++
	return c.Table.Query(ctx, q)
}

// TestReadsDoNotGrowWithTheWorkspace: every list and search of ten people costs
// as many reads among 1,000 as among 40.
func TestReadsDoNotGrowWithTheWorkspace(t *testing.T) {
	t.Parallel()
	s := newService(t)
	count := &counted{Table: s.Table}
	reader := *s
	reader.Table = count
	people := 0
	grow := func(n int) {
		for ; people < n; people++ {
			d := PersonDetails{
				GivenName: fmt.Sprintf("Given%04d", people%1000), FamilyName: fmt.Sprintf("Family%02d", people%10), Email: fmt.Sprintf("p%d@example.com", people),
				Mobile: fmt.Sprintf("+61412%06d", people), BirthDate: ana().BirthDate, Tags: []string{fmt.Sprint("tag", people%2)},
			}
			p := done(s.Create(t.Context(), mia, d, now))(t)
			if people%4 == 0 {
				done(s.Block(t.Context(), mia, p.ID, "fraud", "", 0, now))(t)
			}
		}
	}
	lists := map[string]PersonFilter{
		"by name": {}, "newest": {Newest: true}, "blocked": {State: Blocked}, "tag": {Tag: "TAG1"},
		"family": {Q: "family0"}, "given": {Q: "given0"}, "e-mail": {Q: "p1"}, "phone": {Q: "0412 0000"},
	}
	reads := func() map[string]string {
		got := map[string]string{}
		for name, f := range lists {
			cursor := ""
			for page := range 2 {
				count.gets, count.queries = 0, 0
				found, next, err := reader.People(t.Context(), mia, f, cursor, 10)
				if err != nil || len(found) != 10 && page == 0 {
					t.Fatalf("%s: %d people, %v", name, len(found), err)
				}
				if page == 0 {
					cursor, got[name] = next, fmt.Sprintf("%d gets, %d queries", count.gets, count.queries)
				}
				if count.gets > 40 || count.queries > 3 {
					t.Errorf("%s, page %d of %d people: %d gets, %d queries", name, page+1, people, count.gets, count.queries)
				}
			}
		}
		return got
	}
	grow(40)
	few := reads()
	grow(1000)
	for name, many := range reads() {
		t.Logf("%-8s %s", name, many)
		if few[name] != many && name != "e-mail" { // p1 finds eleven of forty
			t.Errorf("%s: %s among 40 people, %s among 1,000", name, few[name], many)
		}
	}
}
