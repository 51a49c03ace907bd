package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/timeline"
	"motorpool/shared/webhook"
)

var update = flag.Bool("update", false, "write the numbers of infra/aws/limits.md again")

// A limit is one of AWS's that we can count our distance to.
type limit struct {
	name      string
	aws, ours int
	over      bool // we are beyond it, and the page says what that means
}

// larger are the forms that a machine takes at a size that AWS does not hand on:
// there API Gateway answers 413 by itself. The page says what people do instead.
var larger = map[string]bool{"console.import_create": true, "console.inspection_answer": true, "console.upload_take": true}

// limits are counted from the code and from the template.
func limits(t *testing.T) []limit {
	doc := written(t)
	fns, queues := doc.of("AWS::Serverless::Function"), doc.of("AWS::SQS::Queue")
	longest, handler, batch := 0, 0, 0
	for _, f := range fns {
		longest, handler = max(longest, number(part(f, "Timeout"))), max(handler, len(part(f, "Handler").(string)))
	}
	for _, q := range queueNeeds {
		batch = max(batch, q.batch)
	}
	concurrency := number(part(doc["Parameters"], "DeliveryConcurrency", "Default"))
	files, err := generate(functions.Areas)
	if err != nil {
		t.Fatal(err)
	}
	body, routes := 0, map[bool]int{false: 5} // the five of the docs
	for _, r := range functions.Routes() {
		if routes[programs(r)]++; !larger[r.Name] {
			body = max(body, int(r.MaxBody), api.DefaultMaxBody)
		}
	}
	return []limit{
		{name: "DynamoDB: items in a transaction", aws: 100, ours: table.MaxOps},
		{name: "DynamoDB: bytes in a transaction", aws: 4 << 20, ours: table.MaxWriteBytes},
		{name: "DynamoDB: bytes of an item", aws: 400 << 10, ours: table.MaxItemBytes + 2*(table.MaxPKBytes+table.MaxSKBytes) + 100}, // keys, index keys, attribute names and numbers
		{name: "DynamoDB: bytes of a partition key", aws: 2048, ours: table.MaxPKBytes},
		{name: "DynamoDB: bytes of a sort key", aws: 1024, ours: table.MaxSKBytes},
		{name: "DynamoDB: indexes of a table", aws: 20, ours: len(dynamo.Schema("").GlobalSecondaryIndexes)},
		{name: "DynamoDB: seconds that the stream keeps a record", aws: 24 * 3600, ours: number(part(fns["WorkersPublishEvents"], "Events", "On", "Properties", "MaximumRecordAgeInSeconds"))},
		{name: "Lambda: seconds of a call", aws: 900, ours: longest},
		{name: "Lambda: bytes of an event", aws: 6 << 20, ours: (body + 2) / 3 * 4}, // base 64
		{name: "Lambda: bytes of an answer", aws: 6 << 20, ours: table.MaxPageBytes + table.MaxItemBytes},
		{name: "Lambda: concurrent calls of an account", aws: 1000, ours: concurrency + 10},
		{name: "Lambda: bytes of an environment", aws: 4096, ours: environment(t, doc)},
		{name: "Lambda: characters of a handler", aws: 128, ours: handler},
		{name: "SQS: bytes of a message", aws: 1 << 20, ours: queue.MaxBody},
		{name: "SQS: messages in a batch", aws: 10, ours: batch},
		{name: "SQS: seconds of a delay", aws: 900, ours: int(queue.MaxDelay / time.Second)},
		{name: "SQS: messages in flight", aws: 120_000, ours: concurrency * batch},
		{name: "SQS: seconds that a message is hidden", aws: 12 * 3600, ours: number(part(queues["Jobs"], "VisibilityTimeout"))},
		{name: "SQS: seconds that a message is kept", aws: 14 * 24 * 3600, ours: number(part(queues["JobsDead"], "MessageRetentionPeriod"))},
		{name: "Step Functions: events of an execution", aws: 25_000, ours: about(history(t), 500)},
		{name: "Step Functions: bytes of an input", aws: 256 << 10, ours: timeline.MaxInput},
		{name: "Step Functions: characters of a name", aws: 80, ours: timeline.MaxID},
		{name: "HTTP API: routes", aws: 300, ours: max(routes[true], routes[false])},
		{name: "HTTP API: integrations", aws: 300, ours: max(routes[true], routes[false])}, // as we write them, each route has its own
		{name: "HTTP API: seconds until an answer", aws: 30, ours: number(part(doc["Globals"], "Function", "Timeout"))},
		{name: "HTTP API: bytes of a body", aws: 10 << 20, ours: body},
		{name: "HTTP API: seconds of an authorizer", aws: 10, ours: number(part(fns[id(lambda.CheckKey)], "Timeout"))},
		{name: "HTTP API: seconds that an authorizer is remembered", aws: 3600, ours: reauthorize},
		{name: "HTTP API: bytes of the access log's format", aws: 3 << 10, ours: len(accessLog)},
		{name: "HTTP API: bytes of what an authorizer says", aws: 8 << 10, ours: said(t)},
		{name: "IAM: characters of a role's policies", aws: 10_240, ours: about(policies(t, doc), 500)},
		{name: "CloudFormation: resources", aws: 500, ours: count(resources(t, functions.Areas))},
		{name: "CloudFormation: bytes of a template", aws: 1_000_000, ours: about(len(files["template.yaml"]), 20_000)},
		{name: "CloudFormation: bytes of a template sent directly", aws: 51_200, ours: about(len(files["template.yaml"]), 20_000), over: true},
		{name: "CloudFormation: parameters", aws: 200, ours: len(parameterList)},
		{name: "CloudFormation: outputs", aws: 200, ours: len(doc["Outputs"].(map[string]any))},
		{name: "EventBridge Scheduler: schedules", aws: 1_000_000, ours: len(functions.Ticks())},
	}
}

// about is n rounded up, where each small change would move it.
func about(n, step int) int { return (n + step - 1) / step * step }

// environment is the largest environment of a function, each value taken to have
// 250 bytes: more than any address or name that AWS gives.
func environment(t *testing.T, doc document) (n int) {
	t.Helper()
	shared := part(doc["Globals"], "Function", "Environment", "Variables").(map[string]any)
	for _, f := range doc.of("AWS::Serverless::Function") {
		size := 0
		own, _ := part(f, "Environment", "Variables").(map[string]any)
		for name := range shared {
			size += len(name) + 250
		}
		for name := range own {
			size += len(name) + 250
		}
		n = max(n, size)
	}
	return n
}

// history is how many events the longest execution has: a task's call makes
// three, a state is entered and left. An attempt is visited again after each wait
// that a receiver made longer, with all its retries.
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
func history(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, machineFile))
	if err != nil {
		t.Fatal(err)
	}
	var machine struct {
		States map[string]struct {
			Type         string
			Retry, Catch []struct{ MaxAttempts int }
		}
	}
	if err := json.Unmarshal(text, &machine); err != nil {
		t.Fatal(err)
	}
	visits, n := len(webhook.Plan), 2 // the execution's own
	for _, s := range machine.States {
		calls := 0
		if s.Type == "Task" {
			calls = 1
		}
		for _, r := range s.Retry {
			calls += r.MaxAttempts
		}
		if len(s.Retry) > 0 && len(s.Catch) == 0 { // the end of all: visited once
			n += 2 + 3*calls
			continue
		}
		n += visits * (2 + 3*calls)
	}
	return n
}

// said is the longest answer of the authorizer: somebody who may do everything,
// by name.
func said(t *testing.T) int {
	t.Helper()
	context := api.ActorContext(access.Actor{Kind: "key", ID: strings.Repeat("x", 40), Name: strings.Repeat("x", 200), Workspace: strings.Repeat("x", 40), Grants: access.All()})
	text, err := json.Marshal(context)
	if err != nil {
		t.Fatal(err)
	}
	return len(text)
}

// policies is the longest sum of a role's policies, names in full.
func policies(t *testing.T, doc document) (n int) {
	t.Helper()
	for _, r := range doc.of("AWS::IAM::Role") {
		size := 0
		for _, p := range many(part(r, "Policies")) {
			for _, s := range many(part(p, "PolicyDocument", "Statement")) {
				text, err := json.Marshal(part(s, "Action"))
				if err != nil {
					t.Fatal(err)
				}
				size += len(text) + len(`{"Effect":"Allow","Action":,"Resource":[]},`) + 150*len(many(part(s, "Resource")))
			}
		}
		n = max(n, size)
	}
	return n
}

// thousands writes 12345 as 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var row = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \| \*\*([^*]+)\*\*`)

// TestLimitsArePublishedAsTheyAre counts how near we are to each limit and holds
// infra/aws/limits.md to it: -update writes the numbers again.
func TestLimitsArePublishedAsTheyAre(t *testing.T) {
	const page = "../limits.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	all := limits(t)
	if *update {
		text = row.ReplaceAllFunc(text, func(line []byte) []byte {
			m := row.FindSubmatch(line)
			if i := slices.IndexFunc(all, func(l limit) bool { return l.name == string(m[1]) }); i >= 0 {
				return fmt.Appendf(nil, "| %s | %s | **%s**", all[i].name, thousands(all[i].aws), thousands(all[i].ours))
			}
			return line
		})
		if err := os.WriteFile(page, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		rows[m[1]] = m[2:]
	}
	for _, l := range all {
		if l.ours > l.aws != l.over || l.ours <= 0 {
			t.Errorf("%s: we are at %d of %d", l.name, l.ours, l.aws)
		}
		if want := []string{thousands(l.aws), thousands(l.ours)}; !slices.Equal(rows[l.name], want) {
			t.Errorf("%s: the page says %v, want %v; go test ./infra/aws/template -update, and look at what changed", l.name, rows[l.name], want)
		}
		delete(rows, l.name)
	}
	for name := range rows {
		t.Errorf("%s: nobody counts that", name)
	}
}
