package dynamo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"motorpool/shared/table"
)

// encode is the item as stored by a put, under the next version.
func encode(it table.Item) attrs {
	a := place(it.Key)
	a["V"] = number(it.Version + 1)
	if z := squeezed(it.Doc); z != nil {
		a["Z"] = &types.AttributeValueMemberB{Value: z}
	} else {
		a["D"] = text(string(it.Doc))
	}
	if it.Index != (table.Key{}) {
		a["I1PK"], a["I1SK"] = text(it.Index.PK), text(it.Index.SK)
	}
	if !it.Expires.IsZero() {
		a["X"] = number(seconds(it.Expires))
	}
	return a
}

// decode returns an item of version zero if there is none.
func decode(a attrs) (table.Item, error) {
	it := table.Item{
		Key:     table.Key{PK: str(a["PK"]), SK: str(a["SK"])},
		Index:   table.Key{PK: str(a["I1PK"]), SK: str(a["I1SK"])},
		Version: num(a["V"]),
		Doc:     json.RawMessage(str(a["D"])),
	}
	if x := num(a["X"]); x != 0 {
		it.Expires = time.Unix(x, 0).UTC()
	}
	z, is := a["Z"].(*types.AttributeValueMemberB)
	if !is {
		return it, nil
	}
	var err error
	it.Doc, err = unsqueezed(z.Value)
	return it, err
}

// Record reads the new image of a stream's record, in DynamoDB's JSON, as a
// Lambda gets it: {"PK":{"S":"…"},"V":{"N":"1"},"Z":{"B":"…"},…}.
func Record(image json.RawMessage) (table.Item, error) {
	var wire map[string]struct {
		S, N *string
		B    []byte // base 64 in JSON
	}
	if err := json.Unmarshal(image, &wire); err != nil {
		return table.Item{}, fmt.Errorf("dynamo: a stream's image: %w", err)
	}
	a := make(attrs, len(wire))
	for name, v := range wire {
		switch {
		case v.S != nil:
			a[name] = text(*v.S)
		case v.N != nil:
			a[name] = &types.AttributeValueMemberN{Value: *v.N}
		case v.B != nil:
			a[name] = &types.AttributeValueMemberB{Value: v.B}
		}
	}
	it, err := decode(a)
	if err != nil {
		return table.Item{}, err
	}
	if !it.Key.Valid() || it.Version < 1 {
		return table.Item{}, fmt.Errorf("dynamo: a stream's image without key or version")
	}
	return it, nil
}

// seconds rounds up, so that nothing expires early.
func seconds(t time.Time) int64 {
	s := t.Unix()
	if t.Nanosecond() > 0 {
		s++
	}
	return max(s, 1)
}

func num(v types.AttributeValue) int64 {
	n, is := v.(*types.AttributeValueMemberN)
	if !is {
		return 0
	}
	i, _ := strconv.ParseInt(n.Value, 10, 64)
	return i
}
