// Command authorizer is the Lambda that API Gateway asks whose API key came.
package main

import "motorpool/infra/aws/lambda"

func main() { lambda.Start(lambda.Area{}) }
