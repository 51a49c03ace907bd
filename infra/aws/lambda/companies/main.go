// Command companies is the Lambdas of functions/companies.
package main

import (
	"motorpool/functions/companies"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: companies.Routes, Box: kms.Open})
}
