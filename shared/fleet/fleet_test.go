package fleet

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/money"
)

func TestCheckDigits(t *testing.T) {
	t.Parallel()
	for _, vin := range []string{"1M8GDM9AXKP042788", "1HGCM82633A004352", "11111111111111111", "5GZCZ43D13S812715"} {
		if got := checkDigit(vin); got != vin[8] {
			t.Errorf("%s: got %c", vin, got)
		}
	}
}

// TestOneWrongCharacterIsNoticed holds for every misreading that changes a
// character's value: that is what the digit is for.
func TestOneWrongCharacterIsNoticed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		vin := []byte("1M8GDM9AXKP042788")
		at := rapid.IntRange(11, 16).Draw(t, "at")
		digit := byte(rapid.IntRange('0', '9').Draw(t, "digit"))
		if same := vin[at] == digit; !same {
			vin[at] = digit
			if w := (AssetDetails{VIN: string(vin), Type: "car"}).Warnings(); len(w) != 1 || w[0].Code != "vin.check_digit" {
				t.Errorf("%s: got %v", vin, w)
			}
		}
	})
}

// TestOnlyNorthAmericanVINsHaveACheckDigit: elsewhere the ninth character is anything.
func TestOnlyNorthAmericanVINsHaveACheckDigit(t *testing.T) {
	t.Parallel()
	for first, want := range map[string]int{"1": 1, "5": 1, "W": 0, "6": 0, "J": 0} {
		if w := (AssetDetails{VIN: first + "AUZZZ8V9KA000000", Type: "car"}).Warnings(); len(w) != want {
			t.Errorf("%s: got %v, want %d", first, w, want)
		}
	}
}

func TestNumbersAreInTheOrderOfPeople(t *testing.T) {
	t.Parallel()
	want := []string{"1", "2", "10", "C-1", "c 2", "C-2a", "C-10", "VAN 3", "Ä-1", "", "--"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int { return strings.Compare(natural(a), natural(b)) })
	if !slices.Equal(got[:8], want[:8]) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzSearchKeys(f *testing.F) {
	for _, s := range []string{"", "C-014", "京都 500", "a#b\x00c", strings.Repeat("9", 99), "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, key := range []string{plain(s), natural(s)} {
			if strings.ContainsAny(key, "#\x00 ") || len(key) > 900 {
				t.Errorf("%q makes the key %q", s, key)
			}
		}
		if plain(plain(s)) != plain(s) {
			t.Errorf("%q: %q is not plain yet", s, plain(s))
		}
	})
}

func TestTheNormalFormIsNormal(t *testing.T) {
	t.Parallel()
	text := rapid.StringN(0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		d := AssetDetails{
			VIN: text.Draw(t, "vin"), Number: text.Draw(t, "number"), Type: rapid.SampledFrom(Types).Draw(t, "type"),
			Make: text.Draw(t, "make"), Model: text.Draw(t, "model"), Tags: rapid.SliceOfN(text, 0, 4).Draw(t, "tags"),
			Year: rapid.IntRange(1880, 2040).Draw(t, "year"), CustomFields: map[string]string{"k": text.Draw(t, "value")},
			RRP: money.Amount{Minor: rapid.Int64().Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"AUD", "", "EU"}).Draw(t, "currency")},
		}
		once, err := d.checked(now)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || !strings.HasPrefix(fault.CodeOf(err), "asset.") {
				t.Errorf("refused with %v", err)
			}
			return
		}
		a, b := Asset{AssetDetails: once}, Asset{}
		if b.AssetDetails, err = once.checked(now); err != nil {
			t.Fatalf("what was taken is refused: %v", err)
		}
		if err := b.Describe(once, now); err != nil || len(b.news) != 0 {
			t.Errorf("%+v is checked again as %+v, %v", a, b, err)
		}
	})
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Small SUV": "small-suv", "  4 × 4!  ": "4-4", "Été": "t", "小型": "category", "a--b": "a-b",
		strings.Repeat("ab ", 40): strings.TrimSuffix(strings.Repeat("ab-", 23), "-") + "-a",
	} {
		if got := slugOf(name); got != want || !slugForm(got) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]AssetDetails{
		"Toyota Camry":         {Make: "Toyota", Model: "Camry"},
		"Toyota Camry (C-014)": {Make: "Toyota", Model: "Camry", Number: "C-014"},
		"Airport (7)":          {Name: "Airport", Make: "Toyota", Model: "Camry", Number: "7"},
	} {
		if got := (&Asset{AssetDetails: d}).Title(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
