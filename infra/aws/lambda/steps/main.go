// Command steps is the Lambdas of functions/steps.
package main

import (
	"motorpool/functions/steps"
	"motorpool/infra/aws/lambda"
)

func main() { lambda.Start(lambda.Area{Steps: steps.Steps}) }
