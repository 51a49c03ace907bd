// Command fleet is the Lambdas of functions/fleet.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/fleet"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: fleet.Routes, Box: kms.Open, Files: s3.OpenLinks})
}
