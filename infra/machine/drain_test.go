package main

import (
	"net/http"
	"testing"
	"time"

	"motorpool/infra/machine/machinetest"
)

// TestSIGTERMFinishesWhatIsUnderWay stops the machine while a receiver thinks.
// The exchange is finished and its outcome stored, so that the next start sends
// nothing again.
func TestSIGTERMFinishesWhatIsUnderWay(t *testing.T) {
	bin, err := machinetest.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rcv, err := machinetest.NewReceiver()
	if err != nil {
		t.Fatal(err)
	}
	defer rcv.Close()
	stopping := make(chan struct{})
	rcv.Answer = func(string, int) int {
		<-stopping
		return http.StatusOK
	}
	data := t.TempDir()
	m, err := machinetest.Start(bin, data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Endpoint(t.Context(), rcv.URL, "custom.*"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Event(t.Context(), "custom.x", map[string]any{}); err != nil {
		t.Fatal(err)
	}
	if !rcv.Wait(1, 10*time.Second) {
		t.Fatal("the event did not arrive")
	}
	time.AfterFunc(200*time.Millisecond, func() { close(stopping) })
	if err := m.Stop(); err != nil {
		t.Fatalf("the machine ended with %v, want a clean exit", err)
	}
	if m, err = machinetest.Start(bin, data); err != nil {
		t.Fatal(err)
	}
	defer m.Kill()
	var list struct {
		Data []struct{ Status string }
	}
	if err := m.Call(t.Context(), http.MethodGet, "/v1/webhook-deliveries?type=custom.x", nil, &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Data) != 1 || list.Data[0].Status != "succeeded" {
		t.Errorf("after the restart: %+v, want one delivery that succeeded", list.Data)
	}
	if n, _ := rcv.Count(); n != 1 {
		t.Errorf("%d requests arrived, want 1", n)
	}
}
