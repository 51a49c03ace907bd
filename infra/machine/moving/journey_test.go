package moving_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awssfn "github.com/aws/aws-sdk-go-v2/service/sfn"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/machine/host"
	"motorpool/infra/machine/moving"
	"motorpool/shared/fault"
)

// TestAWorkspaceMovesThereAndBack: from a machine to AWS and from there to
// another machine. What the public API shows is the same, the key works, and the
// delivery that was to be tried again is, and no other.
func TestAWorkspaceMovesThereAndBack(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	dirs := [2]string{t.TempDir(), t.TempDir()}
	old := live(t, dirs[0], clock)
	ws, rcv := lived(t, old)
	before, answer := old.seen(), repeat(t, old, "before")
	old.stop()
	sent, _ := rcv.Count()

	away, out := order(t, ws.ID, "")
	from, leave := house(t, dirs[0], true, clock)
	must(t, moving.Export(t.Context(), from, away), out)
	leave()

	aws, clients, stack := cloud(t, clock.Now)
	must(t, moving.Import(t.Context(), aws, away), out)
	wantRuns(t, clients, stack, before[deliveries], clock.Now())

	home, _ := order(t, ws.ID, "")
	home.Out = out
	must(t, moving.Export(t.Context(), aws, home), out)
	to, arrive := house(t, dirs[1], false, clock)
	must(t, moving.Import(t.Context(), to, home), out)
	arrive()
	t.Logf("%s", out)

	here := live(t, dirs[1], clock)
	same(t, before, here.seen())
	if got := repeat(t, here, "after"); got != answer {
		t.Errorf("an Idempotency-Key gets another answer after the move: %s, before %s", got, answer)
	}
	here.advance(5 * time.Second)
	if n, _ := rcv.Count(); n != sent {
		t.Errorf("%d requests arrived because of the move, want none", n-sent)
	}
	here.advance(time.Hour)
	wantThird(t, here)
	if n, _ := rcv.Count(); n != sent+2 {
		t.Errorf("%d requests arrived within an hour of the move, want the third and fourth attempt of one delivery", n-sent)
	}
	here.publish("custom.after")
	here.advance(time.Second)
	if n, _ := rcv.Count(); n != sent+3 {
		t.Errorf("%d requests arrived, want one more for a new event", n-sent)
	}
}

func must(t *testing.T, err error, out interface{ String() string }) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// same compares what the API shows, but for what the move itself left behind.
func same(t *testing.T, before, after map[string]string) {
	t.Helper()
	if len(before) < 60 {
		t.Errorf("only %d answers are compared", len(before))
	}
	version := regexp.MustCompile(`"version":\d+`) // the workspace's own counts that it left
	for _, path := range slices.Sorted(maps.Keys(before)) {
		if path == "/v1/workspace" || path == "/v1/me" {
			before[path], after[path] = version.ReplaceAllString(before[path], ""), version.ReplaceAllString(after[path], "")
		}
		if before[path] != after[path] {
			t.Errorf("%s:\nbefore %.2000s\nafter  %.2000s", path, before[path], after[path])
		}
	}
}

// wantRuns looks for one execution for each delivery that was to be tried again,
// with the rest of its wait, and for no order of one: nothing was pending.
func wantRuns(t *testing.T, c moving.Clients, s moving.Stack, seen string, at time.Time) {
	t.Helper()
	var was struct {
		Data []struct {
			Status string
			Next   time.Time `json:"next_attempt_at"`
		}
	}
	if err := json.Unmarshal([]byte(seen), &was); err != nil {
		t.Fatal(err)
	}
	want, got := map[int]int{}, map[int]int{}
	for _, d := range was.Data {
		if d.Status == "retrying" {
			want[int((d.Next.Sub(at)+time.Second-1)/time.Second)]++
		}
	}
	list, err := c.SFN.ListExecutions(t.Context(), &awssfn.ListExecutionsInput{StateMachineArn: &s.Machine})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list.Executions {
		about, err := c.SFN.DescribeExecution(t.Context(), &awssfn.DescribeExecutionInput{ExecutionArn: e.ExecutionArn})
		if err != nil {
			t.Fatal(err)
		}
		var input struct{ Wait int }
		if err := json.Unmarshal([]byte(aws.ToString(about.Input)), &input); err != nil {
			t.Fatalf("%s: %v", *about.Input, err)
		}
		got[input.Wait]++
	}
	if len(want) == 0 || !maps.Equal(got, want) {
		t.Errorf("executions by the seconds that they wait: %v, want %v", got, want)
	}
	if n := len(received(t, c, s.Deliveries)); n > 0 {
		t.Errorf("%d orders, want none", n)
	}
	for _, job := range received(t, c, s.Jobs) {
		if !strings.Contains(job, `"release"`) {
			t.Errorf("a job came along that nobody had begun: %s", job)
		}
	}
}

// received takes what waits in a queue out of it.
func received(t *testing.T, c moving.Clients, url string) (bodies []string) {
	t.Helper()
	got, err := c.SQS.ReceiveMessage(t.Context(), &awssqs.ReceiveMessageInput{QueueUrl: &url, MaxNumberOfMessages: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range got.Messages {
		bodies = append(bodies, *m.Body)
		if _, err := c.SQS.DeleteMessage(t.Context(), &awssqs.DeleteMessageInput{QueueUrl: &url, ReceiptHandle: m.ReceiptHandle}); err != nil {
			t.Fatal(err)
		}
	}
	return bodies
}

// wantThird looks whether the delivery that failed twice has gone on by the plan.
func wantThird(t *testing.T, h *home) {
	t.Helper()
	var list struct {
		Data []struct {
			ID, Status string
			Attempts   []struct{ At time.Time }
		}
	}
	h.call(http.MethodGet, "/v1/webhook-deliveries?type=custom.ill&limit=10", nil, &list)
	for _, d := range list.Data {
		var one struct {
			Status   string
			Attempts []struct{ At time.Time }
		}
		h.call(http.MethodGet, "/v1/webhook-deliveries/"+d.ID, nil, &one)
		if len(one.Attempts) != 4 {
			continue // to the endpoint that is well
		}
		gap := one.Attempts[2].At.Sub(one.Attempts[1].At)
		if one.Status != "succeeded" || gap < 5*time.Minute || gap > 5*time.Minute+2*time.Second {
			t.Errorf("the delivery is %s, its third attempt came %s after the second; want succeeded, five minutes", one.Status, gap)
		}
		return
	}
	t.Errorf("no delivery with four attempts: %+v", list.Data)
}

// TestTheOldHouseIsQuiet: once it has left, a workspace can be read and not
// changed, nothing is sent for it, and return brings it all back.
func TestTheOldHouseIsQuiet(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	dir := t.TempDir()
	old := live(t, dir, clock)
	ws, rcv := lived(t, old)
	old.stop()
	sent, _ := rcv.Count()
	o, out := order(t, ws.ID, "")
	from, leave := house(t, dir, true, clock)
	must(t, moving.Export(t.Context(), from, o), out)
	leave()

	old = live(t, dir, clock)
	old.seen1(t)
	err := old.Call(t.Context(), http.MethodPost, "/v1/events", map[string]any{"type": "custom.x", "data": map[string]any{}}, nil)
	if err == nil || !strings.Contains(err.Error(), "workspace.left") {
		t.Errorf("an event for a workspace that has left: %v, want workspace.left", err)
	}
	old.advance(48 * time.Hour)
	if n, _ := rcv.Count(); n != sent {
		t.Errorf("the old house sent %d requests after the workspace had left", n-sent)
	}
	old.stop()

	from, leave = house(t, dir, true, clock)
	must(t, moving.Return(t.Context(), from, o), out)
	leave()
	old = live(t, dir, clock)
	old.advance(48 * time.Hour)
	old.publish("custom.x")
	if n, _ := rcv.Count(); n < sent+2 {
		t.Errorf("the workspace has returned, and %d requests were sent; want those of the delivery that waited", n-sent)
	}
}

// seen1 reads one thing.
func (h *home) seen1(t *testing.T) {
	t.Helper()
	var list struct{ Data []any }
	if h.call(http.MethodGet, "/v1/assets?limit=200", nil, &list); len(list.Data) < 20 {
		t.Errorf("%d assets can be read, want all", len(list.Data))
	}
}

// TestAnExportFindsTheHouseThere: a wrong folder is named, and not made.
func TestAnExportFindsTheHouseThere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "nothing")
	_, _, err := moving.Machine(dir, true, time.Now)
	if fault.CodeOf(err) != "moving.nothing" {
		t.Errorf("got %v", err)
	}
	busy := t.TempDir()
	live(t, busy, host.TestClock(noon))
	if _, _, err := moving.Machine(busy, true, time.Now); fault.CodeOf(err) != "disk.busy" {
		t.Errorf("a machine that runs: %v, want disk.busy", err)
	}
}
