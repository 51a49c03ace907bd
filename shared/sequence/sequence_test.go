package sequence_test

import (
	"sync"
	"testing"
	"time"

	"motorpool/shared/apitest"
	"motorpool/shared/sequence"
)

func TestEachKindOfEachWorkspaceCountsForItself(t *testing.T) {
	t.Parallel()
	s := sequence.Service{Table: apitest.Table(t, time.Now)}
	for _, tt := range []struct {
		workspace, kind string
		want            int64
	}{{"wsp_1", "issue", 1}, {"wsp_1", "issue", 2}, {"wsp_1", "inspection", 1}, {"wsp_2", "issue", 1}, {"wsp_1", "issue", 3}} {
		if n, err := s.Next(t.Context(), tt.workspace, tt.kind); err != nil || n != tt.want {
			t.Errorf("%s %s: got %d, %v, want %d", tt.workspace, tt.kind, n, err, tt.want)
		}
	}
}

func TestOfManyWhoAskAtOnceEachGetsAnother(t *testing.T) {
	t.Parallel()
	s := sequence.Service{Table: apitest.Table(t, time.Now)}
	var wg sync.WaitGroup
	var got sync.Map
	for range 20 {
		wg.Go(func() {
			n, err := s.Next(t.Context(), "wsp_1", "issue")
			if _, twice := got.LoadOrStore(n, true); twice || err != nil || n < 1 || n > 20 {
				t.Errorf("got %d, %v; given before: %v", n, err, twice)
			}
		})
	}
	wg.Wait()
}

func TestNumbersAreWrittenWithLeadingZeros(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{1: "IS000001", 123456: "IS123456", 1234567: "IS1234567"} {
		if got := sequence.Format("IS", n); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
