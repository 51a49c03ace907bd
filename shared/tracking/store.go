package tracking

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where it rests:
//
//	PK                     SK                  index PK               index SK
//	WS#w#DEV#d             DEVICE              WS#w#DEV#<state>       <instant last heard of>#d
//	WS#w#DEV#d             JOURNEY#<instant>   WS#w#JNY#<asset>       <instant>#d   expires after 13 months
//	WS#w#DEV#d             EVENT#<ref>, AUDIT#<ref>                   see outbox, audit
//	WS#w#SERIAL#<sha256>   CLAIM               -> device id           of provider and serial number
//	WS#w#DEVICES           <serial>#d          -> device id           each device once
//	WS#w#FITTED#a          DEVICES             the devices that are in an asset now
//	WS#w#TRACKING          RULES               what the workspace believes
//
// Whoever fits a device to an asset, or takes it out, writes FITTED: that is why
// an asset has one device of a provider at the most.
const (
	journeyPrefix = "JOURNEY#"
	instant       = "2006-01-02T15:04:05Z"
)

func devicePK(workspace, id string) string { return "WS#" + workspace + "#DEV#" + id }

func deviceKey(workspace, id string) table.Key {
	return table.Key{PK: devicePK(workspace, id), SK: "DEVICE"}
}

func statePK(workspace string, s State) string { return "WS#" + workspace + "#DEV#" + string(s) }

func journeysPK(workspace, asset string) string { return "WS#" + workspace + "#JNY#" + asset }

func devicesPK(workspace string) string { return "WS#" + workspace + "#DEVICES" }

func fittedKey(workspace, asset string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#FITTED#" + asset, SK: "DEVICES"}
}

func rulesKey(workspace string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#TRACKING", SK: "RULES"}
}

func serialKey(workspace, provider, serial string) table.Key {
	sum := sha256.Sum256([]byte(provider + "\x00" + serial))
	return table.Key{PK: fmt.Sprintf("WS#%s#SERIAL#%x", workspace, sum), SK: "CLAIM"}
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	const device = "WS#w#DEV#*"
	return []table.Kind{
		{Name: "tracking device", PK: device, SK: "DEVICE"},
		{Name: "journey", PK: device, SK: journeyPrefix + "**"},
		{Name: "serial number's claim", PK: "WS#w#SERIAL#*", SK: "CLAIM"},
		{Name: "place in the list of devices", PK: "WS#w#DEVICES", SK: "**"},
		{Name: "asset's devices", PK: "WS#w#FITTED#*", SK: "DEVICES"},
		{Name: "tracking rules", PK: "WS#w#TRACKING", SK: "RULES"},
	}
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Device, error) {
	it, err := s.Table.Get(ctx, deviceKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, notFound()
	}
	if err != nil {
		return nil, err
	}
	return readDevice(it)
}

func notFound() error {
	return fault.New(fault.NotFound, "device.not_found", "There is no such device here.")
}

func readDevice(it table.Item) (*Device, error) {
	d := &Device{Version: it.Version}
	if err := json.Unmarshal(it.Doc, d); err != nil {
		return nil, fmt.Errorf("tracking: device at %s: %w", it.Key.PK, err)
	}
	was := *d
	was.Fittings = slices.Clone(d.Fittings)
	d.was = &was
	return d, nil
}

// op stores d, whose version counts this change already.
func (d *Device) op() table.Op {
	doc, _ := json.Marshal(d) // numbers and texts always encode
	return table.Put(table.Item{
		Key:     deviceKey(d.Workspace, d.ID),
		Index:   table.Key{PK: statePK(d.Workspace, d.State()), SK: d.heard().UTC().Format(instant) + "#" + d.ID},
		Version: d.Version - 1, Doc: doc,
	})
}

// ops stores what changed of d and tells it; none if nothing did.
func (s *Service) ops(ctx context.Context, actor access.Actor, d *Device) ([]table.Op, error) {
	if d.action == "" {
		return nil, nil
	}
	ops := []table.Op{d.op()}
	for _, e := range d.news {
		op, err := s.Events.Op(ctx, devicePK(d.Workspace, d.ID), actor, e, d.Updated)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if d.was != nil {
		var err error
		if changes, err = audit.Diff(d.was.Object(), d.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(devicePK(d.Workspace, d.ID), actor, d.action, audit.Object{Type: "device", ID: d.ID, Name: d.Provider + " " + d.Serial}, changes, d.Updated)
	return append(ops, op), err
}

// inside is the devices that are in one asset.
type inside struct {
	Devices []mounted `json:"devices"` // in the order in which they were fitted
	key     table.Key
	version int64
}

type mounted struct {
	Provider string `json:"provider"`
	Device   string `json:"device"`
	Counts   bool   `json:"counts"`
}

func (s *Service) inside(ctx context.Context, workspace, asset string) (*inside, error) {
	in := &inside{key: fittedKey(workspace, asset)}
	it, err := s.Table.Get(ctx, in.key)
	if fault.KindOf(err) == fault.NotFound {
		return in, nil
	}
	if err == nil {
		in.version = it.Version
		err = json.Unmarshal(it.Doc, in)
	}
	return in, err
}

func (in *inside) op() table.Op {
	doc, _ := json.Marshal(in) // texts always encode
	return table.Put(table.Item{Key: in.key, Version: in.version, Doc: doc})
}

func (in *inside) remove(device string) {
	in.Devices = slices.DeleteFunc(in.Devices, func(m mounted) bool { return m.Device == device })
}

func (in *inside) of(provider string) string {
	for _, m := range in.Devices {
		if m.Provider == provider {
			return m.Device
		}
	}
	return ""
}

func (in *inside) counted() bool {
	return slices.ContainsFunc(in.Devices, func(m mounted) bool { return m.Counts })
}

func journeySK(start time.Time) string { return journeyPrefix + start.UTC().Format(instant) }

func (j *Journey) op(workspace string) table.Op {
	doc, _ := json.Marshal(j) // numbers and texts always encode
	it := table.Item{Key: table.Key{PK: devicePK(workspace, j.Device), SK: journeySK(j.Start)}, Expires: j.End.AddDate(0, month13, 0), Doc: doc}
	if j.Asset != "" {
		it.Index = table.Key{PK: journeysPK(workspace, j.Asset), SK: j.Start.Format(instant) + "#" + j.Device}
	}
	return table.Put(it)
}

func readJourney(it table.Item) (*Journey, error) {
	j := &Journey{}
	if err := json.Unmarshal(it.Doc, j); err != nil {
		return nil, fmt.Errorf("tracking: journey at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	return j, nil
}

func overtaken(err error) bool {
	_, ok := errors.AsType[*table.Conflict](err)
	return ok
}

func unquote(doc []byte) string { return strings.Trim(string(doc), `"`) }
