package moving

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
)

// A packer knows every kind, and which items belong to one workspace.
type packer struct {
	workspace string
	kinds     []table.Kind
	box       secrets.Box
}

func (h *House) packer(workspace string) *packer {
	return &packer{workspace, append(h.Kinds[:len(h.Kinds):len(h.Kinds)], claimKind()), h.Box}
}

// prefixes are where to look for all that belongs to the workspace: its own
// partitions, and where nouns keep doors.
func (p *packer) prefixes() []string {
	all := []string{"WS#" + p.workspace, "DOOR#"}
	for _, k := range p.kinds {
		first, _, _ := strings.Cut(k.PK, "#")
		if k.Owner != nil && !slices.Contains(all, first+"#") {
			all = append(all, first+"#")
		}
	}
	return all
}

// kindOf returns the kind of an item, or nil if it is another workspace's.
func (p *packer) kindOf(it table.Item) (*table.Kind, error) {
	pk := "WS#" + p.workspace
	inside := it.Key.PK == pk || strings.HasPrefix(it.Key.PK, pk+"#")
	if !inside && strings.HasPrefix(it.Key.PK, pk) {
		return nil, nil // the workspace of a longer name
	}
	var found *table.Kind
	for i := range p.kinds {
		k := &p.kinds[i]
		if inside == (k.Owner != nil) || !p.fits(k, it.Key) {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("an item at %s / %s may be of kind %q or %q", it.Key.PK, it.Key.SK, found.Name, k.Name)
		}
		found = k
	}
	switch {
	case found == nil:
		return nil, fault.New(fault.Invalid, "moving.unknown", "There is something at %s / %s that this version of Motorpool does not know. A newer one wrote it: move with that one.", it.Key.PK, it.Key.SK)
	case !inside && found.Owner(it) != p.workspace:
		return nil, nil
	}
	return found, nil
}

// fits passes over whose a door is: its form names no workspace, or names the
// one that Owner will tell.
func (p *packer) fits(k *table.Kind, at table.Key) bool {
	if k.Owner != nil && k.SK == "w" {
		return k.Fits(at.SK, at)
	}
	return k.Fits(p.workspace, at)
}

// pack makes of a stored item what travels: its secret opened. It is also what
// is hashed, because every house seals differently.
func (p *packer) pack(ctx context.Context, k *table.Kind, it table.Item) (table.Item, error) {
	if k.Carry != nil {
		doc, err := k.Carry(it.Doc)
		if err != nil {
			return it, fmt.Errorf("%s at %s / %s: %w", k.Name, it.Key.PK, it.Key.SK, err)
		}
		it.Doc = doc
	}
	return p.reseal(k, it, func(sealed []byte) ([]byte, error) { return p.box.Open(ctx, sealed, k.Bound(it.Key)) })
}

// unpack makes of what has travelled what is stored in this house.
func (p *packer) unpack(ctx context.Context, k *table.Kind, it table.Item) (table.Item, error) {
	return p.reseal(k, it, func(plain []byte) ([]byte, error) { return p.box.Seal(ctx, plain, k.Bound(it.Key)) })
}

// reseal puts other bytes into the member that holds a secret, and leaves the
// rest of the document as it is. No error shows what it holds.
func (p *packer) reseal(k *table.Kind, it table.Item, change func([]byte) ([]byte, error)) (table.Item, error) {
	if k.Sealed == "" {
		return it, nil
	}
	from, to, err := member(it.Doc, k.Sealed)
	if err != nil {
		return it, fmt.Errorf("%s at %s / %s is no JSON object", k.Name, it.Key.PK, it.Key.SK)
	}
	var was []byte
	if from == to || json.Unmarshal(it.Doc[from:to], &was) != nil || len(was) == 0 {
		return it, nil // it holds no secret
	}
	now, err := change(was)
	if err != nil {
		return it, fmt.Errorf("the secret of %s at %s / %s: %w", k.Name, it.Key.PK, it.Key.SK, err)
	}
	doc := append(bytes.Clone(it.Doc[:from]), '"')
	doc = append(base64.StdEncoding.AppendEncode(doc, now), '"')
	it.Doc = append(doc, it.Doc[to:]...)
	return it, nil
}

// member returns where in the document the value of a top-level member lies;
// nowhere, if it is not there.
func member(doc []byte, name string) (from, to int, err error) {
	d := json.NewDecoder(bytes.NewReader(doc))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, 0, errors.Join(err, errors.New("no object"))
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return 0, 0, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return 0, 0, err
		}
		if key == name {
			end := int(d.InputOffset())
			return end - len(value), end, nil
		}
	}
	return 0, 0, nil
}
