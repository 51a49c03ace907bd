// Command expenses is the Lambdas of functions/expenses.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/expenses"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: expenses.Routes, Box: kms.Open})
}
