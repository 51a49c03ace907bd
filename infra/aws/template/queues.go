package main

// A queueNeed is what one of app.Queues asks of SQS. AWS advises a visibility of
// six times the consumer's timeout.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
type queueNeed struct {
	name                 string
	batch, timeout       int // messages in one call; seconds for all of them, side by side
	visibility, receives int // seconds; times handed out before a message lies dead
	atATime              any // calls at once
}

var queueNeeds = []queueNeed{
	{name: "deliveries", batch: 10, timeout: 60, visibility: 360, receives: 20, atATime: ref("DeliveryConcurrency")},
	{name: "jobs", batch: 1, timeout: 120, visibility: 720, receives: 20, atATime: 10},
	{name: "letters", batch: 5, timeout: 60, visibility: 360, receives: 20, atATime: 5},
}

// Seconds that a message waits for its consumer to be repaired, and for a person
// once it lies dead. SQS counts from when it was sent first, so the second must
// be longer.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
const (
	waiting   = 10 * 24 * 60 * 60
	fortnight = 14 * 24 * 60 * 60
)

// queues are the product's queues, each with the place where a message lies that
// could not be done, and the place for what could not be published. All are
// encrypted, and SQS takes no call for such a queue but by TLS: no policy needs
// to say so.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
func queues() block {
	all := block{}
	for _, q := range queueNeeds {
		all = append(all,
			entry{id(q.name), block{{"Type", "AWS::SQS::Queue"}, {"Properties", block{
				{"QueueName", sub("${AWS::StackName}-" + q.name)},
				{"VisibilityTimeout", q.visibility},
				{"MessageRetentionPeriod", waiting},
				{"ReceiveMessageWaitTimeSeconds", 20},
				{"RedrivePolicy", block{{"deadLetterTargetArn", att(id(q.name) + "Dead.Arn")}, {"maxReceiveCount", q.receives}}},
				{"RedriveAllowPolicy", block{{"redrivePermission", "denyAll"}}},
				{"SqsManagedSseEnabled", true},
				{"Tags", tags()},
			}}}},
			entry{id(q.name) + "Dead", dead(&q)})
	}
	return append(all, entry{"Unpublished", dead(nil)})
}

// dead is a queue of what went wrong. Only the queue that it is for may move
// messages there; a source is named, because its policy refers back. Where
// something else sends to it, no queue may.
func dead(of *queueNeed) block {
	from := block{{"redrivePermission", "denyAll"}}
	if of != nil {
		from = block{{"redrivePermission", "byQueue"}, {"sourceQueueArns", []any{sub("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-" + of.name)}}}
	}
	return block{{"Type", "AWS::SQS::Queue"}, {"Properties", block{
		{"MessageRetentionPeriod", fortnight},
		{"RedriveAllowPolicy", from},
		{"SqsManagedSseEnabled", true},
		{"Tags", tags()},
	}}}
}

// tags are those of resources that take a list of them.
func tags() []block { return []block{{{"Key", "stage"}, {"Value", ref("Stage")}}} }
