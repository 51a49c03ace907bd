// Command webhooks is the Lambdas of functions/webhooks.
package main

import (
	"motorpool/functions/webhooks"
	"motorpool/infra/aws/lambda"
)

func main() { lambda.Start(lambda.Area{Routes: webhooks.Routes}) }
