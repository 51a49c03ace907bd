package main

import (
	"fmt"
	"strings"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/api"
)

// A function is one Lambda.
type function struct {
	area, name, about string
	events            block // what wakes it, by name; empty if that is declared elsewhere, as routes are
	own               block // properties beyond those of all functions
}

// functionsOf lists the functions of an area in the order of its lists.
func functionsOf(a functions.Area) []function {
	var all []function
	add := func(name, about string, event, own block) {
		f := function{area: a.Name, name: name, about: about, own: own}
		if event != nil {
			f.events = block{{"On", event}}
		}
		all = append(all, f)
	}
	switch a.Name {
	case authorizer:
		add(lambda.CheckKey, "Find out whose API key this is", nil, block{{"Timeout", 5}})
	case operator:
		add(lambda.LetIn, "Make the first workspace, and a link that signs its owner in", nil, block{{"Timeout", 10}, baseURL()})
	case docs:
		add(lambda.ReadDocs, "Show the docs, the OpenAPI document and whether all is well", nil, block{{"Timeout", 5}})
	}
	for _, f := range answered(a) {
		add(f.function, f.about(), nil, nil)
	}
	for _, s := range a.Streams {
		add(s.Name, s.About, streamEvent(), block{{"Timeout", streamTimeout}, baseURL()})
	}
	for _, c := range a.Consumers {
		for _, q := range queueNeeds {
			if q.name == c.Queue {
				add(c.Name, c.About, queueEvent(q), block{{"Timeout", q.timeout}, {"RecursiveLoop", "Allow"}, baseURL()})
			}
		}
	}
	for _, s := range a.Steps {
		add(s.Name, s.About, nil, append(block{{"Timeout", stepTimeout}, baseURL()}, reserved(s)...))
	}
	for _, t := range a.Ticks {
		add(t.Name, t.About, nil, block{{"Timeout", tickTimeout}, baseURL()})
	}
	return all
}

// about is what a function does: what its only route does, or of which pages it
// is.
func (f answering) about() string {
	if len(f.routes) == 1 {
		return f.routes[0].Summary
	}
	return fmt.Sprintf("%d pages: %s", len(f.routes), f.function)
}

// Seconds that functions may take which no queue or API bounds. A step makes one
// exchange, of 15 s at the most (spec/webhooks.md); a tick fans its work out.
const (
	stepTimeout   = 30
	streamTimeout = 60
	tickTimeout   = 300
)

// sizes are the megabytes of areas that need other than Globals gives. Lambda's
// share of a processor grows with them. Steps and workers mostly wait for receivers, and
// waiting is billed by the megabyte.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
var sizes = map[string]int{operator: 256, "steps": 256, "ticks": 256, "workers": 256}

// reserved keeps retries that wait for slow receivers from taking the whole
// account's concurrency, where whoever deploys says so. What is refused a place
// waits: the state machine asks again for half an hour.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
func reserved(s api.Step) block {
	if s.Name != "steps.redeliver" {
		return nil
	}
	return block{{"ReservedConcurrentExecutions", either("RetriesReserved", ref("RetryConcurrency"), ref("AWS::NoValue"))}}
}

func baseURL() entry {
	return entry{"Environment", block{{"Variables", block{{"BASE_URL", base}}}}}
}

// resource is the function as SAM writes it. SAM merges Globals into it.
func (f function) resource() entry {
	properties := block{
		{"Description", strings.TrimSuffix(firstSentence(f.about), ".")},
		{"CodeUri", "build/" + f.area},
		{"Handler", f.name},
		{"Role", att(id(f.area) + "Role.Arn")},
		{"LoggingConfig", logging(f.area)},
	}
	if size := sizes[f.area]; size > 0 {
		properties = append(properties, entry{"MemorySize", size})
	}
	properties = append(properties, f.own...)
	if f.events != nil {
		properties = append(properties, entry{"Events", f.events})
	}
	return entry{id(f.name), block{
		{"Type", "AWS::Serverless::Function"},
		{"Metadata", block{{"SkipBuild", true}}},
		{"Properties", properties},
	}}
}

// logging lets every line of ours through: the process itself leaves out what
// LOG_LEVEL does not want. Lambda would take a line whose level and time it cannot
// read, and every line of metrics, for INFO, and drop it at WARN. Of its own lines
// it keeps what went wrong; three lines an invocation on what went well would cost
// more than the invocation.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
func logging(area string) block {
	return block{
		{"LogFormat", "JSON"},
		{"ApplicationLogLevel", "TRACE"},
		{"SystemLogLevel", "WARN"},
		{"LogGroup", ref(id(area) + "Log")},
	}
}

// firstSentence is what fits into a function's description: 256 characters.
func firstSentence(text string) string {
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i]
	}
	return text[:min(len(text), 250)]
}

// streamEvent lets newly stored events and letters through, and nothing else. A batch that
// fails is halved until what cannot be published is alone, and tried again for six
// hours, which is as long as an outage may last. What is still left then is named
// in Unpublished, while the stream itself keeps it for eighteen hours more. The
// batch is published as one, so there is no item of it to report as failed.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
func streamEvent() block {
	return block{{"Type", "DynamoDB"}, {"Properties", block{
		{"Stream", att("Table.StreamArn")},
		{"StartingPosition", "TRIM_HORIZON"},
		{"BatchSize", 100},
		{"ParallelizationFactor", 10},
		{"BisectBatchOnFunctionError", true},
		{"MaximumRecordAgeInSeconds", 6 * 60 * 60},
		{"FilterCriteria", block{{"Filters", []block{{{"Pattern", `{"eventName":["INSERT"],"dynamodb":{"Keys":{"SK":{"S":[{"prefix":"EVENT#"},{"prefix":"LETTER#"}]}},"NewImage":{"M":{"S":[{"exists":false}]}}}}`}}}}}},
		{"DestinationConfig", block{{"OnFailure", block{{"Type", "SQS"}, {"Destination", att("Unpublished.Arn")}}}}},
	}}}
}

// queueEvent bounds how many calls a queue may cause at once, so that webhooks
// cannot starve the API of the account's concurrency. It takes nothing away from
// others, as a reservation would, and so works in a new account too.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
func queueEvent(q queueNeed) block {
	at := block{
		{"Queue", att(id(q.name) + ".Arn")},
		{"BatchSize", q.batch},
		{"FunctionResponseTypes", []string{"ReportBatchItemFailures"}},
	}
	at = append(at, entry{"ScalingConfig", block{{"MaximumConcurrency", q.atATime}}})
	return block{{"Type", "SQS"}, {"Properties", at}}
}
