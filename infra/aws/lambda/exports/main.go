// Command exports is the Lambdas of functions/exports.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/exports"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: exports.Routes, Box: kms.Open, Queue: sqs.Open, Files: s3.OpenLinks})
}
