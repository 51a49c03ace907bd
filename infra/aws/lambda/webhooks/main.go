// Command webhooks is the Lambdas of functions/webhooks.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/webhooks"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: webhooks.Routes, Box: kms.Open, Queue: sqs.Open})
}
