// Command ticks is the Lambdas of functions/ticks.
package main

import (
	"motorpool/functions/ticks"
	"motorpool/infra/aws/lambda"
)

func main() { lambda.Start(lambda.Area{Ticks: ticks.Ticks}) }
