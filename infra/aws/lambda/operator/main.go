// Command operator is the Lambda that whoever deploys the product calls by hand.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/infra/aws/lambda"
)

func main() { lambda.Start(lambda.Area{}) }
