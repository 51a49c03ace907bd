// Command ticks is the Lambdas of functions/ticks.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/ticks"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Ticks: ticks.Ticks, Box: kms.Open, Queue: sqs.Open, Files: s3.Open, Print: paper.Print})
}
