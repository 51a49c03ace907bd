package fleet

import (
	"context"
	"errors"
	"testing"
)

// TestANewAssetCountsWhatTheWorkspaceShows, however it comes, unless it is said; an
// asset that is there keeps what it counts.
func TestANewAssetCountsWhatTheWorkspaceShows(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.Unit = func(context.Context, string) (string, error) { return "mi", nil }
	a, err := s.Create(t.Context(), mia, camry(), now)
	if err != nil || a.DistanceUnit != "mi" {
		t.Fatalf("got %v, %v", a, err)
	}
	if a, err = s.Edit(t.Context(), mia, a.ID, func(d *AssetDetails) error { d.DistanceUnit, d.Colour = "", "Red"; return nil }, 0, now); err != nil || a.DistanceUnit != "mi" {
		t.Errorf("nothing said: got %v, %v", a, err)
	}
	said := camry()
	said.DistanceUnit = "km"
	if a, err = s.Create(t.Context(), mia, said, now); err != nil || a.DistanceUnit != "km" {
		t.Errorf("said: got %v, %v", a, err)
	}
	say := func(d *AssetDetails, _ bool) error {
		d.Type, d.Make, d.Model, d.Year, d.HomeLocation, d.Categories = "car", "Kia", "EV6", 2025, "loc_06eah81yg000vtmf8bez0yw0nc", []string{"cat_06eah81yg0010adz6f9wd0wfdm"}
		return nil
	}
	a, _, err = s.prepare(t.Context(), mia, "1FTFW1E5000001", say, now)
	if err != nil || a.DistanceUnit != "mi" {
		t.Errorf("from a list: got %v, %v", a, err)
	}
}

func TestNothingIsAddedWhileTheUnitIsUnknown(t *testing.T) {
	t.Parallel()
	s, away := newService(t), errors.New("away")
	s.Unit = func(context.Context, string) (string, error) { return "", away }
	if _, err := s.Create(t.Context(), mia, camry(), now); !errors.Is(err, away) {
		t.Errorf("got %v", err)
	}
	if types := told(t, s); len(types) > 0 {
		t.Errorf("told %v", types)
	}
}
