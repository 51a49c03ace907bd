package insurance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where insurance rests. Pointers are never changed; their version is 1.
//
//	PK            SK                    index PK     index SK
//	WS#w#POL#p    POLICY                WS#w#POL     <last day>#p
//	WS#w#POL#p    SENT                  what was told of its end
//	WS#w#POL#p    CLM#c                 pointer
//	WS#w#POL#p    EVENT#, AUDIT#<ref>   see outbox, audit
//	WS#w#POLFLEET POL#p                 pointer: it covers the whole fleet
//	WS#w#POLDAY   DAY                   the last day whose ends were told
//	WS#w#CLM#c    CLAIM                 WS#w#CLM     c
//	WS#w#CLM#c    EVENT#<ref>           see outbox
//	WS#w#AST#a    POL#p, CLM#c          pointers
//	WS#w#AST#a    AUDIT#<ref>           of claims
func policyPK(workspace, id string) string { return "WS#" + workspace + "#POL#" + id }

func policyKey(workspace, id string) table.Key {
	return table.Key{PK: policyPK(workspace, id), SK: "POLICY"}
}

func sentKey(workspace, id string) table.Key {
	return table.Key{PK: policyPK(workspace, id), SK: "SENT"}
}

func dayKey(workspace string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#POLDAY", SK: "DAY"}
}

func policiesPK(workspace string) string { return "WS#" + workspace + "#POL" }
func fleetPK(workspace string) string    { return "WS#" + workspace + "#POLFLEET" }
func claimsPK(workspace string) string   { return "WS#" + workspace + "#CLM" }

func claimPK(workspace, id string) string { return "WS#" + workspace + "#CLM#" + id }

func claimKey(workspace, id string) table.Key {
	return table.Key{PK: claimPK(workspace, id), SK: "CLAIM"}
}

func assetPK(workspace, asset string) string { return "WS#" + workspace + "#AST#" + asset }

const (
	policyPrefix = "POL#"
	claimPrefix  = "CLM#"
)

// Kinds lists what rests here.
func Kinds() []table.Kind {
	const policy = "WS#w#POL#*"
	return []table.Kind{
		{Name: "insurance policy", PK: policy, SK: "POLICY"},
		{Name: "what was told of a policy's end", PK: policy, SK: "SENT"},
		{Name: "policy's claim", PK: policy, SK: claimPrefix + "*"},
		{Name: "policy of the whole fleet", PK: "WS#w#POLFLEET", SK: policyPrefix + "*"},
		{Name: "day of insurance", PK: "WS#w#POLDAY", SK: "DAY"},
		{Name: "insurance claim", PK: "WS#w#CLM#*", SK: "CLAIM"},
		{Name: "asset's policy", PK: "WS#w#AST#*", SK: policyPrefix + "*"},
		{Name: "asset's claim", PK: "WS#w#AST#*", SK: claimPrefix + "*"},
	}
}

func noSuchPolicy() error {
	return fault.New(fault.NotFound, "insurance_policy.not_found", "There is no such policy here.")
}

func noSuchClaim() error {
	return fault.New(fault.NotFound, "insurance_claim.not_found", "There is no such claim here.")
}

func (s *Service) loadPolicy(ctx context.Context, workspace, id string) (*Policy, error) {
	it, err := s.Table.Get(ctx, policyKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchPolicy()
	}
	if err != nil {
		return nil, err
	}
	return readPolicy(it)
}

func readPolicy(it table.Item) (*Policy, error) {
	p := &Policy{Version: it.Version}
	if err := json.Unmarshal(it.Doc, p); err != nil {
		return nil, fmt.Errorf("insurance: policy at %s: %w", it.Key.PK, err)
	}
	was := *p
	was.Assets, was.Documents = slices.Clone(p.Assets), slices.Clone(p.Documents)
	p.was = &was
	return p, nil
}

func (s *Service) loadClaim(ctx context.Context, workspace, id string) (*Claim, error) {
	it, err := s.Table.Get(ctx, claimKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchClaim()
	}
	if err != nil {
		return nil, err
	}
	return readClaim(it)
}

func readClaim(it table.Item) (*Claim, error) {
	c := &Claim{Version: it.Version}
	if err := json.Unmarshal(it.Doc, c); err != nil {
		return nil, fmt.Errorf("insurance: claim at %s: %w", it.Key.PK, err)
	}
	was := *c
	was.Documents = slices.Clone(c.Documents)
	c.was = &was
	return c, nil
}

func (s *Service) savePolicy(ctx context.Context, actor access.Actor, p *Policy, at time.Time) error {
	today, err := s.Today(ctx, p.Workspace, at)
	if err != nil || !p.tell(today, at) {
		return err
	}
	was := &Policy{}
	if p.was != nil {
		was = p.was
	}
	ops, err := s.covering(ctx, was, p)
	if err != nil {
		return err
	}
	files, err := s.files(ctx, p.Workspace, p.ID, was.Documents, p.Documents)
	if err != nil {
		return err
	}
	var from any
	if p.was != nil {
		from = p.was.Object(today)
	}
	told, err := s.told(ctx, actor, story{policyPK(p.Workspace, p.ID), policyPK(p.Workspace, p.ID), audit.Object{Type: "insurance_policy", ID: p.ID, Name: p.Line()}, p.news, from, p.Object(today)}, at)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(p)
	if err != nil {
		return err
	}
	put := table.Put(table.Item{
		Key: policyKey(p.Workspace, p.ID), Index: table.Key{PK: policiesPK(p.Workspace), SK: p.End.String() + "#" + p.ID}, Version: p.Version - 1, Doc: doc,
	})
	return s.Table.Write(ctx, slices.Concat([]table.Op{put}, ops, files, told)...)
}

// covering returns the ops that move the pointers from what was covered to what
// is, and that hold the assets which p newly names.
func (s *Service) covering(ctx context.Context, was, p *Policy) (ops []table.Op, err error) {
	for _, id := range was.Assets {
		if !slices.Contains(p.Assets, id) {
			ops = append(ops, table.Delete(table.Key{PK: assetPK(p.Workspace, id), SK: policyPrefix + p.ID}, 1))
		}
	}
	for _, id := range p.Assets {
		if slices.Contains(was.Assets, id) {
			continue
		}
		refer, err := s.Assets.Refer(ctx, p.Workspace, id)
		if err != nil {
			return nil, err
		}
		ops = append(ops, refer, pointer(assetPK(p.Workspace, id), policyPrefix, p.ID))
	}
	switch {
	case p.WholeFleet && !was.WholeFleet:
		ops = append(ops, pointer(fleetPK(p.Workspace), policyPrefix, p.ID))
	case was.WholeFleet && !p.WholeFleet:
		ops = append(ops, table.Delete(table.Key{PK: fleetPK(p.Workspace), SK: policyPrefix + p.ID}, 1))
	}
	return ops, nil
}

func pointer(pk, prefix, id string) table.Op {
	return table.Put(table.Item{Key: table.Key{PK: pk, SK: prefix + id}, Doc: json.RawMessage(`"` + id + `"`)})
}

func (s *Service) saveClaim(ctx context.Context, actor access.Actor, c *Claim, at time.Time, also ...table.Op) error {
	if !c.tell(at) {
		return nil
	}
	var had []string
	var from any
	var ops []table.Op
	if c.was != nil {
		had, from = c.was.Documents, c.was.Object()
	} else {
		ops = append(ops, pointer(assetPK(c.Workspace, c.Asset), claimPrefix, c.ID), pointer(policyPK(c.Workspace, c.Policy), claimPrefix, c.ID))
	}
	files, err := s.files(ctx, c.Workspace, c.ID, had, c.Documents)
	if err != nil {
		return err
	}
	told, err := s.told(ctx, actor, story{claimPK(c.Workspace, c.ID), assetPK(c.Workspace, c.Asset), audit.Object{Type: "insurance_claim", ID: c.ID, Name: c.Line()}, c.news, from, c.Object()}, at)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(c)
	if err != nil {
		return err
	}
	put := table.Put(table.Item{Key: claimKey(c.Workspace, c.ID), Index: table.Key{PK: claimsPK(c.Workspace), SK: c.ID}, Version: c.Version - 1, Doc: doc})
	return s.Table.Write(ctx, slices.Concat([]table.Op{put}, ops, files, told, also)...)
}

// A story is what there is to tell of one change, and where.
type story struct {
	events, audit string // partitions
	object        audit.Object
	news          []events.Event
	from, to      any // from is nil where there is nothing to compare
}

func (s *Service) told(ctx context.Context, actor access.Actor, st story, at time.Time) (ops []table.Op, err error) {
	for _, e := range st.news {
		op, err := s.Events.Op(ctx, st.events, actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if st.from != nil {
		if changes, err = audit.Diff(st.from, st.to, "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(st.audit, actor, st.news[0].Type(), st.object, changes, at)
	return append(ops, op), err
}
