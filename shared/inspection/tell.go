package inspection

import "motorpool/events"

// Object is i as the outside sees it.
func (i *Inspection) Object() events.Inspection {
	o := events.Inspection{
		ID: i.ID, Number: i.Number, Asset: i.Asset, Booking: i.Booking, Template: i.Template, Edition: i.Edition,
		Name: i.Name, Kind: string(i.Kind), State: string(i.State), Inspector: events.Actor{Type: "user", ID: i.Inspector.ID, Name: i.Inspector.Name},
		Device: i.Device, StartedAt: i.Started, CompletedAt: i.Completed, ArrivedAt: i.Arrived, Before: i.Before,
		Damages: marksOf(i.Damages), Gone: marksOf(i.Gone), Issues: i.Issues, Reading: i.Reading,
		Addenda: len(i.Addenda), CreatedAt: i.Created, UpdatedAt: i.Updated, Version: i.Version,
	}
	if i.Customer != (Customer{}) {
		o.Customer = &events.InspectionParty{Name: i.Customer.Name, Email: i.Customer.Email}
	}
	if p := i.Place; p != nil {
		o.Place = &events.InspectionSite{Latitude: p.Latitude, Longitude: p.Longitude}
	}
	if r := i.Report; r != nil {
		o.Report = &events.InspectionReport{File: r.File, SHA256: r.SHA256, Size: r.Size, MadeAt: r.At}
	}
	if v := i.Verdict; v != nil {
		o.Verdict = &events.InspectionVerdict{At: v.At, Name: v.Name, Comment: v.Comment, By: v.By}
	}
	if v := i.Void; v != nil {
		o.VoidedAt, o.VoidReason = v.At, v.Reason
	}
	return o
}

func marksOf(marks []Mark) (out []events.InspectionDamage) {
	for _, m := range marks {
		out = append(out, events.InspectionDamage{ID: m.ID, View: m.View, X: m.X, Y: m.Y, Type: m.Type, Note: m.Note, Photos: m.Photos, Status: m.Status, Since: m.Since})
	}
	return out
}
