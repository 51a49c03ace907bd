package seed_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"motorpool/infra/aws/seed"
	"motorpool/shared/fault"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// plant makes a world of the test's own at an instant.
func plant(t *testing.T, at time.Time) *seed.World {
	t.Helper()
	p, closing, err := seed.Disk(t.TempDir(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := closing(); err != nil {
			t.Error(err)
		}
	})
	w, err := seed.Plant(t.Context(), p, at, "")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// named is everything of a world that must be the same in all worlds.
func named(t *testing.T, w *seed.World) string {
	t.Helper()
	names := map[string]any{
		"workspace": w.Workspace.ID, "actor": w.Actor, "key": w.Key, "sessions": w.Sessions, "links": w.Links, "event": w.Published.ID,
		"news": []string{w.News.PK, w.News.SK}, "ordered": w.Ordered, "due": w.Due.Delivery, "lost": w.Lost.Delivery, "run": string(w.Due.Input),
		"delivered": w.Delivered, "released": w.Released, "release": string(w.Release.Body), "orders": string(w.Orders[0].Body) + string(w.Orders[1].Body),
	}
	for number, a := range w.Assets {
		names[number] = []any{a.ID, a.Version}
	}
	for name, p := range w.Customers {
		names[name] = []any{p.ID, p.Version, p.Contacts[0].ID}
	}
	for name, e := range w.Endpoints {
		names[name] = []any{e.ID, e.Revision, e.State}
	}
	for slug, c := range w.Categories {
		names[slug] = []any{c.ID, c.Version}
	}
	for name, k := range w.Keys {
		names[name] = k.ID
	}
	for name, m := range w.Windows {
		names["window "+name] = []any{m.ID, m.Version}
	}
	for name, i := range w.Issues {
		names["issue "+name] = []any{i.ID, i.Number, i.Version}
	}
	for name, r := range w.Reminders {
		names["reminder "+name] = []any{r.ID, r.Version}
	}
	for name, i := range w.Inboxes {
		names[name] = []any{i.ID, i.Token}
	}
	text, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWheneverItIsPlantedItIsCalledTheSame(t *testing.T) {
	t.Parallel()
	then, now := plant(t, seed.Epoch), plant(t, time.Now())
	if one, two := named(t, then), named(t, now); one != two {
		t.Errorf("at the epoch:\n%s\nnow:\n%s", one, two)
	}
	if then.News.OccurredAt.Equal(now.News.OccurredAt) {
		t.Error("both worlds are of the same time: nothing was compared")
	}
}

func TestTheWorldIsAsItsFixturesNeedIt(t *testing.T) {
	t.Parallel()
	at := time.Now().UTC()
	w := plant(t, at)
	for name, want := range map[string]webhook.State{
		"CRM": webhook.Enabled, "Wash robot": webhook.Paused, "Key cabinet": webhook.Paused, "Charging network": webhook.Enabled,
		"Old CRM": webhook.Disabled, "Legacy ERP": webhook.Disabled, "Roadside help": webhook.Enabled, "Telematics": webhook.Enabled,
	} {
		if got := w.Endpoints[name].State; got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for id, want := range map[string]webhook.Status{
		w.Due.Delivery: webhook.Retrying, w.Lost.Delivery: webhook.Retrying, w.Released: webhook.Held,
	} {
		if d, err := w.Webhooks.Delivery(t.Context(), w.Workspace.ID, id, at); err != nil || d.Status != want {
			t.Errorf("delivery %s: %+v, %v; want it %s", id, d, err, want)
		}
	}
	for _, id := range w.Ordered {
		if d, err := w.Webhooks.Delivery(t.Context(), w.Workspace.ID, id, at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("delivery %s is ordered, and there already: %+v, %v", id, d, err)
		}
	}
	if err := w.Webhooks.DisableFailing(t.Context(), w.Workspace.ID, at); err != nil {
		t.Fatal(err)
	}
	if e, err := w.Webhooks.Endpoint(t.Context(), w.Workspace.ID, w.Endpoints["Roadside help"].ID); err != nil || e.State != webhook.Disabled {
		t.Errorf("the tick leaves %+v, %v; want it disabled", e, err)
	}
	if who, err := w.App.Keys.Authenticate(t.Context(), w.Key, at); err != nil || who.ID != w.Actor.ID {
		t.Errorf("the key opens for %+v, %v", who, err)
	}
	for _, s := range w.Sessions {
		if _, err := w.App.Sessions.Authenticate(t.Context(), s, at); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatOpensDoorsSaysThatItIsSeed(t *testing.T) {
	t.Parallel()
	w := plant(t, seed.Epoch)
	for _, s := range append(append([]string{w.Key, w.Inboxes["First try"].Token}, w.Sessions...), w.Links...) {
		if !strings.Contains(s, "seed000") {
			t.Errorf("%s looks real", s)
		}
	}
}

func TestTheWorldIsPlantedOnceBesideOthers(t *testing.T) {
	t.Parallel()
	p, closing, err := seed.Disk(t.TempDir(), seed.Epoch)
	if err != nil {
		t.Fatal(err)
	}
	defer closing()
	w, err := seed.Plant(t.Context(), p, seed.Epoch, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := seed.Plant(t.Context(), p, seed.Epoch, ""); err == nil || !strings.Contains(err.Error(), "there already") {
		t.Errorf("planting again: %v", err)
	}
	if _, err := w.Workspaces.Create(t.Context(), workspace.Draft{Name: "Another", Mode: workspace.Live, TimeZone: "UTC"}, seed.Epoch); err != nil {
		t.Errorf("another workspace: %v", err)
	}
}
