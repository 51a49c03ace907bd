//go:build cdk

package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
)

// runbook says what to do about each alarm, under the alarm's name.
const runbook = "infra/aws/README.md"

// An alarm goes off when metric was over a limit in so many of the last periods
// of five minutes. No value is no reason for alarm: whatever sends nothing has
// nothing to do, and its queue or stream says if that is wrong.
type alarm struct {
	name          string
	metric        metric
	over          float64
	points, among float64
	means         string
}

// watch makes every alarm of a stage.
func watch(stack awscdk.Stack, s stage, def *definition, told awssns.ITopic) (all []awscloudwatch.IAlarm) {
	failed := errorFilters(stack, s, def)
	for _, a := range alarmsOf(s, def, failed) {
		all = append(all, a.make(stack, s.stack(), told))
	}
	return all
}

func (a alarm) make(scope constructs.Construct, prefix string, told awssns.ITopic) awscloudwatch.IAlarm {
	made := awscloudwatch.NewAlarm(scope, text(a.name), &awscloudwatch.AlarmProps{
		AlarmName:          text(prefix + "-" + a.name),
		AlarmDescription:   text(a.means + " What to do: " + runbook + ", " + a.name + "."),
		Metric:             a.metric,
		Threshold:          number(a.over),
		ComparisonOperator: awscloudwatch.ComparisonOperator_GREATER_THAN_THRESHOLD,
		DatapointsToAlarm:  number(a.points),
		EvaluationPeriods:  number(a.among),
		TreatMissingData:   awscloudwatch.TreatMissingData_NOT_BREACHING,
	})
	action := awscloudwatchactions.NewSnsAction(told)
	made.AddAlarmAction(action)
	made.AddOkAction(action)
	return made
}

func alarmsOf(s stage, def *definition, failed map[string]metric) (all []alarm) {
	for _, part := range [][]alarm{
		queueAlarms(def), tableAlarms(def), streamAlarms(def), runAlarms(def),
		apiAlarms(def), functionAlarms(def, failed), deliveryAlarms(s),
	} {
		all = append(all, part...)
	}
	return all
}

// patience is how long the oldest message of a queue may wait, in seconds.
var patience = map[string]float64{"Deliveries": 10 * 60, "Jobs": 60 * 60, "Letters": 60 * 60}

func queueAlarms(def *definition) (all []alarm) {
	for _, q := range def.dead {
		all = append(all, alarm{q + "NotEmpty", waiting(q), 0, 1, 1, "Something could not be done, however often it was tried, and lies in " + q + "."})
	}
	for _, q := range def.queues {
		all = append(all, alarm{q + "Late", oldest(q), patience[q], 2, 2, fmt.Sprintf("The oldest message of %s waits for more than %v minutes.", q, patience[q]/60)})
	}
	return all
}

func waiting(queue string) metric {
	return measure(queues, "ApproximateNumberOfMessagesVisible", "Maximum", queue, of{"QueueName", queueName(queue)})
}

func oldest(queue string) metric {
	return measure(queues, "ApproximateAgeOfOldestMessage", "Maximum", queue, of{"QueueName", queueName(queue)})
}

func tableAlarms(def *definition) (all []alarm) {
	for _, t := range def.tables {
		all = append(all, alarm{t.id + "Throttled", throttled(t.id, of{"TableName", ref(t.id)}), 0, 2, 3, "DynamoDB refuses reads or writes of " + t.id + " because they come too fast."})
		for _, x := range t.indexes {
			all = append(all, alarm{t.id + x + "Throttled", throttled(x, of{"TableName", ref(t.id), "GlobalSecondaryIndexName", x}), 0, 2, 3, "DynamoDB refuses reads or writes of the index " + x + " because they come too fast."})
		}
	}
	return all
}

func throttled(label string, at of) metric {
	return total(label, measure(dynamoDB, "ReadThrottleEvents", "Sum", "reads", at), measure(dynamoDB, "WriteThrottleEvents", "Sum", "writes", at))
}

func streamAlarms(def *definition) (all []alarm) {
	for _, f := range def.functions {
		if f.stream {
			all = append(all, alarm{f.id + "Behind", behind(f), 2 * 60 * 1000, 2, 2, "Events are published more than two minutes after they were stored."})
		}
	}
	return all
}

func behind(f function) metric {
	return measure(lambdas, "IteratorAge", "Maximum", f.id, of{"FunctionName", ref(f.id)})
}

func runAlarms(def *definition) (all []alarm) {
	for _, m := range def.machines {
		ended := func(how string) metric { return measure(states, how, "Sum", how, of{"StateMachineArn", ref(m)}) }
		all = append(all, alarm{
			m + "Failed", total(m, ended("ExecutionsFailed"), ended("ExecutionsAborted"), ended("ExecutionsTimedOut")), 0, 1, 1,
			"A run of " + m + " failed, was aborted or took too long. A delivery that nobody accepts is no such failure.",
		})
	}
	return all
}

func apiAlarms(def *definition) (all []alarm) {
	for _, a := range def.apis {
		all = append(
			all,
			alarm{a + "Failing", failing(a), 1, 2, 3, "More than 1 % of the requests to " + a + " are answered with 5xx."},
			alarm{a + "Slow", requests(a, "Latency", "p99", "p99"), 3000, 3, 3, "One in a hundred requests to " + a + " takes more than 3 s."},
		)
	}
	return all
}

func failing(api string) metric {
	return percent(api, "% 5xx", requests(api, "5xx", "Sum", "5xx"), requests(api, "Count", "Sum", "requests"), 50)
}

// tolerated is how many errors in five minutes wake nobody. A tick that fails
// even once has missed its turn.
func tolerated(area string) float64 {
	if area == "ticks" {
		return 0
	}
	return 5
}

// functionAlarms watch areas, not functions: an alarm costs as much as the
// metrics in it, and a function has two. What logs an error is counted in
// the area's log; what dies without a word is, behind an API, an answer of 5xx,
// and elsewhere an error that Lambda counts.
func functionAlarms(def *definition, failed map[string]metric) (all []alarm) {
	for _, area := range def.areas {
		n := tolerated(area)
		all = append(all, alarm{id(area) + "Errors", failed[area], n, 1, 1, fmt.Sprintf("The functions of %s logged more than %v errors in five minutes.", area, n)})
		if def.behindAPI(area) || area == "operator" { // who calls the operator's function sees how it ends
			continue
		}
		all = append(all, alarm{id(area) + "Throttled", sumOf(def, area, "Throttles"), 0, 2, 3, "Lambda refuses to start functions of " + area + ", because too many run."})
		if area != "steps" { // an attempt that failed is an error, by which the state machine knows when to try again
			all = append(all, alarm{id(area) + "Failed", sumOf(def, area, "Errors"), n, 1, 1, fmt.Sprintf("Functions of %s failed more than %v times in five minutes.", area, n)})
		}
	}
	return append(all, alarm{"LambdaThrottled", measure(lambdas, "Throttles", "Sum", "throttles", nil), 0, 2, 3, "Lambda refuses to start functions of this account, because too many run."})
}

// sumOf adds up what Lambda counts of each function of an area.
func sumOf(def *definition, area, name string) metric {
	var all []metric
	for _, f := range def.of(area) {
		all = append(all, measure(lambdas, name, "Sum", f.id, of{"FunctionName", ref(f.id)}))
	}
	return total(area, all...)
}

// errorFilters count the lines of each area's log that say that something
// failed; nothing is counted, and nothing paid, while nothing fails.
func errorFilters(stack awscdk.Stack, s stage, def *definition) map[string]metric {
	all := map[string]metric{}
	for _, area := range def.areas {
		name := s.stack() + "-" + area
		log := id(area) + "Log"
		awslogs.NewCfnMetricFilter(stack, text(id(area)+"ErrorLines"), &awslogs.CfnMetricFilterProps{
			LogGroupName:  awscdk.Fn_Ref(text(log)),
			FilterPattern: awslogs.FilterPattern_StringValue(text("$.level"), text("="), text("ERROR")).LogPatternString(),
			MetricTransformations: []*awslogs.CfnMetricFilter_MetricTransformationProperty{
				{MetricNamespace: text(logged), MetricName: text(name), MetricValue: text("1"), Unit: text("Count")},
			},
		})
		all[area] = measure(logged, name, "Sum", area, nil)
	}
	return all
}

func deliveryAlarms(s stage) []alarm {
	return []alarm{{
		"DeliveriesFailing", refused(s), 30, 3, 3,
		"More than 30 % of all attempts to deliver fail, over many endpoints or a busy one.",
	}}
}

func refused(s stage) metric {
	return percent("Deliveries", "% failed", deliveries(s, "FailedAttempts", "Sum", "failed"), deliveries(s, "DeliveryAttempts", "Sum", "attempts"), 100)
}
