// Command care is the Lambdas of functions/care.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/care"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: care.Routes, Box: kms.Open, Queue: sqs.Open})
}
