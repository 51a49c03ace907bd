package demo_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"motorpool/infra/machine/demo"
	"motorpool/infra/machine/host"
	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/inspection"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// TestTheDemoFillsAnEmptyWorkspaceOnce: a fleet, one endpoint that is well and
// one that fails, and nothing twice.
func TestTheDemoFillsAnEmptyWorkspaceOnce(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), Clock: host.TestClock(at), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ws, err := h.Workspaces.First(t.Context(), workspace.Draft{Name: "Demo", Mode: workspace.Test, TimeZone: "UTC"}, at)
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
	for range 2 {
		if err := demo.Fill(t.Context(), h.Address(), key); err != nil {
			t.Fatal(err)
		}
		if err := h.Advance(t.Context(), h.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	cars, _, err := h.Fleet.Assets(t.Context(), access.System(ws.ID), fleet.AssetFilter{}, "", 200)
	if err != nil || len(cars) != 22 {
		t.Errorf("%d vehicles in service, %v; want 22", len(cars), err)
	}
	looked, _, err := h.Inspections.Inspections(t.Context(), access.System(ws.ID), inspection.Filter{}, "", 10)
	if err != nil || len(looked) != 1 || looked[0].Report == nil || len(looked[0].Issues) != 1 {
		t.Errorf("inspections %+v, %v; want one with its report and an issue", looked, err)
	}
	endpoints, err := h.Webhooks.Endpoints(t.Context(), ws.ID)
	if err != nil || len(endpoints) != 2 {
		t.Fatalf("%d endpoints, %v; want 2", len(endpoints), err)
	}
	for i, want := range []webhook.Status{webhook.Succeeded, webhook.Retrying} {
		health, err := h.Webhooks.Health(t.Context(), ws.ID, endpoints[i].ID, h.Now())
		if err != nil || len(health.Counts) != 1 || health.Counts[want] == 0 {
			t.Errorf("%s: %v, %v; want all %s", endpoints[i].Description, health.Counts, err, want)
		}
	}
}
