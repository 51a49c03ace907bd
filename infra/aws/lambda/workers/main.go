// Command workers is the Lambdas of functions/workers.
package main

import (
	"motorpool/functions/workers"
	"motorpool/infra/aws/lambda"
)

func main() { lambda.Start(lambda.Area{Streams: workers.Streams, Consumers: workers.Consumers}) }
