package rest

import (
	"encoding/json"
	"testing"

	"motorpool/shared/fault"
)

type tower struct {
	Height int               `json:"height,omitempty"`
	Names  []string          `json:"names,omitempty"`
	Roof   roof              `json:"roof,omitzero"`
	Notes  map[string]string `json:"notes,omitempty"`
	Built  string            `json:"built"`
}

type roof struct {
	Colour string `json:"colour,omitempty"`
	Tiles  int64  `json:"tiles,omitempty"`
}

func TestPatchesAreMerged(t *testing.T) {
	t.Parallel()
	const was = `{"height":3,"names":["a","b"],"roof":{"colour":"red","tiles":9007199254740993},"notes":{"k":"v"},"built":"1886"}`
	for patch, want := range map[string]string{
		`{}`:                         was,
		`{"height":4}`:               `{"height":4,"names":["a","b"],"roof":{"colour":"red","tiles":9007199254740993},"notes":{"k":"v"},"built":"1886"}`,
		`{"roof":{"colour":null}}`:   `{"height":3,"names":["a","b"],"roof":{"tiles":9007199254740993},"notes":{"k":"v"},"built":"1886"}`,
		`{"roof":null,"names":null}`: `{"height":3,"notes":{"k":"v"},"built":"1886"}`,
		`{"notes":{"n":"m"}}`:        `{"height":3,"names":["a","b"],"roof":{"colour":"red","tiles":9007199254740993},"notes":{"k":"v","n":"m"},"built":"1886"}`,
		`{"names":["c"]}`:            `{"height":3,"names":["c"],"roof":{"colour":"red","tiles":9007199254740993},"notes":{"k":"v"},"built":"1886"}`,
		`{"built":null}`:             `{"height":3,"names":["a","b"],"roof":{"colour":"red","tiles":9007199254740993},"notes":{"k":"v"},"built":""}`,
	} {
		var to tower
		if err := json.Unmarshal([]byte(was), &to); err != nil {
			t.Fatal(err)
		}
		if err := Patch[tower](patch).Apply(&to); err != nil {
			t.Errorf("%s: %v", patch, err)
		}
		if got, _ := json.Marshal(to); string(got) != want {
			t.Errorf("%s:\ngot  %s\nwant %s", patch, got, want)
		}
	}
}

func TestPatchesThatDoNotFitChangeNothing(t *testing.T) {
	t.Parallel()
	for _, patch := range []string{``, `null`, `[]`, `"x"`, `{"height":"tall"}`, `{"wings":1}`, `{"HEIGHT":4}`, `{"roof":{"Colour":"blue"}}`, `{"roof":[]}`, `{"roof":{"chimney":1}}`, `{"height":1e99}`} {
		to := tower{Height: 3}
		err := Patch[tower](patch).Apply(&to)
		if fault.KindOf(err) != fault.Invalid || to.Height != 3 {
			t.Errorf("%s: got %v, %+v; want it refused and nothing changed", patch, err, to)
		}
	}
}
