// Command odometer is the Lambdas of functions/odometer.
package main

import (
	"motorpool/functions/odometer"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: odometer.Routes, Box: kms.Open})
}
