package api_test

import (
	"testing"

	"motorpool/shared/api"
)

func TestPagesShareTheFunctionOfTheirSubject(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ route, function string }{
		{"console.asset_page", "console.asset"},
		{"console.asset_edit_save", "console.asset"},
		{"console.home", "console.home"},
		{"fleet.create_asset", "fleet.create_asset"},
		{"webhooks.receive_test_request", "webhooks.receive_test_request"},
	} {
		if got := (api.Route{Name: tt.route}).Function(); got != tt.function {
			t.Errorf("%s is answered by %s, want %s", tt.route, got, tt.function)
		}
	}
}
