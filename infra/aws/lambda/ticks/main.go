// Command ticks is the Lambdas of functions/ticks.
package main

import (
	"motorpool/functions/ticks"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/queue/sqs"
)

func main() {
	lambda.Start(lambda.Area{Ticks: ticks.Ticks, Queue: sqs.Open})
}
