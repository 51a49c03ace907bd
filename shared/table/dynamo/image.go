package dynamo

import (
	"encoding/base64"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"motorpool/shared/table"
)

// Image is an item as a stream's record shows it, in DynamoDB's JSON, once it is
// stored under it.Version: what Record reads, before it is encoded.
func Image(it table.Item) map[string]map[string]string {
	it.Version-- // encode is about the version that a put makes
	image := map[string]map[string]string{}
	for name, v := range encode(it) {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			image[name] = map[string]string{"S": v.Value}
		case *types.AttributeValueMemberN:
			image[name] = map[string]string{"N": v.Value}
		case *types.AttributeValueMemberB:
			image[name] = map[string]string{"B": base64.StdEncoding.EncodeToString(v.Value)}
		}
	}
	return image
}
