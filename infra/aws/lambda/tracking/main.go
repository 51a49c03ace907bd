// Command tracking is the Lambdas of functions/tracking.
package main

import (
	"motorpool/functions/tracking"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: tracking.Routes, Box: kms.Open})
}
