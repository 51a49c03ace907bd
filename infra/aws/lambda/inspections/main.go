// Command inspections is the Lambdas of functions/inspections.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/inspections"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/picture/plain"
	"motorpool/shared/secrets/kms"
)

func main() {
	lambda.Start(lambda.Area{Routes: inspections.Routes, Box: kms.Open, Files: s3.Open, Studio: plain.Open, Print: paper.Print})
}
