package inspection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where templates and inspections rest. The audit entries are in the asset's
// partition: they are a part of its history. Pointers are for ever, and their
// version is always 1.
//
//	PK                     SK              index PK             index SK
//	WS#w#INT#t             TEMPLATE        WS#w#INT             <kind>#<id>
//	WS#w#INT#t             EDITION#<n>
//	WS#w#INT#t             AUDIT#<ref>     see audit
//	WS#w#INS#i             INSPECTION      WS#w#INS#<state>     i
//	WS#w#INS#i             EVENT#<ref>     see outbox
//	WS#w#INS               INS#i           pointer: each inspection once, in order of time
//	WS#w#INSKIND#<kind>    INS#i           pointer
//	WS#w#INSBKG#<booking>  INS#i           pointer
//	WS#w#AST#a             INS#i           pointer
//	WS#w#AST#a             INSLAST         the last one that was completed and counts
//	WS#w#AST#a             AUDIT#<ref>     see audit
//	WS#w#INSDUE            INS#i           its report is to be made
//	DOOR#INSLINK#<hash>    LINK            a customer's way in; expires
func inspectionPK(workspace, id string) string { return "WS#" + workspace + "#INS#" + id }

func inspectionKey(workspace, id string) table.Key {
	return table.Key{PK: inspectionPK(workspace, id), SK: "INSPECTION"}
}

func statePK(workspace string, s State) string { return "WS#" + workspace + "#INS#" + string(s) }

func allPK(workspace string) string { return "WS#" + workspace + "#INS" }

func kindPK(workspace string, k Kind) string { return "WS#" + workspace + "#INSKIND#" + string(k) }

func bookingPK(workspace, id string) string { return "WS#" + workspace + "#INSBKG#" + id }

func assetPK(workspace, asset string) string { return "WS#" + workspace + "#AST#" + asset }

func lastKey(workspace, asset string) table.Key {
	return table.Key{PK: assetPK(workspace, asset), SK: "INSLAST"}
}

func dueKey(workspace, id string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#INSDUE", SK: pointerPrefix + id}
}

func linkKey(hash string) table.Key { return table.Key{PK: "DOOR#INSLINK#" + hash, SK: "LINK"} }

const pointerPrefix = "INS#"

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "inspection template", PK: "WS#w#INT#*", SK: "TEMPLATE"},
		{Name: "edition of an inspection template", PK: "WS#w#INT#*", SK: "EDITION#*"},
		{Name: "inspection", PK: "WS#w#INS#*", SK: "INSPECTION"},
		{Name: "place in the list of inspections", PK: "WS#w#INS", SK: pointerPrefix + "*"},
		{Name: "inspection of a kind", PK: "WS#w#INSKIND#*", SK: pointerPrefix + "*"},
		{Name: "booking's inspection", PK: "WS#w#INSBKG#*", SK: pointerPrefix + "*"},
		{Name: "asset's inspection", PK: "WS#w#AST#*", SK: pointerPrefix + "*"},
		{Name: "asset's last inspection", PK: "WS#w#AST#*", SK: "INSLAST"},
		{Name: "inspection report to be made", PK: "WS#w#INSDUE", SK: pointerPrefix + "*"}, // by the next tick
		{Name: "customer's link to an inspection", PK: "DOOR#INSLINK#*", SK: "LINK", Owner: table.Named, Last: table.LastDoors},
	}
}

func noSuchInspection() error {
	return fault.New(fault.NotFound, "inspection.not_found", "There is no such inspection here.")
}

func asFault(err error) (*fault.Error, bool) { return errors.AsType[*fault.Error](err) }

func (s *Service) load(ctx context.Context, workspace, id string) (*Inspection, error) {
	it, err := s.Table.Get(ctx, inspectionKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchInspection()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Inspection, error) {
	i, was := &Inspection{Version: it.Version}, &Inspection{Version: it.Version}
	for _, into := range []*Inspection{i, was} { // twice, so that they share nothing
		if err := json.Unmarshal(it.Doc, into); err != nil {
			return nil, fmt.Errorf("inspection: at %s: %w", it.Key.PK, err)
		}
	}
	i.was = was
	return i, nil
}

// last returns the last inspection of an asset that was completed and counts, or
// nil, and the version of the item that says so.
func (s *Service) last(ctx context.Context, workspace, asset string) (*Inspection, int64, error) {
	it, err := s.Table.Get(ctx, lastKey(workspace, asset))
	if fault.KindOf(err) == fault.NotFound {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	var id string
	if err := json.Unmarshal(it.Doc, &id); err != nil {
		return nil, 0, fmt.Errorf("inspection: last of %s: %w", asset, err)
	}
	i, err := s.load(ctx, workspace, id)
	return i, it.Version, err
}

// note makes i the last inspection of its asset.
func note(i *Inspection, version int64) table.Op {
	return table.Put(table.Item{Key: lastKey(i.Workspace, i.Asset), Version: version, Doc: json.RawMessage(strconv.Quote(i.ID))})
}

// save stores what changed of i, with its news and an audit entry. Without a
// change there is nothing to store. Answers alone are no news: the inspection
// says itself who answered what and when.
func (s *Service) save(ctx context.Context, actor access.Actor, i *Inspection, at time.Time, also ...table.Op) error {
	if !i.tell(at) {
		return nil
	}
	told, err := s.told(ctx, actor, i, at)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(i)
	if err != nil {
		return err
	}
	if len(doc) > table.MaxItemBytes {
		return fault.New(fault.TooLarge, "inspection.too_large", "This inspection has become too long. Use shorter texts, or fewer signatures.")
	}
	ops := []table.Op{table.Put(table.Item{
		Key: inspectionKey(i.Workspace, i.ID), Index: table.Key{PK: statePK(i.Workspace, i.State), SK: i.ID},
		Version: i.Version - 1, Doc: doc,
	})}
	if i.was == nil {
		places := []string{allPK(i.Workspace), assetPK(i.Workspace, i.Asset), kindPK(i.Workspace, i.Kind)}
		if i.Booking != "" {
			places = append(places, bookingPK(i.Workspace, i.Booking))
		}
		for _, pk := range places {
			ops = append(ops, table.Put(table.Item{Key: table.Key{PK: pk, SK: pointerPrefix + i.ID}, Doc: json.RawMessage(strconv.Quote(i.ID))}))
		}
	}
	return s.Table.Write(ctx, slices.Concat(ops, told, also)...)
}

// tell makes the news of what is different from how i was loaded, and reports
// whether anything is.
func (i *Inspection) tell(at time.Time) bool {
	if i.news = nil; i.was == nil {
		if i.State == InProgress {
			i.news = []events.Event{events.InspectionStarted{Object: i.Object()}}
		}
		return true
	}
	was, _ := json.Marshal(i.was) // both were made of JSON, or are about to be
	is, _ := json.Marshal(i)
	if string(was) == string(is) {
		return false
	}
	i.Version, i.Updated = i.was.Version+1, at
	if i.State == i.was.State {
		return true
	}
	object := i.Object()
	previous := events.Differences(i.was.Object(), object)
	switch i.State {
	case InProgress:
		i.news = []events.Event{events.InspectionStarted{Object: object}}
	case Complete:
		i.news = []events.Event{events.InspectionCompleted{Object: object}}
		if found := i.News(); len(found) > 0 {
			i.news = append(i.news, events.InspectionDamageFound{Object: object, Damages: marksOf(found)})
		}
	case Acknowledged:
		i.news = []events.Event{events.InspectionAcknowledged{Object: object, Previous: previous}}
	case Disputed:
		i.news = []events.Event{events.InspectionDisputed{Object: object, Previous: previous}}
	case Voided:
		i.news = []events.Event{events.InspectionVoided{Object: object, Previous: previous}}
	}
	return true
}

// action is what an audit entry calls a change that is no news, or nothing if
// there is no need of one.
func (i *Inspection) action() string {
	switch {
	case len(i.news) > 0:
		return i.news[0].Type()
	case i.was == nil:
		return "inspection.planned"
	case len(i.Addenda) > len(i.was.Addenda):
		return "inspection.amended"
	case i.Customer != i.was.Customer:
		return "inspection.addressed"
	case i.Report != nil && i.was.Report == nil:
		return "inspection.reported"
	case i.Link != nil && (i.was.Link == nil || *i.Link != *i.was.Link):
		return "inspection.linked"
	}
	return ""
}

func (s *Service) told(ctx context.Context, actor access.Actor, i *Inspection, at time.Time) (ops []table.Op, err error) {
	for _, e := range i.news {
		op, err := s.Events.Op(ctx, inspectionPK(i.Workspace, i.ID), actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	action := i.action()
	if action == "" {
		return ops, nil
	}
	var changes []audit.Change
	if i.was != nil {
		if changes, err = audit.Diff(i.was.Object(), i.Object(), "version", "updated_at", "damages", "gone"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(assetPK(i.Workspace, i.Asset), actor, action, audit.Object{Type: "inspection", ID: i.ID, Name: i.Number + " " + i.Name}, changes, at)
	return append(ops, op), err
}
