package seed

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/webhook"
)

// nowhere is a receiver that cannot be found: RFC 2606 sees to that.
const nowhere = "https://receiver.invalid/hook"

// endpoints are enough that each call which changes one has one of its own. One
// without a URL points at the receiver.
var endpoints = []struct{ name, url, events string }{
	{"CRM", "", "custom.key_returned"},
	{"Accounting", "", "category.deleted"},
	{"Data lake", "", "category.deleted"},
	{"Parking app", "", "category.deleted"},
	{"Insurer", "", "category.deleted"},
	{"Marketing", "", "category.deleted"},
	{"BI export", "", "category.deleted"},
	{"Toll reader", "", "category.deleted"},
	{"Payments", "", "category.deleted"},
	{"Wash robot", "", "category.deleted"},  // paused
	{"Key cabinet", "", "category.deleted"}, // paused
	{"Charging network", "", "custom.charge_ended"},
	{"Old CRM", nowhere, "custom.stock_counted"},    // disabled, after failing for days
	{"Legacy ERP", nowhere, "custom.stock_counted"}, // disabled, after failing for days
	{"Roadside help", nowhere, "custom.tow_asked"},  // has failed for days: the next tick disables it
	{"Telematics", nowhere, "custom.battery_low"},   // fails since an hour ago
}

// register adds the endpoints.
func (w *World) register(ctx context.Context, receiver string) error {
	at := w.clock.ago(9 * day)
	for _, e := range endpoints {
		r := webhook.Registration{URL: e.url, Description: e.name, Events: []string{e.events}}
		if r.URL == "" {
			r.URL = receiver
		}
		made, _, err := w.Webhooks.Register(ctx, w.Actor, r, at)
		if err != nil {
			return err
		}
		w.Endpoints[e.name] = made
	}
	return nil
}

// story lets the endpoints live through nine days.
func (w *World) story(ctx context.Context, _ string) error {
	for _, part := range []func(context.Context) error{w.fail, w.pause, w.hold, w.retry, w.succeed, w.tell} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	for name, e := range w.Endpoints {
		var err error
		if w.Endpoints[name], err = w.Webhooks.Endpoint(ctx, w.Workspace.ID, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// publish says that something happened, as an operator's own system would.
func (w *World) publish(ctx context.Context, id, typ, data string, at time.Time) (outbox.Stored, error) {
	e, _, err := w.Events.Publish(ctx, w.Actor, outbox.Custom{ID: id, Type: typ, Data: json.RawMessage(data)}, at)
	return e, err
}

// deliver publishes an event, and makes the first attempts of what follows from it.
func (w *World) deliver(ctx context.Context, typ, data string, at time.Time) (outbox.Stored, error) {
	e, err := w.publish(ctx, "", typ, data, at)
	if err != nil {
		return e, err
	}
	from := len(w.sent.orders)
	if err := w.Webhooks.Publish(ctx, []outbox.Stored{e}, at); err != nil {
		return e, err
	}
	for _, m := range w.sent.orders[from:] {
		if err := w.Webhooks.Deliver(ctx, m.Body, at); err != nil {
			return e, err
		}
	}
	return e, nil
}

// delivery is what the delivery of an event to an endpoint is called.
func (w *World) delivery(e outbox.Stored, endpoint string) string {
	return "dlv_" + e.Ref + "_" + ident.Suffix(w.Endpoints[endpoint].ID)
}

// fail has three endpoints fail for days. Two are disabled for it; the third
// began later, and is what the next tick finds.
func (w *World) fail(ctx context.Context) error {
	for ago := 9 * day; ago > 7*day; ago -= 13 * time.Hour {
		if _, err := w.deliver(ctx, "custom.stock_counted", `{"depot":"Port","vehicles":12}`, w.clock.ago(ago)); err != nil {
			return err
		}
		if ago > 8*day {
			continue
		}
		if _, err := w.deliver(ctx, "custom.tow_asked", `{"asset":"HC-109","where":"Bridge Street"}`, w.clock.ago(ago)); err != nil {
			return err
		}
	}
	return w.Webhooks.DisableFailing(ctx, w.Workspace.ID, w.clock.ago(4*day-time.Hour))
}

func (w *World) pause(ctx context.Context) error {
	at := w.clock.ago(3 * time.Hour)
	for _, name := range []string{"Wash robot", "Key cabinet", "Charging network"} {
		if _, err := w.Webhooks.Pause(ctx, w.Actor, w.Endpoints[name].ID, at); err != nil {
			return err
		}
	}
	return nil
}

// hold has a delivery held for an endpoint that is paused, and resumes that.
func (w *World) hold(ctx context.Context) error {
	e, err := w.deliver(ctx, "custom.charge_ended", `{"station":"Port 2","kwh":"41.7"}`, w.clock.ago(2*time.Hour))
	if err != nil {
		return err
	}
	if _, err := w.Webhooks.Resume(ctx, w.Actor, w.Endpoints["Charging network"].ID, w.clock.ago(110*time.Minute)); err != nil {
		return err
	}
	w.Released, w.Release = w.delivery(e, "Charging network"), w.sent.jobs[len(w.sent.jobs)-1]
	return nil
}

// retry has two deliveries fail an hour ago.
func (w *World) retry(ctx context.Context) error {
	for _, r := range []*Run{&w.Due, &w.Lost} {
		e, err := w.deliver(ctx, "custom.battery_low", `{"asset":"HC-111","charge":"9 %"}`, w.clock.ago(time.Hour))
		if err != nil {
			return err
		}
		*r = Run{w.delivery(e, "Telematics"), w.sent.runs[len(w.sent.runs)-1].Input}
	}
	return nil
}

func (w *World) succeed(ctx context.Context) (err error) {
	w.Published, err = w.deliver(ctx, "custom.key_returned", `{"asset":"HC-101","drawer":4}`, w.clock.ago(10*time.Minute))
	w.Delivered = w.delivery(w.Published, "CRM")
	return err
}

// tell leaves work for the workers: two deliveries to attempt, one event to publish.
func (w *World) tell(ctx context.Context) error {
	at := w.clock.ago(time.Minute)
	from := len(w.sent.orders)
	for _, data := range []string{`{"asset":"HC-104","drawer":7}`, `{"asset":"HC-111","drawer":1}`} {
		e, err := w.publish(ctx, "", "custom.key_returned", data, at)
		if err != nil {
			return err
		}
		if err := w.Webhooks.Publish(ctx, []outbox.Stored{e}, at); err != nil {
			return err
		}
		w.Ordered = append(w.Ordered, w.delivery(e, "CRM"))
	}
	w.Orders = w.sent.orders[from:]
	var err error
	w.News, err = w.publish(ctx, "return-4700", "custom.key_returned", `{"asset":"HC-102","drawer":2}`, w.clock.ago(0))
	return err
}
