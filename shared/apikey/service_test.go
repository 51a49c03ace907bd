package apikey_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/apitest"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

var at = apitest.Now

// live is the mode of every workspace whose name says so.
type live struct{}

func (live) IsLive(_ context.Context, workspace string) (bool, error) {
	return strings.HasPrefix(workspace, "wsp_live"), nil
}

type ring struct {
	*apikey.Service
	tab table.Table
	log *audit.Service
}

func open(t *testing.T) *ring {
	tab := apitest.Table(t, func() time.Time { return at })
	ids := ident.Counting()
	log := &audit.Service{Table: tab, NewID: ids}
	return &ring{&apikey.Service{Table: tab, NewID: ids, Secret: ident.Secret, Workspaces: live{}, Audit: log}, tab, log}
}

func owner(workspace string) access.Actor {
	return access.Actor{Kind: "user", ID: "usr_1", Name: "Ada", Workspace: workspace, Grants: access.All()}
}

func (r *ring) create(t *testing.T, actor access.Actor, req apikey.Request) (*apikey.Key, string) {
	t.Helper()
	k, plain, err := r.Create(t.Context(), actor, req, at)
	if err != nil {
		t.Fatal(err)
	}
	return k, plain
}

func TestKeyOpensItsWorkspaceAndNoOther(t *testing.T) {
	r := open(t)
	for workspace, prefix := range map[string]string{"wsp_live1": "mp_live_", "wsp_test1": "mp_test_"} {
		k, plain := r.create(t, owner(workspace), apikey.Request{Name: " CRM ", Scopes: []access.Grant{access.ViewAssets}})
		if !strings.HasPrefix(plain, prefix) || len(plain) != len(prefix)+26 || k.Prefix != prefix || k.Last4 != plain[len(plain)-4:] || k.Name != "CRM" {
			t.Errorf("%s: got %q %+v", workspace, plain, k)
		}
		a, err := r.Authenticate(t.Context(), plain, at)
		if err != nil || a.Workspace != workspace || a.Kind != "api_key" || a.ID != k.ID || a.Name != "CRM" || !a.May(access.ViewAssets) || a.May(access.EditAssets) {
			t.Errorf("got %+v %v", a, err)
		}
	}
}

func TestKeyItselfIsKeptNowhere(t *testing.T) {
	r := open(t)
	_, plain := r.create(t, owner("wsp_live1"), apikey.Request{Name: "CRM"})
	secret := strings.TrimPrefix(plain, "mp_live_")
	for _, pk := range []string{"WS#wsp_live1#KEY", "DOOR#KEY#" + ident.Hash(plain)} {
		all := apitest.Dump(t, r.tab, pk)
		if len(all) == 0 || strings.Contains(fmt.Sprint(all), secret) {
			t.Errorf("%s: %v", pk, all)
		}
	}
}

// TestWhatIsWrongWithAKeyIsNotTold: unknown, revoked and expired look alike.
func TestWhatIsWrongWithAKeyIsNotTold(t *testing.T) {
	r := open(t)
	revoked, plainRevoked := r.create(t, owner("wsp_live1"), apikey.Request{Name: "A"})
	if _, err := r.Revoke(t.Context(), owner("wsp_live1"), revoked.ID, at); err != nil {
		t.Fatal(err)
	}
	_, plainExpired := r.create(t, owner("wsp_live1"), apikey.Request{Name: "B", ExpiresAt: at.Add(time.Hour)})
	if _, err := r.Authenticate(t.Context(), plainExpired, at.Add(time.Hour-1)); err != nil {
		t.Errorf("a moment before it expires: %v", err)
	}
	messages := map[string]bool{}
	for name, plain := range map[string]string{
		"revoked": plainRevoked, "expired": plainExpired, "unknown": "mp_live_00000000000000000000000000",
		"empty": "", "long": strings.Repeat("x", 10_000), "strange": "mp_live_\x00#\xff",
	} {
		_, err := r.Authenticate(t.Context(), plain, at.Add(time.Hour))
		f, ok := err.(*fault.Error)
		if !ok || f.Kind != fault.Unauthenticated {
			t.Errorf("%s: %v", name, err)
			continue
		}
		messages[f.Code+f.Message] = true
	}
	if len(messages) != 1 {
		t.Errorf("several messages: %v", messages)
	}
}

func TestNobodyGivesWhatTheyDoNotHold(t *testing.T) {
	r := open(t)
	clerk := owner("wsp_live1")
	clerk.Grants = []access.Grant{access.ManageKeys, access.ViewAssets}
	for name, scopes := range map[string][]access.Grant{
		"one too many": {access.ViewAssets, access.ArchiveAssets}, "everything": nil,
	} {
		_, _, err := r.Create(t.Context(), clerk, apikey.Request{Name: "A", Scopes: scopes}, at)
		if fault.KindOf(err) != fault.Denied || fault.CodeOf(err) != "key.beyond" {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.create(t, clerk, apikey.Request{Name: "A", Scopes: []access.Grant{access.ViewAssets}})
}

func TestKeySaysWhichFieldIsWrong(t *testing.T) {
	r := open(t)
	for name, tt := range map[string]struct {
		req    apikey.Request
		fields string
	}{
		"no name":          {apikey.Request{}, "name"},
		"spaces":           {apikey.Request{Name: " "}, "name"},
		"too long":         {apikey.Request{Name: strings.Repeat("x", 101)}, "name"},
		"an unknown scope": {apikey.Request{Name: "A", Scopes: []access.Grant{access.ViewAssets, "assets.steal"}}, "scopes[1]"},
		"an empty scope":   {apikey.Request{Name: "A", Scopes: []access.Grant{""}}, "scopes[0]"},
		"a scope twice":    {apikey.Request{Name: "A", Scopes: []access.Grant{access.ViewAssets, access.ViewAssets}}, "scopes[1]"},
		"expired":          {apikey.Request{Name: "A", ExpiresAt: at}, "expires_at"},
		"all of it":        {apikey.Request{Scopes: []access.Grant{"x"}, ExpiresAt: at.Add(-1)}, "name scopes[0] expires_at"},
	} {
		_, _, err := r.Create(t.Context(), owner("wsp_live1"), tt.req, at)
		var fields []string
		if f, ok := err.(*fault.Error); ok && f.Kind == fault.Invalid {
			for _, field := range f.Fields {
				fields = append(fields, field.Name)
			}
		}
		if got := strings.Join(fields, " "); got != tt.fields {
			t.Errorf("%s: got %q %v, want %q", name, got, err, tt.fields)
		}
	}
	if all := apitest.Dump(t, r.tab, "WS#wsp_live1#KEY"); len(all) != 0 {
		t.Errorf("something was stored: %v", all)
	}
}

func TestAKeyWithoutScopesMayEverything(t *testing.T) {
	r := open(t)
	_, plain := r.create(t, owner("wsp_live1"), apikey.Request{Name: "A"})
	a, err := r.Authenticate(t.Context(), plain, at)
	for _, g := range access.All() {
		if !a.May(g) || err != nil {
			t.Errorf("may not %s: %v", g, err)
		}
	}
}

func TestRevokeIsAtOnceAndForGood(t *testing.T) {
	r := open(t)
	k, plain := r.create(t, owner("wsp_live1"), apikey.Request{Name: "A"})
	if _, err := r.Revoke(t.Context(), owner("wsp_live2"), k.ID, at); fault.KindOf(err) != fault.NotFound {
		t.Errorf("from another workspace: %v", err)
	}
	// The key is used for the first time just before: its version has moved on.
	if _, err := r.Authenticate(t.Context(), plain, at); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := r.Revoke(t.Context(), owner("wsp_live1"), k.ID, at)
		if err != nil || !got.RevokedAt.Equal(at) || got.State(at) != "revoked" {
			t.Fatalf("got %+v %v", got, err)
		}
	}
	if got, err := r.Get(t.Context(), "wsp_live1", k.ID); err != nil || got.State(at) != "revoked" {
		t.Errorf("it stays in the list: %+v %v", got, err)
	}
	if all := apitest.Dump(t, r.tab, "DOOR#KEY#"+ident.Hash(plain)); len(all) != 0 {
		t.Errorf("the door is still there: %v", all)
	}
	if entries, _, _ := r.log.List(t.Context(), "wsp_live1", audit.Filter{Object: k.ID}, "", 10); len(entries) != 2 || entries[0].Action != "api_key.revoked" || entries[1].Action != "api_key.created" {
		t.Errorf("audit: %+v", entries)
	}
}

func TestLastUseIsNotedOnceAnHour(t *testing.T) {
	r := open(t)
	k, plain := r.create(t, owner("wsp_live1"), apikey.Request{Name: "A"})
	for _, tt := range []struct{ after, noted time.Duration }{{0, 0}, {59 * time.Minute, 0}, {time.Hour, time.Hour}, {90 * time.Minute, time.Hour}} {
		if _, err := r.Authenticate(t.Context(), plain, at.Add(tt.after)); err != nil {
			t.Fatal(err)
		}
		if got, err := r.Get(t.Context(), "wsp_live1", k.ID); err != nil || !got.LastUsedAt.Equal(at.Add(tt.noted)) {
			t.Errorf("after %v: %v %v", tt.after, got.LastUsedAt, err)
		}
	}
}

func TestAdoptIsIdempotent(t *testing.T) {
	r := open(t)
	const plain = "a-key-of-my-own-choice"
	first, err := r.Adopt(t.Context(), "wsp_live1", plain, "Scripts", at)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := r.Adopt(t.Context(), "wsp_live1", plain, "Scripts", at.Add(time.Hour)); err != nil || again.ID != first.ID {
		t.Errorf("again: %+v %v", again, err)
	}
	if _, err := r.Adopt(t.Context(), "wsp_live2", plain, "Scripts", at); fault.CodeOf(err) != "key.taken" {
		t.Errorf("by another workspace: %v", err)
	}
	if a, err := r.Authenticate(t.Context(), plain, at); err != nil || a.Workspace != "wsp_live1" || len(a.Grants) != len(access.All()) {
		t.Errorf("got %+v %v", a, err)
	}
	for _, weak := range []string{"", "fifteen-letters", "sixteen letters!", "sixteen-lettérs!", strings.Repeat("x", 201)} {
		if _, err := r.Adopt(t.Context(), "wsp_live1", weak, "A", at); fault.CodeOf(err) != "key.weak" {
			t.Errorf("%q: %v", weak, err)
		}
	}
}

func TestListShowsTheNewestFirstAndOnlyItsOwn(t *testing.T) {
	r := open(t)
	for i := range 5 {
		r.create(t, owner("wsp_live1"), apikey.Request{Name: fmt.Sprint(i)})
	}
	r.create(t, owner("wsp_live2"), apikey.Request{Name: "theirs"})
	names, cursor := "", ""
	for {
		keys, next, err := r.List(t.Context(), "wsp_live1", cursor, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			names += k.Name
		}
		if cursor = next; next == "" {
			break
		}
	}
	if names != "43210" {
		t.Errorf("got %s", names)
	}
	_, mine, _ := r.List(t.Context(), "wsp_live1", "", 2)
	if _, _, err := r.List(t.Context(), "wsp_live2", mine, 2); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a cursor of another workspace: %v", err)
	}
}

func TestStrangeIDsAreNotFound(t *testing.T) {
	r := open(t)
	r.create(t, owner("wsp_live1"), apikey.Request{Name: "A"})
	for _, id := range []string{"", "key_", "AUDIT#1", "key_1", "\x00", "key_0000000000000000000000000#", strings.Repeat("k", 3000)} {
		if _, err := r.Get(t.Context(), "wsp_live1", id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
}
