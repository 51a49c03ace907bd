// Command console is the Lambdas of functions/console.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/console"
	"motorpool/functions/console/page"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/picture/plain"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: console.Routes, ErrorPage: page.ErrorPage, Box: kms.Open, Queue: sqs.Open, Files: s3.Open, Studio: plain.Open})
}
