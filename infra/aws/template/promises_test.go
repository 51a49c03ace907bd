package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/functions"
	"motorpool/shared/api"
)

// openRoutes are the routes under /v1 that need no key, as API Gateway's
// document writes them.
func openRoutes() (all []string) {
	for _, r := range functions.Routes() {
		if programs(r) && r.Door == api.OpenDoor {
			all = append(all, strings.ToLower(r.Method)+" "+gatewayPath(r.Path))
		}
	}
	return all
}

// leastPrivilege holds every role of a template to: no star in an action, none
// for a resource, and no policy of somebody else's but the one for tracing.
func leastPrivilege(t *testing.T, doc document) {
	t.Helper()
	for id, r := range doc.of("AWS::IAM::Role") {
		for _, p := range many(part(r, "Policies")) {
			for _, s := range many(part(p, "PolicyDocument", "Statement")) {
				actions := many(part(s, "Action"))
				for _, a := range actions {
					if strings.Contains(a.(string), "*") {
						t.Errorf("%s may do %s", id, a)
					}
				}
				for _, resource := range many(part(s, "Resource")) {
					text, _ := resource.(string)
					if sub, ok := part(resource, "Fn::Sub").(string); ok {
						text = sub
					}
					if sub, ok := part(resource, "Fn::Sub").([]any); ok {
						text, _ = sub[0].(string)
					}
					streams := text == "${Table.Arn}/stream/*" && fmt.Sprint(actions) == "[dynamodb:ListStreams]" // of our table
					files := text == "${Files.Arn}/*" && !strings.ContainsAny(fmt.Sprint(actions), "*")           // what is in our bucket has no names beforehand
					if strings.Contains(text, "*") && !streams && !files || text == "" && target(resource) == "" {
						t.Errorf("%s may do %v to %v", id, actions, resource)
					}
				}
				if part(s, "Effect") != "Allow" || part(s, "NotAction") != nil || part(s, "NotResource") != nil {
					t.Errorf("%s has a statement of another kind: %v", id, s)
				}
			}
		}
		if managed := part(r, "ManagedPolicyArns"); managed != nil {
			want := map[string]any{"Fn::If": []any{"IsTraced", []any{map[string]any{"Fn::Sub": tracingPolicy}}, map[string]any{"Ref": "AWS::NoValue"}}}
			if fmt.Sprint(managed) != fmt.Sprint(want) {
				t.Errorf("%s has the policies %v, want %v", id, managed, want)
			}
		}
	}
}

func TestNoRoleMayDoAnythingToEverything(t *testing.T) { leastPrivilege(t, written(t)) }

func TestEveryFunctionIsWatchedAndBounded(t *testing.T) {
	doc := written(t)
	logs, roles := doc.of("AWS::Logs::LogGroup"), doc.of("AWS::IAM::Role")
	for id, l := range logs {
		if target(part(l, "RetentionInDays")) != "LogRetention" {
			t.Errorf("%s keeps lines for %v", id, part(l, "RetentionInDays"))
		}
	}
	global := part(doc["Globals"], "Function")
	if target(part(global, "Tracing")) != "Tracing" {
		t.Errorf("tracing is %v", part(global, "Tracing"))
	}
	for id, f := range doc.of("AWS::Serverless::Function") {
		if logs[target(part(f, "LoggingConfig", "LogGroup"))] == nil || roles[target(part(f, "Role"))] == nil {
			t.Errorf("%s logs to %v and is %v", id, part(f, "LoggingConfig", "LogGroup"), part(f, "Role"))
		}
		if part(f, "LoggingConfig", "ApplicationLogLevel") != "TRACE" {
			t.Errorf("%s: Lambda filters what the function writes, metrics too", id)
		}
		if part(f, "Tracing") != nil || part(f, "Runtime") != nil {
			t.Errorf("%s differs from Globals", id)
		}
		if r := part(f, "ReservedConcurrentExecutions"); r != nil && (fmt.Sprint(part(r, "Fn::If")) != "[RetriesReserved map[Ref:RetryConcurrency] map[Ref:AWS::NoValue]]") {
			t.Errorf("%s reserves %v; a new account has nothing to reserve from", id, r)
		}
		routed := slices.Contains(called(doc), id)
		if timeout := number(part(f, "Timeout")); routed && timeout > 29 || timeout > 900 {
			t.Errorf("%s may take %d s", id, timeout)
		}
	}
	if n := part(doc["Parameters"], "RetryConcurrency", "Default"); n != 0 {
		t.Errorf("%v calls are reserved unless somebody says otherwise", n)
	}
	if n := number(part(global, "Timeout")); n == 0 || n > 29 {
		t.Errorf("routes may take %d s; an HTTP API waits for 30", n)
	}
}

// exchange is how long one attempt may take, from spec/webhooks.md. The batch
// makes its attempts side by side, so ten take no longer than one.
const exchange = 15 * time.Second

// TestAMessageIsNotHandedOutWhileItIsWorkedOn: AWS advises six times the timeout.
func TestAMessageIsNotHandedOutWhileItIsWorkedOn(t *testing.T) {
	doc, consumed := written(t), 0
	queues := doc.of("AWS::SQS::Queue")
	for id, f := range doc.of("AWS::Serverless::Function") {
		events, _ := part(f, "Events").(map[string]any)
		for _, e := range events {
			if part(e, "Type") != "SQS" {
				continue
			}
			consumed++
			queue, timeout := queues[target(part(e, "Properties", "Queue"))], number(part(f, "Timeout"))
			if number(part(queue, "VisibilityTimeout")) < 6*timeout || number(part(queue, "RedrivePolicy", "maxReceiveCount")) < 5 {
				t.Errorf("%s takes %d s; its queue hides messages for %d s and hands them out %d times", id, timeout,
					number(part(queue, "VisibilityTimeout")), number(part(queue, "RedrivePolicy", "maxReceiveCount")))
			}
			if time.Duration(timeout)*time.Second < 2*exchange {
				t.Errorf("%s has %d s for an exchange of %s and what it writes", id, timeout, exchange)
			}
			if part(e, "Properties", "ScalingConfig", "MaximumConcurrency") == nil || fmt.Sprint(part(e, "Properties", "FunctionResponseTypes")) != "[ReportBatchItemFailures]" {
				t.Errorf("%s may starve others, or repeats a whole batch: %v", id, e)
			}
			if part(f, "RecursiveLoop") != "Allow" { // a page orders the next one
				t.Errorf("%s sends to its own queue; Lambda would stop it after 16 times", id)
			}
		}
	}
	if consumed != len(queueNeeds) {
		t.Errorf("%d of %d queues are consumed", consumed, len(queueNeeds))
	}
}

// TestWhatCannotBeDoneLiesSomewhere follows every way to a queue of dead letters.
func TestWhatCannotBeDoneLiesSomewhere(t *testing.T) {
	doc := written(t)
	queues, named := doc.of("AWS::SQS::Queue"), map[string]string{}
	for _, q := range queueNeeds {
		dead := target(part(queues[id(q.name)], "RedrivePolicy", "deadLetterTargetArn"))
		named[dead] = id(q.name)
		if from := fmt.Sprint(part(queues[dead], "RedriveAllowPolicy")); !strings.HasSuffix(from, "${AWS::StackName}-"+q.name+"]]]") {
			t.Errorf("%s takes from %s", dead, from)
		}
		if number(part(queues[dead], "MessageRetentionPeriod")) <= number(part(queues[id(q.name)], "MessageRetentionPeriod")) {
			t.Errorf("%s forgets before somebody has looked", dead)
		}
	}
	for fn, f := range doc.of("AWS::Serverless::Function") {
		events, _ := part(f, "Events").(map[string]any)
		for _, e := range events {
			if part(e, "Type") == "DynamoDB" {
				named[target(part(e, "Properties", "DestinationConfig", "OnFailure", "Destination"))] = fn
				if age := number(part(e, "Properties", "MaximumRecordAgeInSeconds")); age < 3600 || age > 12*3600 || part(e, "Properties", "BisectBatchOnFunctionError") != true {
					t.Errorf("%s tries for %d s, halving %v", fn, age, part(e, "Properties", "BisectBatchOnFunctionError"))
				}
			}
		}
	}
	for s, schedule := range doc.of("AWS::Scheduler::Schedule") {
		named[target(part(schedule, "Target", "DeadLetterConfig", "Arn"))] = s
	}
	for q, properties := range queues {
		if _, works := part(properties, "RedrivePolicy").(map[string]any); !works && named[q] == "" {
			t.Errorf("nothing sends to %s", q)
		}
		if part(properties, "SqsManagedSseEnabled") != true || part(properties, "RedriveAllowPolicy") == nil {
			t.Errorf("%s is not encrypted, or any queue may use it", q)
		}
	}
	for q := range named {
		if queues[q] == nil {
			t.Errorf("%s sends to %q, which is not there", named[q], q)
		}
	}
}

func TestSchedulesHaveAZoneAndAreThoseOfTheTicks(t *testing.T) {
	all := written(t).of("AWS::Scheduler::Schedule")
	for _, tick := range functions.Ticks() {
		s := all[id(tick.Name)+"Schedule"]
		zone, _ := part(s, "ScheduleExpressionTimezone").(string)
		if _, err := time.LoadLocation(zone); err != nil || zone != tick.TimeZone() || part(s, "ScheduleExpression") != tick.Schedule {
			t.Errorf("%s runs by %v in %q: %v", tick.Name, part(s, "ScheduleExpression"), zone, err)
		}
	}
	if len(all) != len(functions.Ticks()) {
		t.Errorf("%d schedules for %d ticks", len(all), len(functions.Ticks()))
	}
}

// TestTheStateMachineWaitsForItsFunctions: its own timeouts are longer than theirs.
func TestTheStateMachineWaitsForItsFunctions(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(top, machineFile))
	if err != nil {
		t.Fatal(err)
	}
	var machine struct {
		States map[string]struct {
			Type           string
			TimeoutSeconds int
		}
	}
	if err := json.Unmarshal(text, &machine); err != nil {
		t.Fatal(err)
	}
	tasks := 0
	for name, s := range machine.States {
		if s.Type == "Task" {
			if tasks++; s.TimeoutSeconds <= stepTimeout {
				t.Errorf("%s waits for %d s for a function that may take %d", name, s.TimeoutSeconds, stepTimeout)
			}
		}
	}
	if tasks == 0 || time.Duration(stepTimeout)*time.Second < 2*exchange {
		t.Errorf("%d tasks, of which each has %d s", tasks, stepTimeout)
	}
}

func TestParametersExplainThemselves(t *testing.T) {
	doc := written(t)
	grouped := []string{}
	for _, g := range many(part(doc["Metadata"], "AWS::CloudFormation::Interface", "ParameterGroups")) {
		for _, name := range many(part(g, "Parameters")) {
			grouped = append(grouped, name.(string))
		}
	}
	parameters := doc["Parameters"].(map[string]any)
	if slices.Sort(grouped); !slices.Equal(grouped, slices.Sorted(maps.Keys(parameters))) {
		t.Errorf("grouped are %v of %v", grouped, slices.Sorted(maps.Keys(parameters)))
	}
	for name, p := range parameters {
		if about, _ := part(p, "Description").(string); len(about) < 20 || part(p, "Default") == nil {
			t.Errorf("%s has no description or no default", name)
		}
		bounded := part(p, "AllowedPattern") != nil || part(p, "AllowedValues") != nil || part(p, "MaxValue") != nil
		if !bounded {
			t.Errorf("%s takes anything", name)
		}
	}
	for value, want := range map[string]bool{"": true, "motorpool.example.com": true, "https://motorpool.example": false, "motorpool": false, "a_b.example": false, "-a.example": false} {
		if got := regexp.MustCompile("^(?:" + part(parameters["Domain"], "AllowedPattern").(string) + ")$").MatchString(value); got != want {
			t.Errorf("the domain %q: accepted %t", value, got)
		}
	}
}

func TestWhatMustOutliveAMistakeIsKept(t *testing.T) {
	doc := written(t)
	table := part(doc["Resources"], "Table")
	for path, want := range map[string]any{
		"BillingMode": "PAY_PER_REQUEST", "DeletionProtectionEnabled": true, "StreamSpecification StreamViewType": "NEW_IMAGE",
		"PointInTimeRecoverySpecification PointInTimeRecoveryEnabled": true, "TimeToLiveSpecification Enabled": true, "SSESpecification SSEEnabled": true,
	} {
		if got := part(part(table, "Properties"), strings.Fields(path)...); got != want {
			t.Errorf("Table: %s is %v, want %v", path, got, want)
		}
	}
	for _, id := range []string{"Table", "Key"} {
		if r := part(doc["Resources"], id); part(r, "DeletionPolicy") != "Retain" || part(r, "UpdateReplacePolicy") != "Retain" {
			t.Errorf("%s goes with the stack", id)
		}
	}
	if part(doc["Resources"], "Key", "Properties", "EnableKeyRotation") != true {
		t.Error("the key is never rotated")
	}
}
