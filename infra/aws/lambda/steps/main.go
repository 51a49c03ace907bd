// Command steps is the Lambdas of functions/steps.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/steps"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/timeline/sfn"
)

func main() {
	lambda.Start(lambda.Area{Steps: steps.Steps, Answer: sfn.Answer, Box: kms.Open, Queue: sqs.Open})
}
