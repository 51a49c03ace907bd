package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/emulators"
	"motorpool/infra/machine/host"
	"motorpool/infra/machine/machinetest"
	"motorpool/infra/machine/moving"
	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// full makes a house with a workspace of about n items, one of them an endpoint
// with secrets, and returns the workspace's id.
func full(t *testing.T, dir string, n int) string {
	t.Helper()
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: dir, Clock: host.RealClock(), AllowPrivate: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	at := h.Now()
	ws, err := h.Workspaces.First(t.Context(), workspace.Draft{Name: "Harbour", Mode: workspace.Test}, at)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Keys.Adopt(t.Context(), ws.ID, machinetest.Key, "moving", at); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Webhooks.Register(t.Context(), access.System(ws.ID), webhook.Registration{URL: "http://127.0.0.1:9999/", Events: []string{"custom.x"}}, at); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	house, done, err := moving.Machine(dir, true, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	var items []table.Item
	for i := range n {
		items = append(items, table.Item{
			Key: table.Key{PK: "WS#" + ws.ID + "#SEARCH#active", SK: fmt.Sprintf("text %06d#1#ast_%d", i, i)}, Version: 1,
			Doc: json.RawMessage(fmt.Sprintf(`{"n":%d,"is":%q}`, i, strings.Repeat("about as long as most ", 20))),
		})
		if len(items) == table.MaxLoad || i == n-1 {
			if err := house.Table.Load(t.Context(), items...); err != nil {
				t.Fatal(err)
			}
			items = nil
		}
	}
	for i := range 60 { // most in one part; every twentieth in three
		body := strings.Repeat(fmt.Sprintf("photo %d ", i), 1_000)
		if i%20 == 0 {
			body = strings.Repeat(body, 300)
		}
		key := blob.Key(fmt.Sprintf("%s/attachments/att_%d/file", ws.ID, i))
		if err := house.Files.Put(t.Context(), key, blob.Info{Type: "image/jpeg", Size: int64(len(body))}, strings.NewReader(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := done(); err != nil {
		t.Fatal(err)
	}
	return ws.ID
}

// A mover runs the command with one environment.
type mover struct {
	t   *testing.T
	bin string
	env []string
}

func newMover(t *testing.T) *mover {
	t.Helper()
	bin, err := machinetest.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &mover{t, bin, append(os.Environ(), "MOTORPOOL_PASSPHRASE=correct horse battery")}
}

func (m *mover) run(args ...string) (stdout, stderr string, err error) {
	var out, log bytes.Buffer
	cmd := exec.CommandContext(m.t.Context(), m.bin, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = m.env, &out, &log
	err = cmd.Run()
	return out.String(), log.String(), err
}

// must runs the command and wants it to succeed.
func (m *mover) must(args ...string) (stdout string) {
	m.t.Helper()
	stdout, stderr, err := m.run(args...)
	if err != nil {
		m.t.Fatalf("%v: %v\n%s\n%s", args, err, stdout, stderr)
	}
	return stdout
}

// took runs the command and says for how long it ran: over so long are the
// moments spread at which another is killed.
func (m *mover) took(args ...string) time.Duration {
	m.t.Helper()
	began := time.Now()
	m.must(args...)
	return time.Since(began)
}

// killed begins the command kills times and ends it with SIGKILL at moments
// spread over as long as it would take, the first ones early, because the machine
// may have less to do by now; unless it comes to its end before. Then it lets it
// finish. It returns what the command said that finished.
func (m *mover) killed(kills int, within time.Duration, args ...string) (stdout string) {
	m.t.Helper()
	interrupted := 0
	for i := range kills {
		var out bytes.Buffer
		ctx, cancel := context.WithTimeout(m.t.Context(), time.Duration(rand.Int64N(int64(within)*int64(i+1)/int64(kills))))
		cmd := exec.CommandContext(ctx, m.bin, args...) // ends it with SIGKILL
		cmd.Env, cmd.Stdout = m.env, &out
		err := cmd.Run()
		if err != nil && ctx.Err() != nil {
			interrupted++
		}
		cancel()
		if err == nil {
			stdout = out.String()
			break
		}
	}
	m.t.Logf("%s: killed %d times", args[0], interrupted)
	if interrupted == 0 {
		m.t.Errorf("%s was never killed in the middle", args[0])
	}
	if stdout == "" {
		stdout = m.must(args...)
	}
	return stdout
}

// sealed is killed of an export into file, and returns its sum. One that was
// killed between its end and its last words has no more to say than that it is
// complete: its sum is the one of the same export into another file.
func (m *mover) sealed(within time.Duration, file string, args ...string) (sum string) {
	m.t.Helper()
	into := func(file string) []string { return append(slices.Clone(args), "-file", file) }
	said := m.killed(kills(), within, into(file)...)
	if strings.Contains(said, "is complete already") {
		said = m.must(into(file + "-again")...)
	}
	return sums(m.t, said)
}

// sums are the lines that both sides of a move must have in common.
func sums(t *testing.T, stdout string) string {
	t.Helper()
	var hashes []string
	for line := range strings.Lines(stdout) {
		if hash, _, is := strings.Cut(strings.TrimSpace(line), "  sum of SHA-256"); is {
			hashes = append(hashes, hash)
		}
	}
	if len(hashes) != 2 || hashes[0] != hashes[1] || len(hashes[0]) != 64 {
		t.Fatalf("the two sums are %v:\n%s", hashes, stdout)
	}
	return hashes[0]
}

func kills() int {
	if os.Getenv("CI") == "true" {
		return 20
	}
	return 6
}

// TestAMoveThatIsKilledEndsTheSame: export and import, ended with SIGKILL at
// random points and begun again, between two machines.
func TestAMoveThatIsKilledEndsTheSame(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: killing a move again and again takes a while")
	}
	m, from, to, file := newMover(t), t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "w")
	full(t, from, 8_000)
	took := m.took("export", "-data", from, "-file", file+"-quick")
	m.must("return", "-data", from)
	out := m.sealed(took, file, "export", "-data", from)
	in := sums(t, m.killed(kills(), took, "import", "-data", to, "-file", file))
	again := m.must("import", "-data", to, "-file", file)
	if in != out || sums(t, again) != out || !strings.Contains(again, "Nothing was changed") {
		t.Errorf("exported %s, imported %s, and then:\n%s", out, in, again)
	}
}

// TestAMoveToAWSThatIsKilledEndsTheSame does so into DynamoDB Local and back.
func TestAMoveToAWSThatIsKilledEndsTheSame(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: killing a move again and again takes a while")
	}
	db, rest := emulators.DynamoDB(t), emulators.AWS(t)
	client := dynamodb.NewFromConfig(emulators.Config(db))
	for _, name := range []string{"killed", "quick"} {
		if _, err := client.CreateTable(t.Context(), dynamo.Schema(name)); err != nil {
			t.Fatal(err)
		}
	}
	k, err := kms.NewFromConfig(emulators.Config(rest)).CreateKey(t.Context(), &kms.CreateKeyInput{})
	if err != nil {
		t.Fatal(err)
	}
	m, from, to, file := newMover(t), t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "w")
	m.env = append(m.env, "AWS_ENDPOINT_URL="+rest, "AWS_ENDPOINT_URL_DYNAMODB="+db, "AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=emulator", "AWS_SECRET_ACCESS_KEY=emulator")
	stack := []string{"-kms-key", aws.ToString(k.KeyMetadata.KeyId), "-table"}
	queues := []string{"-deliveries-queue", "", "-jobs-queue", "", "-letters-queue", ""}
	for n, name := range []string{"deliveries", "jobs", "letters"} {
		q, err := sqs.NewFromConfig(emulators.Config(rest)).CreateQueue(t.Context(), &sqs.CreateQueueInput{QueueName: aws.String("killed-" + name)})
		if err != nil {
			t.Fatal(err)
		}
		queues[2*n+1] = aws.ToString(q.QueueUrl)
	}
	for _, bucket := range []string{"killed-files", "quick-files"} {
		c := s3.NewFromConfig(emulators.Config(rest), func(o *s3.Options) { o.UsePathStyle = true })
		in := &s3.CreateBucketInput{Bucket: &bucket, CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"}}
		if _, err := c.CreateBucket(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	ws := full(t, from, 3_000)
	out := sums(t, m.must("export", "-data", from, "-file", file))
	into := func(table string) []string {
		return slices.Concat([]string{"import", "-files-bucket", table + "-files", "-file", file, "-retry-machine", "arn:aws:states:eu-west-1:123456789012:stateMachine:retry"}, queues, stack, []string{table})
	}
	back := func(verb, table string, more ...string) []string {
		return slices.Concat([]string{verb, "-workspace", ws, "-files-bucket", table + "-files"}, more, queues, stack, []string{table})
	}
	if in := sums(t, m.killed(kills(), m.took(into("quick")...), into("killed")...)); in != out {
		t.Errorf("exported %s, imported %s", out, in)
	}
	if again := m.must(into("killed")...); !strings.Contains(again, "Nothing was changed") {
		t.Errorf("imported twice:\n%s", again)
	}
	quick := m.took(back("export", "quick", "-file", file+"-quick", "-settle", "0s")...)
	out = m.sealed(quick, file+"-back", back("export", "killed", "-settle", "0s")...)
	if in := sums(t, m.must("import", "-data", to, "-file", file+"-back")); in != out {
		t.Errorf("exported %s, imported %s", out, in)
	}
}

// TestAMoveSaysWhatIsWrong: every refusal names what to do, and changes nothing.
func TestAMoveSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	m, dir, file := newMover(t), t.TempDir(), filepath.Join(t.TempDir(), "w")
	full(t, dir, 10)
	refused := func(want string, args ...string) {
		t.Helper()
		_, stderr, err := m.run(args...)
		if err == nil || !strings.Contains(stderr, want) {
			t.Errorf("%v: %v, %q; want %q", args, err, stderr, want)
		}
	}
	refused("missing: -file;", "export", "-data", dir)
	refused("missing: -kms-key, -deliveries-queue, -jobs-queue, -files-bucket, -retry-machine;", "import", "-file", file, "-table", "x")
	refused("missing: -deliveries-queue, -jobs-queue, -letters-queue, -files-bucket;", "export", "-file", file, "-table", "x", "-kms-key", "k")
	refused("at least 12m0s", "export", "-file", file, "-busy-queues", "-queues", "11m")
	refused(`"extra" is not a flag`, "export", "extra")
	refused("There is no Motorpool", "export", "-data", dir+"x", "-file", file)
	refused("no such file", "import", "-data", dir+"x", "-file", file)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("at least 12 characters", "export", "-data", dir, "-file", file, "-passphrase-file", secret)
	m.must("export", "-data", dir, "-file", file)
	refused("does not open the file", "import", "-data", dir+"y", "-file", file, "-passphrase-file", secret)
	m.must("return", "-data", dir)
	refused("has not left this house, or has returned to it already. Nothing was changed", "return", "-data", dir)
	m.must("export", "-data", dir, "-file", file+"-again")
	refused("has left this very house", "import", "-data", dir, "-file", file)
	m.env = append(m.env, "MOTORPOOL_PASSPHRASE=")
	refused("there is no passphrase", "import", "-data", dir, "-file", file)
	for _, verb := range []string{"export", "import", "return"} {
		if _, stderr, err := m.run(verb, "-help"); err != nil || !strings.Contains(stderr, "motorpool "+verb) {
			t.Errorf("%s -help: %v\n%s", verb, err, stderr)
		}
	}
}
