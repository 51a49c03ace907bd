// Command locations is the Lambdas of functions/locations.
package main

import (
	"motorpool/functions/locations"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: locations.Routes, Box: kms.Open})
}
