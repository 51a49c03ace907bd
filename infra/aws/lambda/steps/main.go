// Command steps is the Lambdas of functions/steps.
package main

import (
	"motorpool/functions/steps"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/timeline/sfn"
)

func main() {
	lambda.Start(lambda.Area{Steps: steps.Steps, Answer: sfn.Answer, Box: kms.Open, Queue: sqs.Open})
}
