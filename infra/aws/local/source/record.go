package source

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// A record is one change of the table, in the form in which functions get it.
type record struct {
	number string // its sequence number
	body   json.RawMessage
}

// newRecord writes a change as Lambda does.
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
func newRecord(r types.Record, stream string) (record, error) {
	change := map[string]any{
		"SequenceNumber": aws.ToString(r.Dynamodb.SequenceNumber),
		"SizeBytes":      aws.ToInt64(r.Dynamodb.SizeBytes),
		"StreamViewType": r.Dynamodb.StreamViewType,
	}
	if at := r.Dynamodb.ApproximateCreationDateTime; at != nil {
		change["ApproximateCreationDateTime"] = at.Unix()
	}
	for name, image := range map[string]map[string]types.AttributeValue{"Keys": r.Dynamodb.Keys, "NewImage": r.Dynamodb.NewImage, "OldImage": r.Dynamodb.OldImage} {
		if image == nil {
			continue
		}
		written, err := attributes(image)
		if err != nil {
			return record{}, err
		}
		change[name] = written
	}
	whole := map[string]any{
		"eventID": aws.ToString(r.EventID), "eventName": r.EventName, "eventVersion": aws.ToString(r.EventVersion),
		"eventSource": "aws:dynamodb", "awsRegion": aws.ToString(r.AwsRegion), "eventSourceARN": stream, "dynamodb": change,
	}
	if who := r.UserIdentity; who != nil {
		whole["userIdentity"] = map[string]any{"type": aws.ToString(who.Type), "principalId": aws.ToString(who.PrincipalId)}
	}
	body, err := json.Marshal(whole)
	return record{aws.ToString(r.Dynamodb.SequenceNumber), body}, err
}

// envelope is a batch as it is sent to a function.
func envelope(batch []record) any {
	all := make([]json.RawMessage, len(batch))
	for i, r := range batch {
		all[i] = r.body
	}
	return map[string]any{"Records": all}
}

// attributes writes an item in DynamoDB's JSON.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
func attributes(item map[string]types.AttributeValue) (map[string]any, error) {
	written := make(map[string]any, len(item))
	for name, v := range item {
		w, err := attribute(v)
		if err != nil {
			return nil, fmt.Errorf("attribute %s: %w", name, err)
		}
		written[name] = w
	}
	return written, nil
}

func attribute(v types.AttributeValue) (any, error) {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return map[string]any{"S": v.Value}, nil
	case *types.AttributeValueMemberN:
		return map[string]any{"N": v.Value}, nil
	case *types.AttributeValueMemberB:
		return map[string]any{"B": v.Value}, nil
	case *types.AttributeValueMemberBOOL:
		return map[string]any{"BOOL": v.Value}, nil
	case *types.AttributeValueMemberNULL:
		return map[string]any{"NULL": v.Value}, nil
	case *types.AttributeValueMemberSS:
		return map[string]any{"SS": v.Value}, nil
	case *types.AttributeValueMemberNS:
		return map[string]any{"NS": v.Value}, nil
	case *types.AttributeValueMemberBS:
		return map[string]any{"BS": v.Value}, nil
	case *types.AttributeValueMemberM:
		inside, err := attributes(v.Value)
		return map[string]any{"M": inside}, err
	case *types.AttributeValueMemberL:
		list := make([]any, len(v.Value))
		for i, e := range v.Value {
			var err error
			if list[i], err = attribute(e); err != nil {
				return nil, err
			}
		}
		return map[string]any{"L": list}, nil
	}
	return nil, fmt.Errorf("a value of the unknown type %s", strings.TrimPrefix(fmt.Sprintf("%T", v), "*"))
}
