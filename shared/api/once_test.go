package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/fault"
	"motorpool/shared/idempotency"
	"motorpool/shared/table"
)

// shop sells one thing: every sale is an item of its own, so that it can be
// seen how often a request has happened.
type shop struct {
	*apitest.Client
	tab    table.Table
	time   time.Time
	actor  access.Actor
	before func() error // called before the sale is written
	after  func() error // called after it
}

type saleInput struct {
	Body struct {
		Name string `json:"name"`
	}
}

type sale struct {
	Number int    `json:"number"`
	Secret string `json:"secret"`
}

func openShop(t *testing.T) *shop {
	nothing := func() error { return nil }
	s := &shop{time: apitest.Now, actor: editor, before: nothing, after: nothing}
	now := func() time.Time { return s.time }
	s.tab = apitest.Table(t, now)
	riding := table.Riding{Table: s.tab}
	sell := api.Route{
		Name: "shop.sell", Method: http.MethodPost, Path: "/v1/sales", Status: http.StatusCreated, Summary: "Sell",
		Handle: rest.JSON(func(ctx context.Context, _ *api.Call, in saleInput) (sale, error) {
			if err := s.before(); err != nil {
				return sale{}, err
			}
			n := s.sold(t)
			it := table.Item{Key: table.Key{PK: "SALES", SK: fmt.Sprintf("%03d", n)}, Doc: json.RawMessage(`{}`)}
			if err := riding.Write(ctx, table.Put(it)); err != nil {
				return sale{}, err
			}
			return sale{n + 1, "whsec_" + in.Body.Name}, s.after()
		}),
	}
	edge := &api.Edge{
		App: &app.App{Idempotency: &idempotency.Service{Table: riding, Box: apitest.Box(t)}}, Now: now,
		Who: func(*http.Request, api.Door) (access.Actor, error) { return s.actor, nil },
	}
	s.Client = apitest.At(t, edge, []api.Route{sell})
	return s
}

func (s *shop) sold(t *testing.T) int { return len(apitest.Dump(t, s.tab, "SALES")) }

func (s *shop) sell(key, name string) apitest.Answer {
	return s.Do("POST", "/v1/sales", `{"name":"`+name+`"}`, "Idempotency-Key", key)
}

func (s *shop) want(t *testing.T, a apitest.Answer, status int, code string, sold int) {
	t.Helper()
	got, _ := a.JSON["code"].(string)
	if a.Status != status || got != code || s.sold(t) != sold {
		t.Errorf("got %d %s and %d sold, want %d %s and %d", a.Status, a.Body, s.sold(t), status, code, sold)
	}
}

func TestSameRequestAgainHappensOnce(t *testing.T) {
	s := openShop(t)
	first := s.sell("k1", "ute")
	s.want(t, first, 201, "", 1)
	again := s.sell("k1", "ute")
	s.want(t, again, 201, "", 1)
	if again.Body != first.Body || again.Header.Get("Idempotency-Replayed") != "true" || first.Header.Get("Idempotency-Replayed") != "" ||
		again.Header.Get("Content-Type") != "application/json" || again.Header.Get("Request-Id") == first.Header.Get("Request-Id") {
		t.Errorf("got %v %q after %q", again.Header, again.Body, first.Body)
	}
	s.want(t, s.sell("k2", "ute"), 201, "", 2)
	s.want(t, s.Do("POST", "/v1/sales", `{"name":"ute"}`), 201, "", 3)
}

func TestKeyIsForgottenAfterADay(t *testing.T) {
	s := openShop(t)
	s.want(t, s.sell("k1", "ute"), 201, "", 1)
	s.time = s.time.Add(24*time.Hour - time.Second)
	s.want(t, s.sell("k1", "ute"), 201, "", 1)
	s.time = s.time.Add(time.Second)
	s.want(t, s.sell("k1", "ute"), 201, "", 2)
}

func TestKeyIsForOneRequest(t *testing.T) {
	s := openShop(t)
	s.want(t, s.sell("k1", "ute"), 201, "", 1)
	s.want(t, s.sell("k1", "van"), 409, "idempotency.mismatch", 1)
	s.want(t, s.Do("POST", "/v1/sales?x=1", `{"name":"ute"}`, "Idempotency-Key", "k1"), 409, "idempotency.mismatch", 1)
}

// TestKeyIsItsActors: another key of the same workspace, and another workspace,
// neither see the answer nor are in each other's way.
func TestKeyIsItsActors(t *testing.T) {
	s := openShop(t)
	s.want(t, s.sell("k1", "ute"), 201, "", 1)
	s.actor.ID = "key_2"
	s.want(t, s.sell("k1", "van"), 201, "", 2)
	s.actor.Workspace = "wsp_2"
	s.want(t, s.sell("k1", "bus"), 201, "", 3)
}

func TestRefusedRequestKeepsNoKey(t *testing.T) {
	s := openShop(t)
	s.before = func() error { return fault.New(fault.Conflict, "shop.closed", "The shop is closed.") }
	s.want(t, s.sell("k1", "ute"), 409, "shop.closed", 0)
	s.want(t, s.Do("POST", "/v1/sales", `{}`, "Idempotency-Key", "k1"), 422, "request.invalid", 0)
	s.before = func() error { panic("out of paper") }
	s.want(t, s.sell("k1", "ute"), 500, "internal", 0)
	s.before = func() error { return nil }
	s.want(t, s.sell("k1", "ute"), 201, "", 1)
}

func TestRequestThatBrokeAfterItTookEffectIsNotRepeated(t *testing.T) {
	for name, after := range map[string]func() error{
		"an error": func() error { return errors.New("the printer is on fire") },
		"a panic":  func() error { panic("out of paper") },
	} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t)
			s.after = after
			s.want(t, s.sell("k1", "ute"), 500, "internal", 1)
			s.after = func() error { return nil }
			s.want(t, s.sell("k1", "ute"), 409, "idempotency.interrupted", 1)
		})
	}
}

// TestProcessThatDied leaves a reservation as a dead process would: with
// nothing written the request may be sent again, after two minutes; and the
// dead one's write, should it arrive after all, is refused.
func TestProcessThatDied(t *testing.T) {
	s := openShop(t)
	service := &idempotency.Service{Table: s.tab, Box: apitest.Box(t)}
	var late error
	s.before = func() error { // the first request hangs; meanwhile a second one comes
		s.before = func() error { return nil }
		a := s.sell("k1", "ute")
		s.want(t, a, 409, "idempotency.running", 0)
		if a.Header.Get("Retry-After") != "1" {
			t.Errorf("Retry-After: %q", a.Header.Get("Retry-After"))
		}
		s.time = s.time.Add(2 * time.Minute)
		s.want(t, s.sell("k1", "ute"), 201, "", 1)
		return nil
	}
	first := s.sell("k1", "ute")
	s.want(t, first, 409, "table.changed", 1)
	if _, _, late = service.Begin(t.Context(), editor, idempotency.Request{Route: "shop.sell", Key: "k1", Print: "other"}, s.time); fault.CodeOf(late) != "idempotency.mismatch" {
		t.Errorf("got %v", late)
	}
}

func TestOfManyWithOneKeyOneHappens(t *testing.T) {
	s := openShop(t)
	var mu sync.Mutex
	got := map[string]int{}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			a := s.sell("k1", "ute")
			code, _ := a.JSON["code"].(string)
			mu.Lock()
			got[fmt.Sprint(a.Status, code)]++
			mu.Unlock()
		})
	}
	wg.Wait()
	if s.sold(t) != 1 || got["201"]+got["409idempotency.running"] != 16 || got["201"] < 1 {
		t.Errorf("%d sold: %v", s.sold(t), got)
	}
}

func TestAnswersAreKeptSealed(t *testing.T) {
	s := openShop(t)
	s.want(t, s.sell("k1-mine", "hunter2"), 201, "", 1)
	all := apitest.Dump(t, s.tab, "WS#wsp_1#IDEM")
	if len(all) != 1 || strings.Contains(fmt.Sprint(all), "hunter2") || strings.Contains(fmt.Sprint(all), "k1-mine") {
		t.Errorf("got %v", all)
	}
}

func TestKeyIsPrintable(t *testing.T) {
	s := openShop(t)
	for _, key := range []string{"", "é", "a\tb", strings.Repeat("k", 256)} {
		s.want(t, s.sell(key, "ute"), 422, "request.idempotency_key", 0)
	}
	s.want(t, s.sell(strings.Repeat("k", 255), "ute"), 201, "", 1)
}
