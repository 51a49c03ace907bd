//go:build cdk

package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsbudgets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssnssubscriptions"
)

// notify makes the one topic that hears of everything. It is not encrypted with
// a key of its own, because alarms hold no secrets and CloudWatch would have to
// be let into the key.
func notify(stack awscdk.Stack, s stage) awssns.Topic {
	topic := awssns.NewTopic(stack, text("Alarms"), &awssns.TopicProps{
		DisplayName: text("Motorpool " + s.name),
		EnforceSSL:  boolean(true),
	})
	topic.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Sid:        text("AlarmsAndBudgets"),
		Principals: &[]awsiam.IPrincipal{service("cloudwatch.amazonaws.com"), service("budgets.amazonaws.com")},
		Actions:    texts("sns:Publish"),
		Resources:  &[]*string{topic.TopicArn()},
		Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": stack.Account()}},
	}))
	if s.Email != "" {
		topic.AddSubscription(awssnssubscriptions.NewEmailSubscription(text(s.Email), nil))
	}
	awscdk.NewCfnOutput(stack, text("AlarmTopic"), &awscdk.CfnOutputProps{
		Description: text("The topic that hears of every alarm and of the budget"), Value: topic.TopicArn(),
	})
	return topic
}

func service(name string) awsiam.IPrincipal { return awsiam.NewServicePrincipal(text(name), nil) }

// budget tells when the account spends 80 % of what it may in a month, or will
// have spent all of it. It counts the whole account: a budget of a tag counts
// nothing until somebody activates the tag for billing, and says so nowhere.
func budget(stack awscdk.Stack, s stage, told awssns.Topic) {
	when := func(kind string, percent float64) *awsbudgets.CfnBudget_NotificationWithSubscribersProperty {
		return &awsbudgets.CfnBudget_NotificationWithSubscribersProperty{
			Notification: &awsbudgets.CfnBudget_NotificationProperty{
				NotificationType: text(kind), ComparisonOperator: text("GREATER_THAN"), Threshold: number(percent), ThresholdType: text("PERCENTAGE"),
			},
			Subscribers: []*awsbudgets.CfnBudget_SubscriberProperty{{SubscriptionType: text("SNS"), Address: told.TopicArn()}},
		}
	}
	awsbudgets.NewCfnBudget(stack, text("Budget"), &awsbudgets.CfnBudgetProps{
		Budget: &awsbudgets.CfnBudget_BudgetDataProperty{
			BudgetName: text(s.stack()), BudgetType: text("COST"), TimeUnit: text("MONTHLY"),
			BudgetLimit: &awsbudgets.CfnBudget_SpendProperty{Amount: number(s.Budget), Unit: text("USD")},
		},
		NotificationsWithSubscribers: []*awsbudgets.CfnBudget_NotificationWithSubscribersProperty{when("ACTUAL", 80), when("FORECASTED", 100)},
	})
}
