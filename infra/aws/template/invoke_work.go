package main

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/infra/aws/seed"
	"motorpool/shared/api"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
)

// records is a batch of the table's stream, as far as the filter of the event
// source mapping lets it through.
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
func (m *maker) records() (any, error) {
	it, err := m.world.Store.Get(context.Background(), table.Key{PK: m.world.News.PK, SK: m.world.News.SK})
	if err != nil {
		return nil, err
	}
	image := dynamo.Image(it)
	keys := map[string]map[string]string{"PK": image["PK"], "SK": image["SK"]}
	return block{{"Records", []any{block{
		{"eventID", digest("record", it.Key.SK)[:32]},
		{"eventName", "INSERT"},
		{"eventVersion", "1.1"},
		{"eventSource", "aws:dynamodb"},
		{"awsRegion", region},
		{"dynamodb", block{
			{"ApproximateCreationDateTime", seed.Epoch.Unix()},
			{"Keys", keys},
			{"NewImage", image},
			{"SequenceNumber", "100000000000000000001"},
			{"SizeBytes", size(keys) + size(image)},
			{"StreamViewType", string(dynamo.Schema("").StreamSpecification.StreamViewType)},
		}},
		{"eventSourceARN", arn("dynamodb", "table/"+physical("Table")+"/stream/2026-03-01T08:00:00.000")},
	}}}}, nil
}

// size is what DynamoDB says that an image takes: names and values in UTF-8, and
// of a number a byte for each two significant digits and one more.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
func size(image map[string]map[string]string) (n int) {
	for name, v := range image {
		n += len(name) + len(v["S"]) + base64.StdEncoding.DecodedLen(len(v["B"])) - strings.Count(v["B"], "=")
		if digits := len(strings.Trim(v["N"], "0")); digits > 0 {
			n += (digits+1)/2 + 1
		}
	}
	return n
}

// messages is a batch of a queue.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
func (m *maker) messages(c api.Consumer) (any, error) {
	waiting, ok := map[string][]queue.Message{"deliveries": m.world.Orders, "jobs": {m.world.Release}, "letters": {m.world.Letter}}[c.Queue]
	if !ok {
		return nil, fmt.Errorf("say in invoke_work.go what waits in the queue %s", c.Queue)
	}
	if i := slices.IndexFunc(queueNeeds, func(q queueNeed) bool { return q.name == c.Queue }); i < 0 || len(waiting) > queueNeeds[i].batch {
		return nil, fmt.Errorf("%d messages of %s do not come in one batch", len(waiting), c.Queue)
	}
	records := []any{}
	for i, w := range waiting {
		sum := md5.Sum(w.Body) // as SQS does
		n := strconv.Itoa(i)
		sent := seed.Epoch.Add(time.Duration(i) * time.Millisecond).UnixMilli()
		records = append(records, block{
			{"messageId", uuid(c.Queue, n)},
			{"receiptHandle", base64.StdEncoding.EncodeToString([]byte("seed " + digest(c.Queue, n)))},
			{"body", string(w.Body)},
			{"attributes", block{
				{"ApproximateReceiveCount", "1"},
				{"SentTimestamp", strconv.FormatInt(sent, 10)},
				{"SenderId", "AROASEEDSEEDSEEDSEED0:" + stack + "-WorkersPublishEvents"},
				{"ApproximateFirstReceiveTimestamp", strconv.FormatInt(sent+17, 10)},
				{"MessageGroupId", w.Group},
			}},
			{"messageAttributes", block{}},
			{"md5OfBody", hex.EncodeToString(sum[:])},
			{"eventSource", "aws:sqs"},
			{"eventSourceARN", arn("sqs", physical(id(c.Queue)))},
			{"awsRegion", region},
		})
	}
	return block{{"Records", records}}, nil
}

// step is what the state machine gives a task: what InputPath leaves of the
// execution's input, and nothing around it.
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
func (m *maker) step(s api.Step) (any, error) {
	run, ok := map[string]seed.Run{"steps.redeliver": m.world.Due, "steps.abandon": m.world.Lost}[s.Name]
	if !ok {
		return nil, fmt.Errorf("say in invoke_work.go what it is about")
	}
	return json.RawMessage(run.Input), nil
}

// scheduled is what EventBridge Scheduler sends where the schedule names no
// input of its own. Its detail is a text.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html
func (m *maker) scheduled(t api.Tick) any {
	return block{
		{"version", "0"},
		{"id", uuid(t.Name)},
		{"detail-type", "Scheduled Event"},
		{"source", "aws.scheduler"},
		{"account", account},
		{"time", seed.Epoch.Format(time.RFC3339)},
		{"region", region},
		{"resources", []string{arn("scheduler", "schedule/default/"+physical(id(t.Name)+"Schedule"))}},
		{"detail", "{}"},
	}
}

func arn(service, resource string) string {
	return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource
}

// physical is a resource's name as CloudFormation would make it.
func physical(logical string) string { return stack + "-" + logical + "-SEEDSEEDSEED" }
