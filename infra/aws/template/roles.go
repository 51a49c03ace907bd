package main

import (
	"fmt"
	"slices"

	"motorpool/functions"
	"motorpool/shared/table/dynamo"
)

// A grant is one thing that the functions of an area may do to a resource.
type grant string

const (
	get     grant = "get"     // one item
	list    grant = "list"    // a partition
	search  grant = "search"  // the index
	put     grant = "put"     // store items
	check   grant = "check"   // that an item has not changed, in the same transaction
	remove  grant = "remove"  // delete items
	open    grant = "open"    // secrets that are sealed
	seal    grant = "seal"    // new secrets
	order   grant = "order"   // deliveries
	enqueue grant = "enqueue" // jobs
	post    grant = "post"    // letters to be sent
	email   grant = "email"   // by SES, in the name of MailFrom
	begin   grant = "begin"   // runs of retries
	follow  grant = "follow"  // the table's stream
	consume grant = "consume" // all queues
	link    grant = "link"    // files, to read them or to have them read by a link
	keep    grant = "keep"    // files that came or were made, to store them; and to let them come
	clean   grant = "clean"   // files, to take them away
	miss    grant = "miss"    // to be told that a file is not there
)

// needs is what each area's functions do, and so all that they may do. A test
// runs every function against stand-ins for AWS and compares both ways
// (infra/aws/lambda/rights_test.go). Areas with a POST seal and open, because an
// answer is kept for whoever repeats its Idempotency-Key.
var needs = map[string][]grant{
	authorizer:    {get, put},  // put: when a key was last used
	docs:          {get, list}, // healthz
	operator:      {get, list, put},
	"care":        {get, list, search, put, check, remove, open, seal, enqueue},
	"companies":   {get, list, search, put, check, remove, open, seal},
	"console":     {get, list, search, put, check, remove, open, seal, order, enqueue, link, keep},
	"documents":   {get, list, search, put, check, remove, open, seal, link},
	"expenses":    {get, list, search, put, check, remove, open, seal},
	"exports":     {get, search, put, remove, open, seal, enqueue, link},
	"fleet":       {get, list, search, put, check, remove, open, seal, link},
	"imports":     {get, list, search, put, remove, open, seal, enqueue, link},
	"inspections": {get, list, search, put, check, remove, open, seal, link, keep},
	"insurance":   {get, list, search, put, check, remove, open, seal},
	"locations":   {get, list, search, put, check, remove, open, seal},
	"odometer":    {get, list, put, check, remove, open, seal},
	"people":      {get, list, search, put, check, remove, open, seal, enqueue, link},
	"settings":    {get, list, search, put, check, remove, open, seal},
	"steps":       {get, list, search, put, check, open, order, enqueue},
	"ticks":       {get, list, search, put, check, remove, seal, enqueue, link, keep, clean},
	"tracking":    {get, list, search, put, check, open, seal},
	"uploads":     {get, put, remove, open, seal, link, keep, clean, miss},
	"webhooks":    {get, list, search, put, remove, open, seal, order, enqueue},
	"workers":     {get, list, search, put, check, remove, open, seal, order, enqueue, post, email, begin, follow, consume, link, keep, clean, miss},
}

var statements = map[grant][]block{
	get:     {allow(att("Table.Arn"), "dynamodb:GetItem")},
	list:    {allow(att("Table.Arn"), "dynamodb:Query")},
	search:  {allow(sub("${Table.Arn}/index/"+dynamo.Index), "dynamodb:Query")},
	put:     {allow(att("Table.Arn"), "dynamodb:PutItem")},
	check:   {allow(att("Table.Arn"), "dynamodb:ConditionCheckItem")},
	remove:  {allow(att("Table.Arn"), "dynamodb:DeleteItem")},
	open:    {allow(att("Key.Arn"), "kms:Decrypt")},
	seal:    {allow(att("Key.Arn"), "kms:GenerateDataKey")},
	order:   {allow(att("Deliveries.Arn"), "sqs:SendMessage")},
	enqueue: {allow(att("Jobs.Arn"), "sqs:SendMessage")},
	post:    {allow(att("Letters.Arn"), "sqs:SendMessage")},
	email:   {asSender(allow([]any{sub(senderAt + "${MailFrom}"), senderDomain()}, "ses:SendEmail"))},
	begin:   {allow(sub(machineARN), "states:StartExecution")},
	link:    {allow(sub("${Files.Arn}/*"), "s3:GetObject")},
	keep:    {allow(sub("${Files.Arn}/*"), "s3:PutObject")},
	clean:   {allow(sub("${Files.Arn}/*"), "s3:DeleteObject")},
	miss:    {allow(att("Files.Arn"), "s3:ListBucket")}, // without it S3 says AccessDenied of a file that has not come
	follow: {
		allow(att("Table.StreamArn"), "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
		allow(sub("${Table.Arn}/stream/*"), "dynamodb:ListStreams"), // it lists the streams of a table, so it names none
		allow(att("Unpublished.Arn"), "sqs:SendMessage"),
	},
	consume: {allow([]any{att("Deliveries.Arn"), att("Jobs.Arn"), att("Letters.Arn")},
		"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")},
}

// The identity that SES sends as: the address itself, or its domain, whichever is
// verified. MailFrom may be empty, and then names no identity at all.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html
const senderAt = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/"

// senderDomain is what follows the @ of MailFrom; of an empty one, nothing.
func senderDomain() call {
	domain := call{"!Select", []any{1, call{"!Split", []any{"@", sub("${MailFrom}@")}}}}
	return call{"!Sub", []any{senderAt + "${MailDomain}", block{{"MailDomain", domain}}}}
}

// asSender lets a statement hold for e-mail from MailFrom alone.
// https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
func asSender(statement block) block {
	return append(statement, entry{"Condition", block{{"StringEquals", block{{"ses:FromAddress", ref("MailFrom")}}}}})
}

// identity is what all functions of one area share: who they are and where they log.
func identity(name string, a functions.Area) (block, error) {
	grants, ok := needs[name]
	if !ok {
		return nil, fmt.Errorf("say in roles.go what the functions of %s may do", name)
	}
	if len(a.Streams) > 0 && !slices.Contains(grants, follow) || len(a.Consumers) > 0 && !slices.Contains(grants, consume) {
		return nil, fmt.Errorf("%s has streams or consumers but no grant to read them in roles.go", name)
	}
	may := []block{allow(att(id(name)+"Log.Arn"), "logs:CreateLogStream", "logs:PutLogEvents")}
	for _, g := range grants {
		may = append(may, statements[g]...)
	}
	return block{
		{id(name) + "Role", role("lambda.amazonaws.com", name, true, may...)},
		{id(name) + "Log", logGroup()},
	}, nil
}

// logGroup is of the standard class: the cheaper one takes no metrics out of lines.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
func logGroup() block {
	return block{{"Type", "AWS::Logs::LogGroup"}, {"Properties", block{{"RetentionInDays", ref("LogRetention")}, {"Tags", tags()}}}}
}
