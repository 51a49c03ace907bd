package fleet

import (
	"fmt"
	"strings"
	"testing"
)

func TestAnAssetIsAdded(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	a := y.Want(201, "POST", "/v1/assets", `{"vin":" 1hgcm82633a 004352","number":"C-014","type":"car","make":" Honda ","model":"Accord",
		"year":2003,"registration":{"plate":"cam 014","state":"NSW","expires":"2027-02-28"},"rrp":{"minor":4599000,"currency":"AUD"},
		"acquisition":{"price":{"minor":1,"currency":"JPY"},"date":"2025-11-14"},"tags":["a","b","a"],"custom_fields":{"dash_cam":"yes"},"categories":["`+cat+`"],"home_location":"`+y.home()+`"}`)
	same(t, a.JSON, `{"vin":"1HGCM82633A004352","number":"C-014","make":"Honda","year":2003,"status":"unavailable","booking_enabled":false,
		"registration":{"plate":"CAM 014","state":"NSW","expires":"2027-02-28"},"rrp":{"minor":4599000,"currency":"AUD"},"distance_unit":"km",
		"acquisition":{"price":{"minor":1,"currency":"JPY"},"date":"2025-11-14"},"tags":["a","b"],"custom_fields":{"dash_cam":"yes"},
		"categories":["`+cat+`"],"primary_category":"`+cat+`","version":1,"created_at":"2026-03-01T09:00:00Z","warnings":null,"name":null}`)
	if got := a.Header.Get("ETag"); got != `"1"` {
		t.Errorf("ETag: got %s", got)
	}
	again := y.Want(200, "GET", "/v1/assets/"+a.JSON["id"].(string), "")
	if again.Body != a.Body {
		t.Errorf("created as %s, read as %s", a.Body, again.Body)
	}
}

func TestADoubtfulVINIsAWarning(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	rest := `","year":2020,"home_location":"` + y.home() + `","categories":["` + cat + `"],"make":"A","model":"B","type":`
	for vin, code := range map[string]string{
		"1HGCM82633A004353": "vin.check_digit", "1HGCM82633A00435": "vin.length", "1HGCM82633AO04352": "vin.characters", "1M8GDM9AXKP042788": "",
	} {
		a := y.Want(201, "POST", "/v1/assets", `{"vin":"`+vin+rest+`"car"}`)
		if got := strings.Contains(a.Body, "warnings"); got != (code != "") || !strings.Contains(a.Body, code) {
			t.Errorf("%s: got %s, want the warning %q", vin, a.Body, code)
		}
	}
	if a := y.Want(201, "POST", "/v1/assets", `{"vin":"T-771`+rest+`"trailer"}`); strings.Contains(a.Body, "warnings") {
		t.Errorf("a trailer's serial number: got %s, want no warning", a.Body)
	}
}

func TestBadAssetsAreRefused(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	cat := y.category("Sedan")
	other := y.category("Van")
	id := y.asset(`"vin":"1HGCM82633A004352","number":"7"`)
	const car = `{"type":"car","make":"A","model":"B",`
	home := y.home()
	whole := car + `"year":2020,"home_location":"` + home + `",`
	full := whole + `"categories":["` + cat + `"],`
	post := func(name, body string, status int, code, field string) refusal {
		return refusal{name, "POST", "/v1/assets", body, status, code, field}
	}
	y.refused([]string{id, cat}, []refusal{
		post("nothing", ``, 422, "request.body", ""),
		post("no JSON", `{"type":`, 400, "request.json", ""),
		post("a list", `[]`, 422, "request.invalid", ""),
		post("no make", `{"type":"car","model":"B"}`, 422, "request.invalid", ""),
		post("an empty make", `{"type":"car","make":" ","model":"B"}`, 422, "asset.make", "make"),
		post("an unknown field", car+`"wings":2}`, 422, "request.unknown_field", "wings"),
		post("a derived field", car+`"status":"available"}`, 422, "request.unknown_field", "status"),
		post("booking from the start", car+`"booking_enabled":true}`, 422, "request.unknown_field", "booking_enabled"),
		post("a number as text", car+`"year":"2025"}`, 422, "request.invalid", "year"),
		post("half a door", car+`"doors":2.5}`, 422, "request.invalid", "doors"),
		post("a VIN with signs", car+`"vin":"ABC/123"}`, 422, "asset.vin", "vin"),
		post("a short VIN", car+`"vin":"A1"}`, 422, "asset.vin", "vin"),
		post("a VIN that is taken", full+`"vin":"1hgcm82633a004352"}`, 409, "asset.vin_taken", "vin"),
		post("a number that is taken", full+`"vin":"SER-1","number":" 7 "}`, 409, "asset.number_taken", "number"),
		post("a long number", car+`"number":"`+strings.Repeat("9", 41)+`"}`, 422, "asset.number", "number"),
		post("a type in two words", `{"type":"Big Car","make":"A","model":"B"}`, 422, "asset.type", "type"),
		post("a year before cars", car+`"year":1885}`, 422, "asset.year", "year"),
		post("a year to come", car+`"year":2029}`, 422, "asset.year", "year"),
		post("negative seats", car+`"seats":-1}`, 422, "asset.seats", "seats"),
		post("a day there is not", car+`"registration":{"expires":"2026-02-30"}}`, 422, "request.invalid", "registration.expires"),
		post("a long plate", car+`"registration":{"plate":"ABCDEFGHIJKLMNOP"}}`, 422, "asset.registration", "registration.plate"),
		post("a currency there is not", car+`"rrp":{"minor":1,"currency":"XYZ"}}`, 422, "asset.rrp", "rrp"),
		post("no currency", car+`"rrp":{"minor":1}}`, 422, "request.invalid", "rrp.currency"),
		post("a fraction of a cent", car+`"rrp":{"minor":1.5,"currency":"AUD"}}`, 422, "request.invalid", "rrp.minor"),
		post("a negative price", car+`"rrp":{"minor":-1,"currency":"AUD"}}`, 422, "asset.rrp", "rrp"),
		post("more money than there is", car+`"rrp":{"minor":99999999999999999,"currency":"AUD"}}`, 422, "asset.rrp", "rrp"),
		post("an ownership of its own", car+`"ownership":"stolen"}`, 422, "asset.ownership", "ownership"),
		post("sold before bought", car+`"acquisition":{"date":"2026-01-02"},"disposal":{"date":"2026-01-01"}}`, 422, "asset.disposal", "disposal.date"),
		post("light years", car+`"distance_unit":"ly"}`, 422, "asset.distance_unit", "distance_unit"),
		post("a tag with a bell", car+`"tags":["a","b\u0007"]}`, 422, "asset.tags", "tags[1]"),
		post("too many tags", car+`"tags":[`+many(21)+`]}`, 422, "asset.tags", "tags"),
		post("a field with a space", car+`"custom_fields":{"dash cam":"x"}}`, 422, "asset.custom_fields", "custom_fields"),
		post("a field that is a number", car+`"custom_fields":{"n":1}}`, 422, "request.invalid", "custom_fields.n"),
		post("a category there is not", whole+`"vin":"SER-1","categories":["cat_00000000000000000000000009"]}`, 422, "asset.categories", "categories[0]"),
		post("a category that is no id", whole+`"vin":"SER-1","categories":["sedan"]}`, 422, "asset.categories", "categories[0]"),
		post("two categories, none primary", car+`"categories":["`+cat+`","`+other+`"]}`, 422, "asset.primary_category", "primary_category"),
		post("a primary category it is not in", car+`"categories":["`+cat+`"],"primary_category":"`+other+`"}`, 422, "asset.primary_category", "primary_category"),
		post("a long field", car+`"custom_fields":{"n":"`+strings.Repeat("x", 501)+`"}}`, 422, "asset.custom_fields", "custom_fields.n"),
		post("no VIN or serial number", full+`"name":"x"}`, 422, "asset.vin", "vin"),
		post("no year", car+`"vin":"SER-1","home_location":"`+home+`","categories":["`+cat+`"]}`, 422, "asset.year", "year"),
		post("no home", car+`"vin":"SER-1","year":2020,"categories":["`+cat+`"]}`, 422, "asset.home_location", "home_location"),
		post("no category", whole+`"vin":"SER-1","categories":[]}`, 422, "asset.categories", "categories"),
		post("endless notes", car+`"notes":"`+strings.Repeat("x", 5001)+`"}`, 422, "asset.notes", "notes"),
	})
}

func TestTheLargestAssetIsTaken(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	fill := func(r string) string {
		fields := make([]string, 50)
		for i := range fields {
			fields[i] = fmt.Sprintf(`"f%d":%q`, i, "."+strings.Repeat(r, 498)+".")
		}
		return `"notes":".` + strings.Repeat(r, 4998) + `.","custom_fields":{` + strings.Join(fields, ",") + `}`
	}
	id := y.asset(fill("<"))
	for _, r := range []string{"🚐", "🚗", "&", ">"} { // what is longer in bytes than in characters
		if a := y.Do("PATCH", "/v1/assets/"+id, `{`+fill(r)+`}`); a.Status != 200 {
			t.Errorf("full of %s: got %d %.300s", r, a.Status, a.Body)
		}
	}
	if page := strings.Join(y.partition("WS#"+workspace+"#EVT", true), "\n"); strings.Contains(page, `"truncated":true`) || !strings.Contains(page, strings.Repeat("🚗", 4998)) {
		t.Error("an event of it does not carry it whole")
	}
}

func TestAFormHearsOfAllThatIsWrong(t *testing.T) {
	t.Parallel()
	a := newYard(t).Want(422, "POST", "/v1/assets", `{"type":"car","make":"","model":"","vin":"?","year":3}`)
	for _, field := range []string{"vin", "make", "model", "year", "home_location", "categories"} {
		if !strings.Contains(a.Body, `"field":"`+field+`"`) {
			t.Errorf("%s is not named in %s", field, a.Body)
		}
	}
}

// many is n different strings, as a list in JSON has them.
func many(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%q", fmt.Sprint("t", i))
	}
	return strings.Join(list, ",")
}
