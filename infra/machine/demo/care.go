package demo

import (
	"net/http"
	"time"
)

// driven is how far some vehicles have come, in what their odometers count.
var driven = map[string]int{"HC-101": 18_420, "HC-102": 31_077, "HC-103": 52_903, "HC-111": 24_655, "HC-116": 9_812, "HC-119": 77_340, "HC-121": 41_268}

// care fills in what is done to the vehicles: readings, blocked days, issues,
// reminders, what they cost, their insurance, and an inspection.
func (c *story) care() {
	for number, km := range driven {
		c.call(http.MethodPost, "/v1/assets/"+c.assets[number]+"/odometer/readings", map[string]any{"value": km}, nil)
	}
	c.windows()
	c.issues()
	c.reminders()
	c.money()
	c.inspection()
	var device struct{ ID string }
	c.call(http.MethodPost, "/v1/devices", map[string]any{"provider": "acme", "serial": "TRK-40071"}, &device)
	c.call(http.MethodPost, "/v1/devices/"+device.ID+"/assign", map[string]any{"asset": c.assets["HC-116"]}, nil)
}

// on is the instant at an hour of the day so many days from when the fleet was made.
func (c *story) on(days, hour int) time.Time {
	return c.began.Truncate(24*time.Hour).AddDate(0, 0, days).Add(time.Duration(hour) * time.Hour)
}

func (c *story) windows() {
	for _, w := range []struct {
		number, reason, note, vendor string
		from, days                   int
	}{
		{"HC-119", "service", "90,000 km service and brakes", "Northside Auto", 2, 1},
		{"HC-103", "repair", "Rear bumper", "Harbour Smash Repairs", 1, 4},
		{"HC-111", "registration", "Inspection for the registration", "Northside Auto", 6, 1},
		{"HC-122", "internal", "Photo shoot", "", 3, 2},
	} {
		c.call(http.MethodPost, "/v1/maintenance-windows", map[string]any{
			"asset": c.assets[w.number], "reason": w.reason, "note": w.note, "vendor": w.vendor, "starts_at": c.on(w.from, 22), "ends_at": c.on(w.from+w.days, 6),
		}, nil)
	}
}

func (c *story) issues() {
	for _, i := range []struct {
		number, title, kind, severity string
		due                           int
	}{
		{"HC-103", "Rear bumper is cracked", "damage", "high", 3},
		{"HC-102", "Windscreen wiper leaves streaks", "mechanical", "low", 10},
		{"HC-119", "Brake pads are worn", "mechanical", "safety", 1},
		{"HC-116", "Charging cable is missing", "missing_item", "medium", 2},
	} {
		c.call(http.MethodPost, "/v1/issues", map[string]any{
			"asset": c.assets[i.number], "title": i.title, "type": i.kind, "severity": i.severity, "due": day(c.on(i.due, 0)),
		}, nil)
	}
}

func (c *story) reminders() {
	for _, r := range []struct {
		number, name, kind string
		due, every         int
	}{
		{"HC-101", "Oil and filter", "service", 9, 180},
		{"HC-111", "Registration", "registration", 20, 365},
		{"HC-121", "Tyre rotation", "service", 45, 180},
		{"HC-108", "Battery check", "service", 3, 365},
	} {
		c.call(http.MethodPost, "/v1/service-reminders", map[string]any{
			"asset": c.assets[r.number], "name": r.name, "kind": r.kind, "due_on": day(c.on(r.due, 0)), "interval_days": r.every, "recurring": true,
		}, nil)
	}
}

func (c *story) money() {
	for _, e := range []struct {
		number, item, vendor string
		cents, ago           int
	}{
		{"HC-101", "tyres", "Northside Tyres", 64_800, 21},
		{"HC-103", "cleaning", "Sparkle & Co", 8_900, 5},
		{"HC-119", "service", "Northside Auto", 41_250, 60},
		{"HC-116", "fuel", "Harbour Charging", 2_745, 2},
	} {
		c.call(http.MethodPost, "/v1/expenses", map[string]any{
			"asset": c.assets[e.number], "item": e.item, "vendor": e.vendor, "date": day(c.on(-e.ago, 0)), "tax_rate": "10", "amount": map[string]any{"minor": e.cents, "currency": "AUD"},
		}, nil)
	}
	c.call(http.MethodPost, "/v1/insurance-policies", map[string]any{
		"insurer": "Harbour Mutual", "number": "HM-883201", "kind": "comprehensive", "whole_fleet": true, "frequency": "yearly",
		"premium": map[string]any{"minor": 2_640_000, "currency": "AUD"}, "excess": map[string]any{"minor": 120_000, "currency": "AUD"},
		"start": day(c.on(-340, 0)), "end": day(c.on(24, 0)),
	}, nil)
}

func day(at time.Time) string { return at.Format(time.DateOnly) }
