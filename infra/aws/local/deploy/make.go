package deploy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	sfntypes "github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"gopkg.in/yaml.v3"
)

func (d *deployment) say(what, name string, made bool) {
	did := "found"
	if made {
		did = "made "
	}
	d.o.Say("  %s  %-14s %s\n", did, what, name)
}

// table is the product's table. Its properties have the names of the API's.
func (d *deployment) table(ctx context.Context, part *yaml.Node) (map[string]string, error) {
	var p struct {
		dynamodb.CreateTableInput
		TimeToLiveSpecification types.TimeToLiveSpecification
	}
	if err := d.reader(ctx).fill(part, &p); err != nil {
		return nil, err
	}
	in := &dynamodb.CreateTableInput{
		TableName: aws.String(d.o.Stack + "-Table"), BillingMode: p.BillingMode, AttributeDefinitions: p.AttributeDefinitions,
		KeySchema: p.KeySchema, GlobalSecondaryIndexes: p.GlobalSecondaryIndexes, StreamSpecification: p.StreamSpecification,
	}
	in.StreamSpecification.StreamEnabled = aws.Bool(true) // CloudFormation takes that for granted
	about, err := d.createTable(ctx, "table", in)
	if err != nil {
		return nil, err
	}
	if !d.o.Frozen {
		if err := d.expire(ctx, *in.TableName, &p.TimeToLiveSpecification); err != nil {
			return nil, err
		}
	}
	return map[string]string{"": *in.TableName, "Arn": aws.ToString(about.TableArn), "StreamArn": aws.ToString(about.LatestStreamArn)}, nil
}

// notes is the table in which the sources remember how far they are.
func (d *deployment) notes(ctx context.Context) (string, error) {
	name := d.o.Stack + "-Notes"
	in := &dynamodb.CreateTableInput{TableName: &name, BillingMode: types.BillingModePayPerRequest}
	for name, kind := range map[string]types.KeyType{"PK": types.KeyTypeHash, "SK": types.KeyTypeRange} {
		in.AttributeDefinitions = append(in.AttributeDefinitions, types.AttributeDefinition{AttributeName: &name, AttributeType: types.ScalarAttributeTypeS})
		in.KeySchema = append(in.KeySchema, types.KeySchemaElement{AttributeName: &name, KeyType: kind})
	}
	if in.KeySchema[0].KeyType == types.KeyTypeRange { // the API wants the partition's first
		in.KeySchema[0], in.KeySchema[1] = in.KeySchema[1], in.KeySchema[0]
	}
	_, err := d.createTable(ctx, "notes", in)
	return name, err
}

func (d *deployment) createTable(ctx context.Context, what string, in *dynamodb.CreateTableInput) (*types.TableDescription, error) {
	_, err := d.DynamoDB.CreateTable(ctx, in)
	_, there := errors.AsType[*types.ResourceInUseException](err)
	if err != nil && !there {
		return nil, err
	}
	about := &dynamodb.DescribeTableInput{TableName: in.TableName}
	if err := dynamodb.NewTableExistsWaiter(d.DynamoDB).Wait(ctx, about, time.Minute); err != nil {
		return nil, err
	}
	out, err := d.DynamoDB.DescribeTable(ctx, about)
	if err != nil {
		return nil, err
	}
	d.say(what, *in.TableName, !there)
	return out.Table, nil
}

// expire switches expiry on. Doing so twice is an error that says so.
func (d *deployment) expire(ctx context.Context, name string, ttl *types.TimeToLiveSpecification) error {
	out, err := d.DynamoDB.DescribeTimeToLive(ctx, &dynamodb.DescribeTimeToLiveInput{TableName: &name})
	if err == nil && out.TimeToLiveDescription != nil && out.TimeToLiveDescription.TimeToLiveStatus == types.TimeToLiveStatusEnabled {
		return nil
	}
	_, err = d.DynamoDB.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{TableName: &name, TimeToLiveSpecification: ttl})
	return err
}

// key is found again by an alias.
func (d *deployment) key(ctx context.Context) (map[string]string, error) {
	alias := "alias/" + d.o.Stack
	found, err := d.KMS.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &alias})
	if err == nil {
		d.say("key", alias, false)
		return map[string]string{"": *found.KeyMetadata.KeyId, "Arn": *found.KeyMetadata.Arn}, nil
	}
	if _, absent := errors.AsType[*kmstypes.NotFoundException](err); !absent {
		return nil, err
	}
	made, err := d.KMS.CreateKey(ctx, &kms.CreateKeyInput{Description: aws.String(d.o.Stack + ": seals signing secrets and credentials")})
	if err != nil {
		return nil, err
	}
	if _, err := d.KMS.CreateAlias(ctx, &kms.CreateAliasInput{AliasName: &alias, TargetKeyId: made.KeyMetadata.KeyId}); err != nil {
		return nil, err
	}
	d.say("key", alias, true)
	return map[string]string{"": *made.KeyMetadata.KeyId, "Arn": *made.KeyMetadata.Arn}, nil
}

// queue has the template's properties as attributes of the same names.
func (d *deployment) queue(ctx context.Context, id string, part *yaml.Node) (map[string]string, error) {
	attributes, dead, err := d.queueAttributes(ctx, part)
	if err != nil {
		return nil, err
	}
	name := d.o.Stack + "-" + id
	found, err := d.SQS.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: &name})
	if err == nil {
		if _, err := d.SQS.SetQueueAttributes(ctx, &sqs.SetQueueAttributesInput{QueueUrl: found.QueueUrl, Attributes: attributes}); err != nil {
			return nil, err
		}
		d.say("queue", name, false)
		return d.aboutQueue(ctx, *found.QueueUrl, dead)
	}
	if _, absent := errors.AsType[*sqstypes.QueueDoesNotExist](err); !absent {
		return nil, err
	}
	made, err := d.SQS.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: &name, Attributes: attributes})
	if err != nil {
		return nil, err
	}
	d.say("queue", name, true)
	return d.aboutQueue(ctx, *made.QueueUrl, dead)
}

func (d *deployment) queueAttributes(ctx context.Context, part *yaml.Node) (attributes map[string]string, dead string, err error) {
	p, err := d.reader(ctx).value(part)
	if err != nil {
		return nil, "", err
	}
	attributes = map[string]string{}
	for name, v := range p.(map[string]any) {
		switch v := v.(type) {
		case map[string]any: // redrive policies, which the API takes as JSON in text
			if to, is := v["deadLetterTargetArn"].(string); is {
				dead = to
			}
			text, err := json.Marshal(v)
			if err != nil {
				return nil, "", err
			}
			attributes[name] = string(text)
		case int, bool, string:
			attributes[name] = fmt.Sprint(v)
		}
	}
	if wait := "ReceiveMessageWaitTimeSeconds"; d.o.Frozen && attributes[wait] != "" {
		attributes[wait] = "0"
	}
	return attributes, dead, nil
}

func (d *deployment) aboutQueue(ctx context.Context, url, dead string) (map[string]string, error) {
	out, err := d.SQS.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{
		QueueUrl: &url, AttributeNames: []sqstypes.QueueAttributeName{sqstypes.QueueAttributeNameQueueArn},
	})
	if err != nil {
		return nil, err
	}
	arn := out.Attributes[string(sqstypes.QueueAttributeNameQueueArn)]
	return map[string]string{"": url, "Arn": arn, "dead": dead}, nil
}

// urlOf is the address of a queue whose ARN is known.
func (d *deployment) urlOf(arn string) string {
	for _, made := range d.made {
		if made["Arn"] == arn {
			return made[""]
		}
	}
	return ""
}

// accountID is the account that the emulator believes to be. The key says it,
// which refers to nothing: a queue may refer to the account itself.
func (d *deployment) accountID(ctx context.Context) (string, error) {
	if d.account != "" {
		return d.account, nil
	}
	for id, r := range d.template.Resources {
		if r.Type != "AWS::KMS::Key" {
			continue
		}
		if err := d.make(ctx, id); err != nil {
			return "", err
		}
		if part := strings.Split(d.made[id]["Arn"], ":"); len(part) > 4 {
			d.account = part[4]
			return d.account, nil
		}
	}
	return "", errors.New("the template has no key to tell the account")
}

// machine gets the definition that is deployed, over what it had.
func (d *deployment) machine(ctx context.Context, part *yaml.Node) (map[string]string, error) {
	if _, err := d.accountID(ctx); err != nil {
		return nil, err
	}
	var p struct {
		Name, Type, DefinitionUri, Role string
		DefinitionSubstitutions         map[string]string
	}
	if err := d.reader(ctx).fill(part, &p); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(d.path(p.DefinitionUri))
	if err != nil {
		return nil, err
	}
	definition := string(text)
	for name, v := range p.DefinitionSubstitutions {
		definition = strings.ReplaceAll(definition, "${"+name+"}", v)
	}
	arn := "arn:aws:states:" + d.Region + ":" + d.account + ":stateMachine:" + p.Name
	found, err := d.SFN.DescribeStateMachine(ctx, &sfn.DescribeStateMachineInput{StateMachineArn: &arn})
	_, absent := errors.AsType[*sfntypes.StateMachineDoesNotExist](err)
	switch {
	case absent:
		_, err = d.SFN.CreateStateMachine(ctx, &sfn.CreateStateMachineInput{
			Name: &p.Name, Definition: &definition, RoleArn: &p.Role, Type: sfntypes.StateMachineType(p.Type),
		})
	case err == nil && aws.ToString(found.Definition) != definition:
		_, err = d.SFN.UpdateStateMachine(ctx, &sfn.UpdateStateMachineInput{StateMachineArn: &arn, Definition: &definition})
	}
	if err != nil {
		return nil, err
	}
	d.say("state machine", p.Name, absent)
	return map[string]string{"": arn, "Arn": arn, "Name": p.Name}, nil
}
