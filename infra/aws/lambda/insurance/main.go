// Command insurance is the Lambdas of functions/insurance.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/insurance"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: insurance.Routes, Box: kms.Open})
}
