// Command inspections is the Lambdas of functions/inspections.
package main

import (
	"motorpool/functions/inspections"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: inspections.Routes, Box: kms.Open})
}
