package main

import (
	"os"
	"testing"

	"motorpool/infra/machine/machinetest"
)

// TestSIGKILLLosesNothingAcknowledged kills the machine at random moments under
// 150 events a second: 50 times in CI, 5 times elsewhere to stay quick. How many
// deliveries are made twice hangs on how fast the disk is just then; make bench
// measures that.
func TestSIGKILLLosesNothingAcknowledged(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the crash test takes a second for each kill")
	}
	kills := 5
	if os.Getenv("CI") == "true" {
		kills = 50
	}
	bin, err := machinetest.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	toll, err := machinetest.Crash(t.Context(), bin, kills, 150)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", toll)
	if toll.Acknowledged < kills*20 {
		t.Errorf("only %d events were acknowledged: the load was not a load", toll.Acknowledged)
	}
	if toll.Retried == 0 {
		t.Error("no event was retried: nothing waited in the timeline when the machine was killed")
	}
	if toll.Lost > 0 {
		t.Errorf("%d acknowledged events never arrived", toll.Lost)
	}
	if toll.Strangers > 0 {
		t.Errorf("%d events arrived again under another webhook-id", toll.Strangers)
	}
	if toll.MostOften > kills+1 {
		t.Errorf("one delivery was made %d times over %d kills", toll.MostOften, kills)
	}
}
