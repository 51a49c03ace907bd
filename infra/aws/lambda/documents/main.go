// Command documents is the Lambdas of functions/documents.
package main

import (
	"motorpool/functions/documents"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: documents.Routes, Box: kms.Open, Files: s3.OpenLinks})
}
