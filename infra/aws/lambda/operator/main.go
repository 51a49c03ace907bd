// Command operator is the Lambda that whoever deploys the product calls by hand.
package main

import "motorpool/infra/aws/lambda"

func main() { lambda.Start(lambda.Area{}) }
