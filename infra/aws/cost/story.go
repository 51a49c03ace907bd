package main

import (
	"fmt"
	"net/http"
	"time"

	"motorpool/functions"
)

// vehicle is the body of a new asset, described as fully as one commonly is.
func (s *story) vehicle(n int) string {
	return text(map[string]any{
		"number": fmt.Sprintf("C-%03d", n), "type": "car", "make": "Toyota", "model": "Camry", "variant": "Ascent Sport Hybrid",
		"year": 2025, "colour": "Graphite", "body": "sedan", "transmission": "automatic", "fuel": "hybrid", "doors": 4, "seats": 5,
		"engine": "2.5 L hybrid", "tyre_size": "215/55R17", "key_number": fmt.Sprintf("K-%04d", n), "ownership": "owned",
		"vin": fmt.Sprintf("PR0T0TYPE%06d", n), "registration": map[string]any{"plate": fmt.Sprintf("CAM %03d", n), "state": "NSW", "expires": "2028-02-28"},
		"rrp": price(4599000), "acquisition": map[string]any{"price": price(4275000), "date": "2025-11-14"},
		"distance_unit": "km", "tags": []string{"airport"}, "primary_category": s.category, "home_location": s.home, "categories": []string{s.category},
	})
}

func price(minor int) map[string]any { return map[string]any{"minor": minor, "currency": "AUD"} }

func (s *story) register(path string, events ...string) string {
	return s.do(http.MethodPost, "/v1/webhook-endpoints", text(map[string]any{
		"url": s.hook.url(path), "description": "The CRM", "events": events, "headers": map[string]string{"X-Source": "motorpool"},
	}))
}

// prepare makes a fleet of sixty with a category, and one endpoint that wants to know of it.
func (s *story) prepare() {
	s.category = s.do(http.MethodPost, "/v1/categories", `{"name":"Family cars"}`)
	s.home = s.do(http.MethodPost, "/v1/locations", `{"name":"Sydney Airport"}`)
	for n := range 60 {
		s.assets = append(s.assets, s.do(http.MethodPost, "/v1/assets", s.vehicle(n)))
	}
	s.endpoint = s.register("crm", "asset.updated")
	s.told() // what has happened so far is nobody's business
}

func (s *story) writes() {
	s.note(createAsset, func() { s.do(http.MethodPost, "/v1/assets", s.vehicle(100)) })
	s.note(createOnce, func() {
		s.do(http.MethodPost, "/v1/assets", s.vehicle(101), "Idempotency-Key", "0b6e2a52-6f0d-4b0e-8a53-6e6c5d1f7a11")
	})
	s.note(publishCustom, func() {
		s.do(http.MethodPost, "/v1/events", `{"type":"custom.key_returned","data":{"key":"K-2201","by":"Sam Lee","odometer":{"value":48211,"unit":"km"}}}`)
	})
	s.note(editAsset, func() { s.edit(0) })
	s.told()
}

// edit changes what people commonly change of an asset: two fields.
func (s *story) edit(n int) {
	s.do(http.MethodPatch, "/v1/assets/"+s.assets[n], fmt.Sprintf(`{"colour":"Blue %s","notes":"Scratch on the left rear door, seen at handover."}`, s.now().Format("0405.000")))
}

func (s *story) deliveries() {
	s.edit(1)
	one := s.told()
	s.note(publishOne, func() { s.publish(one) })
	s.note(deliverOpen, s.deliver)
	s.edit(2)
	s.publish(s.told())
	s.note(deliverOne, s.deliver)
	for n := range 10 {
		s.edit(n)
	}
	ten := s.told()
	s.note(publishTen, func() { s.publish(ten) })
	s.note(deliverTen, s.deliver)
	for n := range 10 {
		s.register(fmt.Sprintf("partner-%d", n), "asset.booking_enabled")
	}
	s.do(http.MethodPost, "/v1/assets/"+s.assets[3]+"/enable-booking", "{}")
	fan := s.told()
	s.note(publishFan, func() { s.publish(fan) })
	s.deliver() // opens the new endpoints' keys
	s.do(http.MethodPost, "/v1/assets/"+s.assets[4]+"/enable-booking", "{}")
	s.publish(s.told())
	s.note(deliverFan, s.deliver)
}

// failures is ten deliveries that fail at first; one of them succeeds at its
// second attempt, another never does.
func (s *story) failures() {
	s.hook.will(http.StatusInternalServerError)
	s.edit(5)
	s.publish(s.told())
	s.deliver() // the spell of failures begins: once, not once a delivery
	s.move(time.Second)
	for n := range 10 {
		s.edit(n)
	}
	s.publish(s.told())
	s.note(deliverFails, s.deliver)
	s.hook.will(http.StatusOK)
	s.redelivers(redeliver2, 1)
	s.hook.will(http.StatusInternalServerError)
	s.redelivers(redeliver, len(plan)) // the spell has ended with the success and begins again: this one pays for it
	s.hook.will(http.StatusOK)
}

func (s *story) reads() {
	asset := s.assets[7]
	s.note(getAsset, func() { s.do(http.MethodGet, "/v1/assets/"+asset, "") })
	s.note(listAssets, func() { s.do(http.MethodGet, "/v1/assets?limit=50", "") })
	s.note(getHistory, func() { s.do(http.MethodGet, "/v1/assets/"+asset+"/history", "") })
	s.note(listEvents, func() { s.do(http.MethodGet, "/v1/events?limit=50", "") })
	s.note(listDelivered, func() { s.do(http.MethodGet, "/v1/webhook-deliveries?limit=50", "") })
	s.note(getDelivery, func() { s.do(http.MethodGet, "/v1/webhook-deliveries/"+s.delivery(), "") })
	_, secret, err := s.Keys.Create(s.ctx, s.actor, keyRequest, s.now())
	s.must(err)
	s.note(checkKey, func() { _, err := s.Keys.Authenticate(s.ctx, secret, s.now()); s.must(err) })
}

func (s *story) pages() {
	s.must(s.signIn(s.ctx))
	s.note(pageHome, func() { s.do(http.MethodGet, "/", "") })
	s.note(pageAssets, func() { s.do(http.MethodGet, "/assets", "") })
	s.note(pageAsset, func() { s.do(http.MethodGet, "/assets/"+s.assets[7], "") })
	s.note(pageEndpoint, func() { s.do(http.MethodGet, "/settings/webhooks/endpoints/"+s.endpoint, "") })
	s.note(pageDelivery, func() { s.do(http.MethodGet, "/settings/webhooks/deliveries/"+s.delivery(), "") })
}

// records is what comes in about vehicles by itself: odometers and trips. Each
// raises so many events, which are published one by one.
func (s *story) records() {
	asset := s.assets[9]
	device := s.do(http.MethodPost, "/v1/devices", `{"provider":"teltonika","serial":"352093081452321"}`)
	s.do(http.MethodPost, "/v1/devices/"+device+"/assign", text(map[string]any{"asset": asset}))
	s.told()
	s.note(recordReading, func() { s.do(http.MethodPost, "/v1/assets/"+asset+"/odometer/readings", `{"value":48210}`) })
	s.raised(recordReading, readingEvents)
	s.move(time.Hour)
	trip := map[string]any{"provider": "teltonika", "serial": "352093081452321", "metres": 12450, "start": s.now().Add(-50 * time.Minute), "end": s.now().Add(-20 * time.Minute)}
	s.note(ingest, func() { s.do(http.MethodPost, "/v1/tracking/readings", text(map[string]any{"readings": []any{trip}})) })
	s.raised(ingest, tripEvents)
}

func (s *story) raised(name string, want int) {
	if n := len(s.told()); n != want {
		panic(fmt.Sprintf("%s raises %d events, and model.go says %d", name, n, want))
	}
}

// ticks has each tick look twice: first it begins what is due, then it finds
// nothing, as in nearly every hour.
func (s *story) ticks() {
	for _, t := range functions.Ticks() {
		s.must(t.Handle(s.ctx, s.job()))
		s.note(tickOf(t.Name), func() { s.must(t.Handle(s.ctx, s.job())) })
	}
}
