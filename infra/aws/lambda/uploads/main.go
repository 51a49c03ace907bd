// Command uploads is the Lambdas of functions/uploads.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/uploads"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/picture/plain"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: uploads.Routes, ErrorPage: uploads.ErrorPage, Box: kms.Open, Files: s3.Open, Studio: plain.Open})
}
