package inspection

// Starters are templates that a new workspace can adopt: what is usual when a
// car is handed over and comes back. They are drafts of words, to be changed.
func Starters() []Details {
	outside := Section{"Outside", []Field{
		{Key: "damage", Label: "Damage", Type: Damage, Required: true, Hint: "Mark each scratch and dent where it is."},
		{Key: "photos", Label: "Photos all around", Type: Photo, Required: true, Photos: 4, Angles: []string{"Front", "Right", "Rear", "Left"}},
		{Key: "tyres", Label: "Tyres and wheels", Type: Check, Required: true, PhotoOnFail: true, IssueOnFail: true, IssueType: "tyre", Severity: "high"},
		{Key: "tread", Label: "Thinnest tread", Type: Number, Unit: "mm", Min: "0", Max: "30"},
		{Key: "glass", Label: "Glass and mirrors", Type: Check, Required: true, PhotoOnFail: true, IssueOnFail: true, IssueType: "damage", Severity: "medium"},
		{Key: "lights", Label: "Lights and indicators", Type: Check, Required: true, IssueOnFail: true, IssueType: "mechanical", Severity: "safety"},
	}}
	inside := Section{"Inside", []Field{
		{Key: "clean", Label: "Clean, no smell of smoke", Type: Check, Required: true, PhotoOnFail: true, IssueOnFail: true, IssueType: "cleaning", Severity: "low"},
		{Key: "belts", Label: "Seats and belts", Type: Check, Required: true, IssueOnFail: true, IssueType: "mechanical", Severity: "safety"},
		{Key: "warnings", Label: "No warning lights", Type: Check, Required: true, PhotoOnFail: true, IssueOnFail: true, IssueType: "mechanical", Severity: "high"},
		{Key: "equipment", Label: "Spare wheel, jack, manual, keys", Type: Check, Required: true},
	}}
	meters := Section{"Meters", []Field{
		{Key: "odometer", Label: "Odometer", Type: Odometer, Required: true, Hint: "Exactly as it shows."},
		{Key: "level", Label: "Fuel or charge", Type: Level, Required: true},
	}}
	end := func(more ...Field) Section {
		return Section{"To finish", append([]Field{{Key: "remarks", Label: "Remarks", Type: Text}}, more...)}
	}
	staff := Field{Key: "staff_signature", Label: "Inspected by", Type: Signature, Signer: "staff", Required: true}
	customer := Field{Key: "customer_signature", Label: "Customer", Type: Signature, Signer: "customer"}
	explained := Field{Key: "explained", Label: "Controls and roadside help explained", Type: Checkbox, Required: true}
	return []Details{
		{Name: "Handover", Kind: Handover, Sections: []Section{outside, inside, meters, end(explained, with(customer), staff)}},
		{Name: "Return", Kind: Return, Sections: []Section{meters, outside, inside, end(customer, staff)}},
	}
}

// with is f, needed.
func with(f Field) Field {
	f.Required = true
	return f
}
