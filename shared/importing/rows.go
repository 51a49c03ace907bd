package importing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/sheet"
	"motorpool/shared/table"
)

// atOnce is how many rows of a page are taken at a time.
const atOnce = 8

// worker does one page.
type worker struct {
	*Service
	i     *Import
	taker Taker
	twice map[int]double
	at    time.Time
}

// double says that a row says what another one said before it.
type double struct {
	Column int `json:"column"`
	First  int `json:"first"` // that row's number
}

// all takes rows, several at once, and counts what became of them. An error
// means that the page has to be done again: rows that were taken are counted
// then, and not taken again.
func (w *worker) all(ctx context.Context, rows []sheet.Row) (Counts, error) {
	done, err := w.taken(ctx, rows)
	if err != nil {
		return Counts{}, err
	}
	var (
		counts Counts
		failed error
		mu     sync.Mutex
		group  sync.WaitGroup
		turns  = make(chan struct{}, atOnce)
	)
	for _, r := range rows {
		if was, ok := done[r.Number]; ok {
			mu.Lock()
			counts.add(was.Outcome, len(was.Warnings) > 0)
			mu.Unlock()
			continue
		}
		turns <- struct{}{}
		group.Go(func() {
			defer func() { <-turns }()
			row, err := w.one(ctx, r)
			mu.Lock()
			defer mu.Unlock()
			if counts.add(row.Outcome, len(row.Warnings) > 0); err != nil {
				failed = err
			}
		})
	}
	group.Wait()
	return counts, failed
}

// taken reads what became of rows when the page was done before.
func (w *worker) taken(ctx context.Context, rows []sheet.Row) (map[int]Row, error) {
	done := map[int]Row{}
	if len(rows) == 0 {
		return done, nil
	}
	q := table.Query{PK: importPK(w.i.Workspace, w.i.ID), From: rowKey(w.i, rows[0].Number).SK, To: rowKey(w.i, rows[len(rows)-1].Number).SK, Limit: table.MaxPage}
	for {
		page, err := w.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			var r Row
			if err := json.Unmarshal(it.Doc, &r); err != nil {
				return nil, err
			}
			done[r.Number] = r
		}
		if q.After = page.Next; q.After == "" {
			return done, nil
		}
	}
}

// one takes one row. What it became is written in the transaction that takes it.
func (w *worker) one(ctx context.Context, r sheet.Row) (Row, error) {
	out := Row{Number: r.Number, Wrong: w.unreadable(r)}
	if len(out.Wrong) > 0 {
		return w.refused(ctx, r, out)
	}
	dry := w.i.State == Checking
	taken, err := w.taker.Take(ctx, w.record(r), func(t Taken) ([]table.Op, error) {
		if dry {
			return nil, nil
		}
		op, err := w.rowOp(w.i, Row{Number: r.Number, Outcome: t.Outcome, Object: t.Object, Warnings: t.Warnings}, w.at)
		return []table.Op{op}, err
	})
	if clash, ok := errors.AsType[*table.Conflict](err); ok && clash.Key == rowKey(w.i, r.Number) {
		return w.again(ctx, r.Number) // another message has just taken it
	}
	if err != nil {
		if out.Wrong = w.wrong(err); out.Wrong == nil {
			return out, err
		}
		return w.refused(ctx, r, out)
	}
	out.Outcome, out.Object, out.Warnings = taken.Outcome, taken.Object, taken.Warnings
	if len(out.Warnings) > 0 && (dry || out.Outcome == Unchanged) {
		return out, w.note(ctx, out)
	}
	return out, nil
}

// again reads what became of a row.
func (w *worker) again(ctx context.Context, number int) (r Row, err error) {
	it, err := w.Table.Get(ctx, rowKey(w.i, number))
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(it.Doc, &r)
}

// note stores what became of a row that changed nothing. Doing so again does nothing.
func (w *worker) note(ctx context.Context, r Row) error {
	op, err := w.rowOp(w.i, r, w.at)
	if err != nil {
		return err
	}
	err = w.Table.Write(ctx, op)
	if _, there := errors.AsType[*table.Conflict](err); there {
		return nil
	}
	return err
}

func (w *worker) refused(ctx context.Context, r sheet.Row, out Row) (Row, error) {
	out.Outcome, out.Cells = Refused, r.Cells
	return out, w.note(ctx, out)
}

// unreadable lists what is wrong with a row whatever it says.
func (w *worker) unreadable(r sheet.Row) (all []Mistake) {
	for n := range w.i.Header {
		if reason, ok := r.Wrong[n]; ok && w.i.Mapping[n] != "" {
			all = append(all, Mistake{w.column(n), w.i.Mapping[n], reason})
		}
	}
	for n, reason := range r.Wrong {
		if n >= len(w.i.Header) {
			all = append(all, Mistake{"", "", reason})
			break // one is enough: the row has slipped
		}
	}
	if d, ok := w.twice[r.Number]; ok {
		all = append(all, Mistake{w.column(d.Column), w.i.Mapping[d.Column], fmt.Sprintf("Row %d says the same. Only that one is taken.", d.First)})
	}
	return all
}

// column is what the header calls a column, or its letter.
func (w *worker) column(n int) string {
	if w.i.Header[n] != "" {
		return w.i.Header[n]
	}
	return sheet.Letter(n)
}

// record is the row by its fields.
func (w *worker) record(r sheet.Row) Record {
	out := Record{Set: map[string]string{}, Clear: map[string]bool{}}
	for n, field := range w.i.Mapping {
		cell := strings.TrimSpace(r.Cells[n])
		switch {
		case field == "" || cell == "":
		case cell == Null:
			out.Clear[field] = true
		default:
			out.Set[field] = cell
		}
	}
	return out
}

// wrong is why a row was refused; nil for what is no reason to refuse it.
func (w *worker) wrong(err error) []Mistake {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Conflict && f.Kind != fault.Denied && f.Kind != fault.NotFound {
		return nil
	}
	var all []Mistake
	for _, field := range f.Fields {
		all = append(all, Mistake{w.columnOf(field.Name), field.Name, field.Reason})
	}
	if len(all) == 0 {
		all = []Mistake{{"", "", f.Message}}
	}
	return all
}

// columnOf is the column of a field, or of the part of it that "categories[1]"
// and "rrp.currency" name; empty if none was mapped to it.
func (w *worker) columnOf(field string) string {
	for n, name := range w.i.Mapping {
		if name != "" && (name == field || strings.HasPrefix(field, name+"[") || strings.HasPrefix(field, name+".")) {
			return w.column(n)
		}
	}
	return ""
}

// twice finds the rows that say what a row before them said, in a field in which
// no two may: over all pages, once for each run.
func (s *Service) twice(ctx context.Context, i *Import) (map[int]double, error) {
	found := map[int]double{}
	err := s.fetch(ctx, i, i.twiceName(), &found)
	if fault.KindOf(err) != fault.NotFound {
		return found, err
	}
	columns := map[int]map[string]int{}
	for n, name := range i.Mapping {
		if f, ok := find(s.Targets[i.Kind], name); ok && (f.Unique || f.Key) {
			columns[n] = map[string]int{}
		}
	}
	for n := range i.Pages {
		var p page
		if err := s.fetch(ctx, i, pageName(n), &p); err != nil {
			return nil, err
		}
		for _, r := range p.Rows {
			for column, seen := range columns {
				said := strings.ToUpper(strings.Join(strings.Fields(r.Cells[column]), ""))
				if first, again := seen[said]; again && said != "" && said != Null {
					if was, ok := found[r.Number]; !ok || column < was.Column {
						found[r.Number] = double{column, first}
					}
				} else {
					seen[said] = r.Number
				}
			}
		}
	}
	return found, s.write(ctx, i, i.twiceName(), found)
}

// refusals writes the file of the rows that were refused: what was sent, and
// what is wrong with it, so that it can be corrected and sent again.
func (s *Service) refusals(ctx context.Context, i *Import) error {
	if i.Counts.Failed == 0 {
		return nil
	}
	var out bytes.Buffer
	out.WriteString(sheet.BOM)
	w := sheet.NewWriter(&out)
	if err := w.Write(append(append([]string{}, i.Header...), "row", "what is wrong")); err != nil {
		return err
	}
	for cursor := ""; ; {
		rows, next, err := s.rows(ctx, i, Refused, cursor, table.MaxPage)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := w.Write(append(append([]string{}, r.Cells...), itoa(r.Number), r.InWords())); err != nil {
				return err
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	i.Errors = true
	return s.keep(ctx, i, i.errorsName(), "text/csv; charset=utf-8", out.Bytes())
}
