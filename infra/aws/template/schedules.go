package main

import "motorpool/functions"

// schedules wake the ticks, each in its own time zone: EventBridge Scheduler
// knows about daylight saving. A tick that was missed is made good by the next;
// one that could not even be started lies in Unscheduled and says why.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
func schedules(areas []functions.Area) block {
	all, arns := block{}, []any{}
	for _, a := range areas {
		for _, t := range a.Ticks {
			arns = append(arns, att(id(t.Name)+".Arn"))
			all = append(all, entry{id(t.Name) + "Schedule", block{{"Type", "AWS::Scheduler::Schedule"}, {"Properties", block{
				{"Description", "Wakes " + t.Name},
				{"ScheduleExpression", t.Schedule},
				{"ScheduleExpressionTimezone", t.TimeZone()},
				{"FlexibleTimeWindow", block{{"Mode", "OFF"}}},
				{"Target", block{
					{"Arn", att(id(t.Name) + ".Arn")},
					{"RoleArn", att("SchedulesRole.Arn")},
					{"RetryPolicy", block{{"MaximumEventAgeInSeconds", 3600}, {"MaximumRetryAttempts", 3}}},
					{"DeadLetterConfig", block{{"Arn", att("Unscheduled.Arn")}}},
				}},
			}}}})
		}
	}
	if len(all) == 0 {
		return nil
	}
	return append(block{
		{"Unscheduled", dead(nil)},
		{"SchedulesRole", role("scheduler.amazonaws.com", "wake", false,
			allow(arns, "lambda:InvokeFunction"), allow(att("Unscheduled.Arn"), "sqs:SendMessage"))},
	}, all...)
}
