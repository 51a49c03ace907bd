package maintenance

import "testing"

// TestACancelledWindowFreesItsDatesAndIsTold from wherever it was.
func TestACancelledWindowFreesItsDatesAndIsTold(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	for began, want := range map[bool]string{false: "created cancelled", true: "created started cancelled"} {
		w := done(y.Plan(ctx, mia, y.asset, service(1, 5), nil, now))(t)
		if began {
			done(y.Start(ctx, mia, w.ID, nil, 0, now))(t)
		}
		done(y.Cancel(ctx, mia, w.ID, 0, now))(t)
		if got := y.happened(w.ID); got != want || y.calendar() != "" {
			t.Errorf("begun %v: told %s, it holds %q", began, got, y.calendar())
		}
	}
}
