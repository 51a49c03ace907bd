// Command people is the Lambdas of functions/people.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/people"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: people.Routes, Box: kms.Open, Queue: sqs.Open, Files: s3.OpenLinks})
}
