//go:build cdk

package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A watched metric is one that an alarm reads.
type watched struct {
	namespace, name string
	at              map[string]string // dimensions; a resource is its logical id
}

// readBy are the metrics in v, which is an alarm or part of a dashboard.
func readBy(t *testing.T, alarm document) (all []watched) {
	t.Helper()
	queries, _ := alarm["Metrics"].([]any)
	ids := map[string]bool{}
	for _, q := range queries {
		q := q.(document)
		if id := q["Id"].(string); ids[id] || !regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`).MatchString(id) {
			t.Errorf("%v: the id %q is taken, or none", alarm["AlarmName"], id)
		} else {
			ids[id] = true
		}
		if stat, ok := q["MetricStat"].(document); ok {
			all = append(all, watchedBy(t, stat["Metric"].(document)))
		}
	}
	return all
}

func watchedBy(t *testing.T, m document) watched {
	t.Helper()
	w := watched{m["Namespace"].(string), m["MetricName"].(string), map[string]string{}}
	dimensions, _ := m["Dimensions"].([]any)
	for _, d := range dimensions {
		d := d.(document)
		w.at[d["Name"].(string)] = named(d["Value"])
	}
	return w
}

// named is a literal, or the logical id that a reference names.
func named(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if id, ok := v.(document)["Ref"].(string); ok {
		return id
	}
	if parts, ok := v.(document)["Fn::GetAtt"].([]any); ok {
		return parts[0].(string)
	}
	return ""
}

// TestEveryAlarmIsHeard: all actions lead to the one topic, which whoever is
// named in cdk.json subscribes to, and CloudWatch and budgets may write to.
func TestEveryAlarmIsHeard(t *testing.T) {
	doc := synth(t, withDomain)["motorpool-prod"]
	topics := slices.Collect(maps.Keys(resourcesOf(doc, "AWS::SNS::Topic")))
	if len(topics) != 1 {
		t.Fatalf("topics: %v", topics)
	}
	for id, a := range resourcesOf(doc, "AWS::CloudWatch::Alarm") {
		for _, when := range []string{"AlarmActions", "OKActions"} {
			if to, _ := a[when].([]any); len(to) != 1 || named(to[0]) != topics[0] {
				t.Errorf("%s: %s is %v", id, when, a[when])
			}
		}
		if a["ActionsEnabled"] == false || a["TreatMissingData"] != "notBreaching" {
			t.Errorf("%s: %v", id, a)
		}
	}
	for id, s := range resourcesOf(doc, "AWS::SNS::Subscription") {
		if named(s["TopicArn"]) != topics[0] || s["Endpoint"] != "ops@example.com" || s["Protocol"] != "email" {
			t.Errorf("%s: %v", id, s)
		}
	}
	if n := len(resourcesOf(doc, "AWS::SNS::Subscription")); n != 1 {
		t.Errorf("%d subscriptions", n)
	}
	for _, policy := range resourcesOf(doc, "AWS::SNS::TopicPolicy") {
		var may []any
		for _, s := range statements(policy) {
			if s["Effect"] == "Allow" {
				may = append(may, s["Principal"].(document)["Service"].([]any)...)
			}
		}
		if !slices.Contains(may, any("cloudwatch.amazonaws.com")) || !slices.Contains(may, any("budgets.amazonaws.com")) {
			t.Errorf("only %v may write to the topic", may)
		}
	}
}

// TestAlarmsReadWhatIsThere: a name that AWS never publishes would be an alarm
// that never goes off.
func TestAlarmsReadWhatIsThere(t *testing.T) {
	doc, def := productOf(t, "prod"), defined(t)
	counted := map[string]bool{}
	for id, f := range resourcesOf(doc, "AWS::Logs::MetricFilter") {
		if log := named(f["LogGroupName"]); !slices.Contains(def.logs, log) {
			t.Errorf("%s reads the log %s", id, log)
		}
		counted[f["MetricTransformations"].([]any)[0].(document)["MetricName"].(string)] = true
	}
	kinds := map[string]string{ // what a dimension must name
		"QueueName": "AWS::SQS::Queue", "TableName": "AWS::DynamoDB::Table", "FunctionName": "AWS::Serverless::Function",
		"StateMachineArn": "AWS::Serverless::StateMachine", "ApiId": "AWS::Serverless::HttpApi",
	}
	own := strings.Fields("DeliveryAttempts FailedAttempts AttemptTime DeliveriesGivenUp EndpointsDisabled EventsPublished")
	all := doc["Resources"].(document)
	for id, a := range resourcesOf(doc, "AWS::CloudWatch::Alarm") {
		metrics := readBy(t, a)
		if len(metrics) == 0 || len(metrics) > 10 {
			t.Errorf("%s reads %d metrics; an alarm takes 1 to 10", id, len(metrics))
		}
		for _, m := range metrics {
			for name, value := range m.at {
				r, _ := all[value].(document)
				switch {
				case name == "Stage" && value == "prod" && slices.Contains(own, m.name):
				case name == "GlobalSecondaryIndexName" && slices.Contains(def.tables[0].indexes, value):
				case kinds[name] != "" && r["Type"] == kinds[name]:
				default:
					t.Errorf("%s: %s %s of %s=%q, which is not there", id, m.namespace, m.name, name, value)
				}
			}
			if m.namespace == logged && !counted[m.name] {
				t.Errorf("%s: nothing counts %s", id, m.name)
			}
			if len(m.at) == 0 && m.namespace != logged && m.name != "Throttles" {
				t.Errorf("%s: %s %s of the whole account", id, m.namespace, m.name)
			}
		}
	}
}

// TestWhatCanGoWrongIsWatched goes through template.yaml, and wants an alarm on
// everything in it that can fail.
func TestWhatCanGoWrongIsWatched(t *testing.T) {
	var all []watched
	for _, a := range resourcesOf(productOf(t, "prod"), "AWS::CloudWatch::Alarm") {
		all = append(all, readBy(t, a)...)
	}
	want := func(namespace, name string, dimensions ...string) {
		at := map[string]string{}
		for i := 0; i+1 < len(dimensions); i += 2 {
			at[dimensions[i]] = dimensions[i+1]
		}
		if !slices.ContainsFunc(all, func(w watched) bool {
			return w.namespace == namespace && w.name == name && maps.Equal(w.at, at)
		}) {
			t.Errorf("no alarm reads %s %s of %v", namespace, name, dimensions)
		}
	}
	declared := written(t)
	for id := range resourcesOf(declared, "AWS::SQS::Queue") {
		metric := "ApproximateAgeOfOldestMessage"
		if strings.HasSuffix(id, "Dead") || strings.HasPrefix(id, "Un") { // DeliveriesDead, Unpublished
			metric = "ApproximateNumberOfMessagesVisible"
		}
		want("AWS/SQS", metric, "QueueName", id)
	}
	for _, access := range []string{"ReadThrottleEvents", "WriteThrottleEvents"} {
		want("AWS/DynamoDB", access, "TableName", "Table")
		want("AWS/DynamoDB", access, "TableName", "Table", "GlobalSecondaryIndexName", "GSI1")
	}
	for id := range resourcesOf(declared, "AWS::Serverless::HttpApi") {
		for _, metric := range []string{"5xx", "Count", "Latency"} {
			want("AWS/ApiGateway", metric, "ApiId", id)
		}
	}
	for _, how := range []string{"ExecutionsFailed", "ExecutionsAborted", "ExecutionsTimedOut"} {
		want("AWS/States", how, "StateMachineArn", "RetryMachine")
	}
	want("AWS/Lambda", "IteratorAge", "FunctionName", "WorkersPublishEvents")
	want("Motorpool", "FailedAttempts", "Stage", "prod")
	want("AWS/Lambda", "Throttles")
	for id := range resourcesOf(declared, "AWS::Serverless::Function") {
		if strings.HasPrefix(id, "Workers") || strings.HasPrefix(id, "Ticks") || strings.HasPrefix(id, "Authorizer") {
			want("AWS/Lambda", "Errors", "FunctionName", id)
			want("AWS/Lambda", "Throttles", "FunctionName", id)
		}
	}
	for id := range resourcesOf(declared, "AWS::Logs::LogGroup") {
		if area, ok := strings.CutSuffix(id, "Log"); ok && id != "AccessLog" && id != "RetryMachineLog" {
			want("Motorpool/Logs", "motorpool-prod-"+strings.ToLower(area))
		}
	}
}

// TestEveryAlarmIsInTheRunbook: who is woken by a name finds it there, with a
// paragraph. <Area> stands for every area.
func TestEveryAlarmIsInTheRunbook(t *testing.T) {
	said := map[string]bool{}
	for _, heading := range regexp.MustCompile("(?m)^#### (.+)\n\n[A-Z`].{80,}").FindAllStringSubmatch(string(page(t)), -1) {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(heading[1], -1) {
			said[name[1]] = false
		}
	}
	areas := defined(t).areas
	for logical, a := range resourcesOf(productOf(t, "prod"), "AWS::CloudWatch::Alarm") {
		name := strings.TrimPrefix(a["AlarmName"].(string), "motorpool-prod-")
		for _, area := range areas {
			if rest, ok := strings.CutPrefix(name, id(area)); ok {
				if _, ok := said["<Area>"+rest]; ok {
					name = "<Area>" + rest
				}
			}
		}
		if _, ok := said[name]; !ok {
			t.Errorf("%s (%s) has no paragraph in %s", name, logical, runbook)
		}
		said[name] = true
	}
	for name, used := range said {
		if !used && !strings.HasPrefix(name, "Unscheduled") {
			t.Errorf("%s explains %s, which is no alarm", runbook, name)
		}
	}
}

// TestTheDashboardShowsWhatAlarmsRead, so that whoever is woken sees the curve.
func TestTheDashboardShowsTheProduct(t *testing.T) {
	for _, d := range resourcesOf(productOf(t, "prod"), "AWS::CloudWatch::Dashboard") {
		var body strings.Builder
		for _, part := range d["DashboardBody"].(document)["Fn::Join"].([]any)[1].([]any) {
			if s, ok := part.(string); ok {
				body.WriteString(s)
			}
		}
		for _, want := range strings.Fields(`"alarms" DeliveryAttempts FailedAttempts DeliveriesGivenUp AttemptTime EventsPublished EndpointsDisabled
			IteratorAge ApproximateAgeOfOldestMessage ExecutionsFailed Latency 5xx ReadThrottleEvents ConcurrentExecutions`) {
			if !strings.Contains(body.String(), want) {
				t.Errorf("the dashboard does not show %s", want)
			}
		}
	}
}
