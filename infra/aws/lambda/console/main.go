// Command console is the Lambdas of functions/console.
package main

import (
	"motorpool/functions/console"
	"motorpool/infra/aws/lambda"
)

func main() { lambda.Start(lambda.Area{Routes: console.Routes, ErrorPage: console.ErrorPage}) }
