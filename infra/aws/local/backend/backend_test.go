package backend_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motorpool/infra/aws/local/backend"
	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/emulators"
	"motorpool/infra/machine/host"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

const template = "../../../../template.yaml"

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func open(t *testing.T, template string) (*backend.Backend, error) {
	t.Helper()
	emulators.Tools(t)
	at := map[string]string{"AWS_ENDPOINT_URL": emulators.AWS(t), "AWS_ENDPOINT_URL_DYNAMODB": emulators.DynamoDB(t)}
	clients, err := deploy.Connect(t.Context(), func(name string) string { return at[name] })
	if err != nil {
		t.Fatal(err)
	}
	o := deploy.Options{Template: template, Stack: strings.ReplaceAll(ident.Sortable(time.Now)("backend"), "_", "-"), Say: t.Logf}
	b, err := backend.New(t.Context(), clients, o, host.TestClock(start), slog.New(slog.DiscardHandler))
	if err == nil {
		t.Cleanup(func() { b.Close() })
	}
	return b, err
}

func TestWhatWaitsIsCounted(t *testing.T) {
	t.Parallel()
	b, err := open(t, template)
	if err != nil {
		t.Fatal(err)
	}
	jobs := b.Ports().Jobs
	if err := jobs.Send(t.Context(), queue.Message{Group: "g", Body: json.RawMessage(`{}`)}, queue.Message{Group: "g", Body: json.RawMessage(`{}`)}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.Depth("jobs"), (host.Depth{Ready: 2}); got != want {
		t.Errorf("jobs: got %+v, want %+v", got, want)
	}
	if got := b.Depth("deliveries"); got != (host.Depth{}) {
		t.Errorf("deliveries: got %+v, want nothing", got)
	}
}

// TestADelayRunsByTheTestClock and not by SQS's, which is the real one.
func TestADelayRunsByTheTestClock(t *testing.T) {
	t.Parallel()
	b, err := open(t, template)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Ports().Deliveries.Send(t.Context(), queue.Message{Group: "g", Body: json.RawMessage(`{}`), Delay: 90 * time.Second}); err != nil {
		t.Fatal(err)
	}
	if got := b.Depth("deliveries"); got != (host.Depth{}) {
		t.Errorf("SQS holds %+v, want nothing before its time", got)
	}
	if next, waits := b.Queues["deliveries"].Next(); !waits || !next.Equal(start.Add(90*time.Second)) {
		t.Errorf("it is due at %s, %v", next, waits)
	}
}

// TestOnlyAnEventUnsettlesTheStream: other changes are not worth a look.
func TestOnlyAnEventUnsettlesTheStream(t *testing.T) {
	t.Parallel()
	b, err := open(t, template)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan struct{})
	go func() { defer close(served); b.Stream.Serve(ctx) }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(30 * time.Second); !b.Stream.Idle(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatal("an empty stream does not come to rest")
		}
	}
	cancel()
	<-served // so that nobody looks any more
	for _, tt := range []struct {
		sk   string
		idle bool
	}{{"ASSET", true}, {"EVENT#1", false}} {
		err := b.Ports().Table.Write(t.Context(), table.Put(table.Item{Key: table.Key{PK: "WS#w", SK: tt.sk}, Doc: json.RawMessage(`{}`)}))
		if got := b.Stream.Idle(); err != nil || got != tt.idle {
			t.Errorf("%s was written: at rest %v, %v; want %v", tt.sk, got, err, tt.idle)
		}
	}
}

func TestATemplateWithoutAMappingIsRefused(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	definition, err := os.ReadFile("../../template/retry.asl.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ was, is, want string }{
		{"Queue: !GetAtt Jobs.Arn", "Queue: !GetAtt JobsDead.Arn", "is no queue of the product"},
		{"Type: DynamoDB\n", "Type: Kinesis\n", "no mapping of the table's stream"},
		{`{"prefix":"EVENT#"}`, `{"numeric":[">",1]}`, "is not known here"},
	} {
		dir := t.TempDir()
		changed := strings.Replace(string(text), tt.was, tt.is, 1)
		if changed == string(text) {
			t.Fatalf("%q is not in the template", tt.was)
		}
		for path, content := range map[string][]byte{"template.yaml": []byte(changed), "infra/aws/template/retry.asl.json": definition} {
			path = filepath.Join(dir, path)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := open(t, filepath.Join(dir, "template.yaml")); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.is, err, tt.want)
		}
	}
}
