// Command docs is the Lambda that shows what people and programs read: the docs,
// the OpenAPI document, and whether the product is well.
package main

import "motorpool/infra/aws/lambda"

func main() { lambda.Start(lambda.Area{Docs: true}) }
