package demo

import "fmt"

var categories = []struct{ name, parent, about string }{
	{"Small cars", "", "Hatchbacks for the city: easy to park, light on fuel"},
	{"Electric hatchbacks", "Small cars", "Charged overnight, quiet all day"},
	{"Family SUVs", "", "Five seats, room for a pram and the dog"},
	{"Electric SUVs", "Family SUVs", "Long range, fast charging"},
	{"Utes and vans", "", "For trades and deliveries"},
	{"Two wheels", "", "Scooters and e-bikes for riders"},
}

type vehicle struct {
	category, kind, maker, model, variant, colour, shape, fuel string
	year, seats                                                int
	price                                                      int64 // minor units, as bought
	bookable, sold                                             bool
}

var vehicles = []vehicle{
	{"Small cars", "car", "Toyota", "Yaris", "Ascent Sport", "Glacier White", "hatchback", "hybrid", 2024, 5, 2876000, true, false},
	{"Small cars", "car", "Toyota", "Yaris", "SX", "Coral Rose", "hatchback", "hybrid", 2024, 5, 3109000, true, false},
	{"Small cars", "car", "Mazda", "2", "G15 Pure", "Soul Red", "hatchback", "petrol", 2023, 5, 2534000, true, false},
	{"Small cars", "car", "Kia", "Picanto", "GT-Line", "Aurora Black", "hatchback", "petrol", 2024, 5, 2199000, true, false},
	{"Small cars", "car", "Suzuki", "Swift", "Hybrid Plus", "Frontier Blue", "hatchback", "hybrid", 2025, 5, 2699000, false, false},
	{"Small cars", "car", "Hyundai", "i20", "N Line", "Lime Twist", "hatchback", "petrol", 2021, 5, 2449000, false, true},
	{"Electric hatchbacks", "car", "BYD", "Dolphin", "Premium", "Coral Pink", "hatchback", "electric", 2025, 5, 3689000, true, false},
	{"Electric hatchbacks", "car", "MG", "MG4", "Excite 51", "Dover White", "hatchback", "electric", 2024, 5, 3099000, true, false},
	{"Electric hatchbacks", "car", "MG", "MG4", "Essence 64", "Volcano Orange", "hatchback", "electric", 2024, 5, 4399000, true, false},
	{"Electric hatchbacks", "car", "GWM", "Ora", "Extended Range", "Verdant Green", "hatchback", "electric", 2024, 5, 4059000, false, false},
	{"Family SUVs", "car", "Toyota", "RAV4", "GX", "Silver Sky", "SUV", "hybrid", 2025, 5, 4241000, true, false},
	{"Family SUVs", "car", "Toyota", "RAV4", "Cruiser", "Eclipse Black", "SUV", "hybrid", 2024, 5, 4826000, true, false},
	{"Family SUVs", "car", "Mazda", "CX-5", "G25 Maxx Sport", "Platinum Quartz", "SUV", "petrol", 2023, 5, 4179000, true, false},
	{"Family SUVs", "car", "Subaru", "Forester", "2.5i-S", "Autumn Green", "SUV", "petrol", 2024, 5, 4499000, true, false},
	{"Family SUVs", "car", "Hyundai", "Tucson", "Elite", "Amazon Grey", "SUV", "petrol", 2020, 5, 4150000, false, true},
	{"Electric SUVs", "car", "Tesla", "Model Y", "Rear-Wheel Drive", "Pearl White", "SUV", "electric", 2025, 5, 5590000, true, false},
	{"Electric SUVs", "car", "Tesla", "Model Y", "Long Range", "Deep Blue", "SUV", "electric", 2024, 5, 6990000, true, false},
	{"Electric SUVs", "car", "Kia", "EV5", "Earth", "Iceberg Green", "SUV", "electric", 2025, 5, 6477000, true, false},
	{"Utes and vans", "van", "Toyota", "HiAce", "LWB", "French Vanilla", "van", "diesel", 2023, 3, 5094000, true, false},
	{"Utes and vans", "van", "Ford", "Transit Custom", "Trend", "Frozen White", "van", "diesel", 2024, 3, 5789000, true, false},
	{"Utes and vans", "truck", "Isuzu", "D-Max", "LS-U Crew Cab", "Cobalt Blue", "ute", "diesel", 2024, 5, 6350000, true, false},
	{"Two wheels", "scooter", "Vespa", "Primavera", "150", "Verde Relax", "scooter", "petrol", 2024, 2, 899000, true, false},
	{"Two wheels", "e-bike", "Tern", "GSD", "S10", "Matte Black", "cargo bike", "electric", 2025, 2, 899900, true, false},
	{"Two wheels", "e-bike", "Benno", "Boost E", "10D", "Machine Green", "cargo bike", "electric", 2024, 2, 699900, true, false},
}

// body is the vehicle as POST /v1/assets takes it. Plates and VINs are made up;
// the VINs' check digits are right.
func (v vehicle) body(n int, category, home string) map[string]any {
	b := map[string]any{
		"type": v.kind, "number": fmt.Sprintf("HC-%03d", 101+n), "make": v.maker, "model": v.model, "variant": v.variant,
		"year": v.year, "colour": v.colour, "body": v.shape, "fuel": v.fuel, "seats": v.seats,
		"categories": []string{category}, "primary_category": category, "home_location": home, "distance_unit": "km",
		"acquisition": map[string]any{"date": fmt.Sprintf("%d-%02d-15", v.year, 1+n%12), "price": map[string]any{"minor": v.price, "currency": "AUD"}},
	}
	b["vin"] = fmt.Sprintf("HCB-%04d", 2200+n) // a serial number
	if v.kind != "e-bike" {
		b["vin"] = vin(n)
		b["registration"] = map[string]any{"plate": fmt.Sprintf("HC%02d%c%c", 10+n, 'A'+n%26, 'K'+n%13), "state": "NSW"}
	}
	return b
}

// vin returns a made-up VIN whose check digit is right (49 CFR 565.15).
func vin(n int) string {
	v := []byte(fmt.Sprintf("6T1BF3FK_0X%06d", 100200+37*n))
	const letters, values = "ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789"
	weights := [...]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}
	sum := 0
	for i, c := range v {
		worth := int(c - '0')
		for j := range letters {
			if letters[j] == c {
				worth = int(values[j] - '0')
			}
		}
		if i != 8 {
			sum += worth * weights[i]
		}
	}
	v[8] = "0123456789X"[sum%11]
	return string(v)
}
