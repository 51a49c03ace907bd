// Command settings is the Lambdas of functions/settings.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/settings"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: settings.Routes, Box: kms.Open})
}
