package fleet

import (
	"slices"
	"strings"
	"testing"
)

func TestBookingIsSwitched(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	id := y.asset(`"categories":["` + cat + `"]`)
	same(t, y.Want(200, "POST", "/v1/assets/"+id+"/enable-booking", "").JSON, `{"booking_enabled":true,"status":"available","version":2,"booking_switched_at":"2026-03-01T09:00:00Z"}`)
	same(t, y.Want(200, "POST", "/v1/assets/"+id+"/enable-booking", "").JSON, `{"version":2}`)
	same(t, y.Want(200, "POST", "/v1/assets/"+id+"/disable-booking", "").JSON, `{"booking_enabled":false,"status":"unavailable","version":3}`)
	bare := y.asset("")
	y.refused([]string{bare}, []refusal{
		{"without a category", "POST", "/v1/assets/" + bare + "/enable-booking", "", 409, "asset.no_category", "categories"},
		{"an asset there is not", "POST", "/v1/assets/ast_x/enable-booking", "", 404, "asset.not_found", ""},
		{"an asset there is not", "POST", "/v1/assets/ast_x/disable-booking", "", 404, "asset.not_found", ""},
	})
}

func TestArchivingIsForGood(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	id := y.asset(`"vin":"ABC1","number":"7","key_number":"K1","registration":{"plate":"X 1"},"categories":["` + cat + `"]`)
	y.Want(200, "POST", "/v1/assets/"+id+"/enable-booking", "")
	same(t, y.Want(200, "POST", "/v1/assets/"+id+"/archive", "").JSON, `{"status":"archived","booking_enabled":false,"archived_at":"2026-03-01T09:00:00Z","version":3}`)
	y.refused([]string{id}, []refusal{
		{"again", "POST", "/v1/assets/" + id + "/archive", "", 409, "asset.archived", ""},
		{"booking", "POST", "/v1/assets/" + id + "/enable-booking", "", 409, "asset.archived", ""},
		{"an edit", "PATCH", "/v1/assets/" + id, `{"name":"x"}`, 409, "asset.archived", ""},
		{"an asset there is not", "POST", "/v1/assets/ast_x/archive", "", 404, "asset.not_found", ""},
	})
	back := y.Want(201, "POST", "/v1/assets/"+id+"/duplicate", "")
	same(t, back.JSON, `{"vin":"ABC1","number":"7","key_number":"K1","registration":{"plate":"X 1"},"status":"unavailable","categories":["`+cat+`"],"version":1}`)
	same(t, y.Want(201, "POST", "/v1/assets/"+id+"/duplicate", "").JSON, `{"vin":null,"number":"7-2","key_number":"K1"}`)
}

func TestADuplicateIsAnotherVehicle(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.asset(`"vin":"ABC1","number":"7","colour":"red","key_number":"K1","registration":{"plate":"X 1"},"acquisition":{"date":"2025-01-01"},"disposal":{"date":"2026-01-01"},"rrp":{"minor":5,"currency":"AUD"}`)
	same(t, y.Want(201, "POST", "/v1/assets/"+id+"/duplicate", "").JSON,
		`{"vin":null,"number":"7-2","colour":"red","key_number":null,"registration":null,"acquisition":null,"disposal":null,"rrp":{"minor":5,"currency":"AUD"},"booking_enabled":false}`)
	same(t, y.Want(201, "POST", "/v1/assets/"+id+"/duplicate", "").JSON, `{"number":"7-3"}`)
	y.Want(404, "POST", "/v1/assets/ast_x/duplicate", "")
}

func TestAMistakeIsDeleted(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.asset(`"vin":"ABC1","number":"7"`)
	y.Want(204, "DELETE", "/v1/assets/"+id, "")
	y.Want(404, "GET", "/v1/assets/"+id, "")
	y.Want(404, "DELETE", "/v1/assets/"+id, "")
	y.asset(`"vin":"ABC1","number":"7"`)
	if list := y.Want(200, "GET", "/v1/assets?q=abc", ""); strings.Contains(list.Body, id) {
		t.Errorf("still found: %s", list.Body)
	}
}

func TestHistoryTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.asset(`"registration":{"plate":"X 1"}`)
	y.Want(200, "PATCH", "/v1/assets/"+id, `{"registration":{"plate":"Y 2"},"colour":"red"}`)
	y.Want(200, "POST", "/v1/assets/"+id+"/archive", "")
	h := y.Want(200, "GET", "/v1/assets/"+id+"/history", "")
	var actions []string
	for _, e := range h.JSON["data"].([]any) {
		actions = append(actions, e.(map[string]any)["action"].(string))
	}
	if want := []string{"asset.archived", "asset.updated", "asset.created"}; !slices.Equal(actions, want) {
		t.Errorf("got %v, want %v", actions, want)
	}
	for _, want := range []string{`{"field":"registration.plate","from":"X 1","to":"Y 2"}`, `{"field":"colour","from":null,"to":"red"}`, `"name":"Mia"`} {
		if !strings.Contains(h.Body, want) {
			t.Errorf("%s is not in %s", want, h.Body)
		}
	}
	first := y.Want(200, "GET", "/v1/assets/"+id+"/history?limit=2", "")
	next := y.Want(200, "GET", "/v1/assets/"+id+"/history?limit=2&cursor="+first.JSON["next_cursor"].(string), "")
	if n := len(next.JSON["data"].([]any)); n != 1 || next.JSON["next_cursor"] != nil {
		t.Errorf("the second page: %s", next.Body)
	}
	y.Want(404, "GET", "/v1/assets/ast_x/history", "")
}
