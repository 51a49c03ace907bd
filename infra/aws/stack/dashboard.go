//go:build cdk

package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
)

// id is the beginning of the logical ids of an area.
func id(area string) string { return strings.ToUpper(area[:1]) + area[1:] }

// dashboard is what somebody looks at who was woken: what is wrong, then what
// customers notice, then the way of an event from the table to its receiver,
// then what is under it.
func dashboard(stack awscdk.Stack, s stage, def *definition, alarms []awscloudwatch.IAlarm) {
	d := awscloudwatch.NewDashboard(stack, text("Dashboard"), &awscloudwatch.DashboardProps{
		DashboardName: text(s.stack()), DefaultInterval: awscdk.Duration_Hours(number(3)),
	})
	d.AddWidgets(awscloudwatch.NewAlarmStatusWidget(&awscloudwatch.AlarmStatusWidgetProps{
		Title: text("Alarms of " + s.stack() + "; what to do at each is in " + runbook), Alarms: &alarms, Width: number(24), Height: number(5),
		SortBy: awscloudwatch.AlarmStatusWidgetSortBy_STATE_UPDATED_TIMESTAMP,
	}))
	for _, row := range [][]graph{customers(s, def), events(s, def), under(def)} {
		var widgets []awscloudwatch.IWidget
		for _, g := range row {
			widgets = append(widgets, g.widget(24/float64(len(row))))
		}
		d.AddWidgets(widgets...)
	}
	awscdk.NewCfnOutput(stack, text("DashboardUrl"), &awscdk.CfnOutputProps{
		Description: text("What somebody looks at who was woken"),
		Value:       awscdk.Fn_Sub(text("https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#dashboards/dashboard/"+s.stack()), nil),
	})
}

// A graph has one unit on the left and may have another on the right.
type graph struct {
	title       string
	unit, other string
	left, right []metric
}

func (g graph) widget(width float64) awscloudwatch.IWidget {
	props := &awscloudwatch.GraphWidgetProps{
		Title: text(g.title), Width: number(width), Height: number(6), Left: &g.left,
		LeftYAxis:      &awscloudwatch.YAxisProps{Min: number(0), Label: text(g.unit), ShowUnits: boolean(false)},
		LegendPosition: awscloudwatch.LegendPosition_BOTTOM,
	}
	if len(g.right) > 0 {
		props.Right, props.RightYAxis = &g.right, &awscloudwatch.YAxisProps{Min: number(0), Label: text(g.other), ShowUnits: boolean(false)}
	}
	return awscloudwatch.NewGraphWidget(props)
}

// customers is what they notice: answers of the APIs, and webhooks.
func customers(s stage, def *definition) []graph {
	answers, speed := graph{title: "Requests", unit: "in 5 minutes", other: "% 5xx"}, graph{title: "Answers take", unit: "ms"}
	for _, a := range def.apis {
		answers.left = append(answers.left, requests(a, "Count", "Sum", a), requests(a, "4xx", "Sum", a+" 4xx"))
		answers.right = append(answers.right, failing(a))
		speed.left = append(speed.left, requests(a, "Latency", "p50", a+" p50"), requests(a, "Latency", "p99", a+" p99"))
	}
	return []graph{
		answers, speed,
		{
			title: "Deliveries", unit: "in 5 minutes", other: "% failed",
			left: []metric{
				deliveries(s, "DeliveryAttempts", "Sum", "attempts"), deliveries(s, "FailedAttempts", "Sum", "failed"),
				deliveries(s, "DeliveriesGivenUp", "Sum", "given up"), deliveries(s, "EndpointsDisabled", "Sum", "endpoints disabled"),
			},
			right: []metric{refused(s)},
		},
		{title: "Receivers take", unit: "ms", left: []metric{deliveries(s, "AttemptTime", "p50", "p50"), deliveries(s, "AttemptTime", "p99", "p99")}},
	}
}

// events is their way: table, stream, queue, retries, and where they lie dead.
func events(s stage, def *definition) []graph {
	stream := graph{title: "Published", unit: "events in 5 minutes", other: "ms behind", left: []metric{deliveries(s, "EventsPublished", "Sum", "events")}}
	for _, f := range def.functions {
		if f.stream {
			stream.right = append(stream.right, behind(f))
		}
	}
	waits, dead := graph{title: "Queues", unit: "messages", other: "s, the oldest"}, graph{title: "Dead letters: none is right", unit: "messages"}
	for _, q := range def.queues {
		waits.left, waits.right = append(waits.left, waiting(q)), append(waits.right, oldest(q))
	}
	for _, q := range def.dead {
		dead.left = append(dead.left, waiting(q))
	}
	runs := graph{title: "Retries", unit: "runs in 5 minutes"}
	for _, m := range def.machines {
		for _, how := range []string{"Started", "Succeeded", "Failed", "Aborted", "TimedOut"} {
			runs.left = append(runs.left, measure(states, "Executions"+how, "Sum", strings.ToLower(how), of{"StateMachineArn", ref(m)}))
		}
	}
	return []graph{stream, waits, runs, dead}
}

// under is what carries it: the table and the functions.
func under(def *definition) []graph {
	used, refused := graph{title: "Table: capacity", unit: "units in 5 minutes"}, graph{title: "Table: throttled", unit: "in 5 minutes"}
	for _, t := range def.tables {
		at := of{"TableName", ref(t.id)}
		used.left = append(used.left, measure(dynamoDB, "ConsumedReadCapacityUnits", "Sum", "read", at), measure(dynamoDB, "ConsumedWriteCapacityUnits", "Sum", "written", at))
		refused.left = append(refused.left, throttled(t.id, at))
		for _, x := range t.indexes {
			inside := of{"TableName", ref(t.id), "GlobalSecondaryIndexName", x}
			used.left = append(used.left, measure(dynamoDB, "ConsumedWriteCapacityUnits", "Sum", x+" written", inside))
			refused.left = append(refused.left, throttled(x, inside))
		}
	}
	broken := graph{title: "Functions that no request wakes: errors", unit: "in 5 minutes"}
	for _, area := range def.areas {
		if !def.behindAPI(area) && area != "steps" { // where an error is how an attempt ends
			broken.left = append(broken.left, sumOf(def, area, "Errors"))
		}
	}
	return []graph{
		used, refused, broken,
		{
			title: "Lambda, whole account", unit: "at once", other: "throttled",
			left:  []metric{measure(lambdas, "ConcurrentExecutions", "Maximum", "at once", nil)},
			right: []metric{measure(lambdas, "Throttles", "Sum", "throttled", nil)},
		},
	}
}
