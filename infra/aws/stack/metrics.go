//go:build cdk

package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
)

// Where AWS and the product publish what they count.
const (
	apiGateway = "AWS/ApiGateway"
	dynamoDB   = "AWS/DynamoDB"
	lambdas    = "AWS/Lambda"
	queues     = "AWS/SQS"
	states     = "AWS/States"
	product    = "Motorpool"      // infra/aws/lambda writes these into its log (embedded metrics)
	logged     = "Motorpool/Logs" // counted in the logs by CloudWatch
)

type metric = awscloudwatch.IMetric

// of are a metric's dimensions: name and value, in turn.
type of []string

// measure is one of AWS's metrics in periods of five minutes.
func measure(namespace, name, statistic, label string, dimensions of) metric {
	props := &awscloudwatch.MetricProps{
		Namespace: text(namespace), MetricName: text(name), Statistic: text(statistic), Label: text(label), Period: minutes(5),
	}
	if len(dimensions) > 0 {
		all := map[string]*string{}
		for i := 0; i+1 < len(dimensions); i += 2 {
			all[dimensions[i]] = text(dimensions[i+1])
		}
		props.DimensionsMap = &all
	}
	return awscloudwatch.NewMetric(props)
}

func minutes(n float64) awscdk.Duration { return awscdk.Duration_Minutes(number(n)) }

// ref is a resource of template.yaml by its logical id: a function's, table's
// or API's name, a state machine's ARN.
func ref(id string) string { return *awscdk.Fn_Ref(text(id)) }

// queueName is the name that SQS counts under; a queue's ref is its address.
func queueName(id string) string { return *awscdk.Fn_GetAtt(text(id), text("QueueName")).ToString() }

// total adds metrics up; an alarm takes ten at most. Where one has no value in
// a period, it counts as none. What it adds up needs ids that no other metric of
// the same graph has; they are made of name.
func total(name string, all ...metric) metric {
	using, terms := map[string]metric{}, []string{}
	for i, m := range all {
		id := fmt.Sprintf("m%s%d", name, i)
		using[id] = m
		terms = append(terms, "FILL("+id+",0)")
	}
	return math(name, strings.Join(terms, "+"), using)
}

// percent is how many of all are bad, once there are enough of them to tell.
func percent(name, label string, bad, all metric, least int) metric {
	b, a := "bad"+name, "all"+name
	expression := fmt.Sprintf("IF(FILL(%s,0)>=%d,100*FILL(%s,0)/%s,0)", a, least, b, a)
	return math(name+" "+label, expression, map[string]metric{b: bad, a: all})
}

func math(label, expression string, using map[string]metric) metric {
	return awscloudwatch.NewMathExpression(&awscloudwatch.MathExpressionProps{
		Expression: text(expression), Label: text(label), UsingMetrics: &using, Period: minutes(5),
	})
}

// deliveries is one of the product's own metrics of a stage.
func deliveries(s stage, name, statistic, label string) metric {
	return measure(product, name, statistic, label, of{"Stage", s.name})
}

// requests is one of an API's metrics.
func requests(api, name, statistic, label string) metric {
	return measure(apiGateway, name, statistic, label, of{"ApiId", ref(api)})
}
