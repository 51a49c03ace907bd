package demo_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/infra/machine/demo"
	"motorpool/infra/machine/host"
	"motorpool/shared/letter"
	"motorpool/shared/workspace"
)

// TestTheDemosLicencesExpireAndEverybodyIsWrittenToOnceADay lives for two weeks:
// who rents gets a link, who works there one letter a day about all of them.
func TestTheDemosLicencesExpireAndEverybodyIsWrittenToOnceADay(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), Clock: host.TestClock(at), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ws, err := h.Workspaces.First(t.Context(), workspace.Draft{Name: "Demo", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, at)
	if err != nil {
		t.Fatal(err)
	}
	const key = "mp_test_demo00000000000000000000"
	if _, err := h.Keys.Adopt(t.Context(), ws.ID, key, "demo", at); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx) }()
	defer func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}()
	if err := demo.Fill(t.Context(), h.Address(), key); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.LetIn(t.Context(), ws.ID, "owner@motorpool.example", h.Now()); err != nil {
		t.Fatal(err)
	}
	if err := h.Advance(t.Context(), h.Now().AddDate(0, 0, 14)); err != nil {
		t.Fatal(err)
	}
	letters, _, err := h.Letters.List(t.Context(), ws.ID, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range letters {
		if l.Kind != letter.NewPapers && l.Kind != letter.Expiring || !strings.Contains(strings.Join(l.Lines, " "), "licence") {
			continue // the insurance ends in these weeks, too
		}
		who, _, _ := strings.Cut(l.Email, "@")
		got = append(got, l.Asked.In(ws.Location()).Format("01-02T15 ")+who+": "+strings.Join(l.Lines, "; "))
	}
	slices.Sort(got)
	want := []string{
		"03-04T07 finn: licence is good until today, 2026-03-04",
		"03-04T07 owner: Finn Larsen: licence is good until today, 2026-03-04",
		"03-06T07 ben: licence is good until 2026-03-13, 7 days from now",
		"03-06T07 owner: Ben Okafor: licence is good until 2026-03-13, 7 days from now",
		"03-13T07 ben: licence is good until today, 2026-03-13",
		"03-13T07 owner: Ben Okafor: licence is good until today, 2026-03-13",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
