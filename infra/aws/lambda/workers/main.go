// Command workers is the Lambdas of functions/workers.
package main

import (
	_ "time/tzdata" // a Lambda has no time zones of its own

	"motorpool/functions/workers"
	"motorpool/infra/aws/lambda"
	"motorpool/shared/blob/s3"
	"motorpool/shared/mail/ses"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/timeline/sfn"
)

func main() {
	lambda.Start(lambda.Area{
		Streams: workers.Streams, Consumers: workers.Consumers, Batch: sqs.Batch,
		Box: kms.Open, Queue: sqs.Open, Timeline: sfn.Open, Mail: ses.Open, Files: s3.Open,
	})
}
