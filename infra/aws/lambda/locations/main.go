// Command locations is the Lambdas of functions/locations.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/locations"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: locations.Routes, Box: kms.Open})
}
