// Command documents is the Lambdas of functions/documents.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/documents"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: documents.Routes, Box: kms.Open, Files: s3.OpenLinks})
}
