package functions_test

import (
	"fmt"
	"net/http"
	"testing"
)

func TestTheDuplicateOfAnIdempotencyKeyDoesNothingAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		body := `{"name":"Vans"}`
		first := r.do(t, key, 201, http.MethodPost, "/v1/categories", body, "Idempotency-Key", "k1")
		again := r.do(t, key, 201, http.MethodPost, "/v1/categories", body, "Idempotency-Key", "k1")
		if fmt.Sprint(first) != fmt.Sprint(again) {
			t.Errorf("the answer again is %v\nwant %v", again, first)
		}
		other := r.do(t, key, 409, http.MethodPost, "/v1/categories", `{"name":"Utes"}`, "Idempotency-Key", "k1")
		if other["code"] != "idempotency.mismatch" {
			t.Errorf("another body with the same key: %v, want idempotency.mismatch", other["code"])
		}
		if n := len(r.get(200, "/v1/categories")["data"].([]any)); n != 1 {
			t.Errorf("%d categories, want 1", n)
		}
		r.advance("25h")
		r.do(t, key, 201, http.MethodPost, "/v1/categories", `{"name":"Utes"}`, "Idempotency-Key", "k1")
		if n := len(r.get(200, "/v1/categories")["data"].([]any)); n != 2 {
			t.Errorf("a day later the key is free again: %d categories, want 2", n)
		}
	})
}

func TestAStaleIfMatchChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		id := r.post(201, "/v1/categories", `{"name":"Vans"}`)["id"].(string)
		path := "/v1/categories/" + id
		r.do(t, key, 200, http.MethodPatch, path, `{"name":"Big vans"}`, "If-Match", `"1"`)
		stale := r.do(t, key, 412, http.MethodPatch, path, `{"name":"Small vans"}`, "If-Match", `"1"`)
		if stale["code"] != "category.stale" {
			t.Errorf("code %v, want category.stale", stale["code"])
		}
		if got := r.get(200, path)["name"]; got != "Big vans" {
			t.Errorf("the name is %v, want Big vans", got)
		}
	})
}

// TestTheSameCustomEventIsOneEvent: an id of the client's own is as good as an
// Idempotency-Key, for as long as events are kept.
func TestTheSameCustomEventIsOneEvent(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.endpoint("custom.*")
		body := `{"id":"order-17","type":"custom.order","data":{"n":1}}`
		first := r.post(201, "/v1/events", body)
		again := r.post(200, "/v1/events", body)
		if first["id"] != "order-17" || fmt.Sprint(first["id"]) != fmt.Sprint(again["id"]) {
			t.Errorf("ids %v and %v, want order-17 twice", first["id"], again["id"])
		}
		other := r.post(409, "/v1/events", `{"id":"order-17","type":"custom.order","data":{"n":2}}`)
		if other["code"] != "event.mismatch" {
			t.Errorf("another body with the same id: %v, want event.mismatch", other["code"])
		}
		r.settle()
		if n := len(r.receiver.requests()); n != 1 {
			t.Errorf("%d requests arrived, want 1", n)
		}
	})
}
