package deploy

import (
	"encoding/json"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

func TestReferencesAndConditionsAreAnswered(t *testing.T) {
	t.Parallel()
	const text = `
Parameters:
  Domain: {Default: ""}
  Rate: {Type: Number, Default: 100}
Conditions:
  HasDomain: !Not [!Equals [!Ref Domain, ""]]
  Plain: !Equals [!Ref Domain, ""]
`
	var tmpl template
	if err := yaml.Unmarshal([]byte(text), &tmpl); err != nil {
		t.Fatal(err)
	}
	r := reader{&tmpl, func(name, attribute string) (string, error) {
		return "<" + strings.TrimSuffix(name+"."+attribute, ".") + ">", nil
	}}
	for _, tt := range []struct{ in, want string }{
		{`!Ref Table`, `"<Table>"`},
		{`!GetAtt Table.Arn`, `"<Table.Arn>"`},
		{`!Sub 'a ${Table.Arn} ${AWS::Region} ${Rate}'`, `"a <Table.Arn> <AWS::Region> 100"`},
		{`!If [HasDomain, yes, no-domain]`, `"no-domain"`},
		{`!If [Plain, !Ref Rate, 0]`, `100`},
		{`{a: [1, true, x], b: !Ref 'AWS::NoValue'}`, `{"a":[1,true,"x"]}`},
		{`!Base64 x`, ``},
		{`!If [Nobody, 1, 2]`, ``},
	} {
		var node yaml.Node
		if err := yaml.Unmarshal([]byte(tt.in), &node); err != nil {
			t.Fatal(err)
		}
		var got json.RawMessage
		err := r.fill(node.Content[0], &got)
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: got %s, want an error", tt.in, got)
			}
			continue
		}
		if err != nil || string(got) != strings.ReplaceAll(strings.ReplaceAll(tt.want, "<", `\u003c`), ">", `\u003e`) {
			t.Errorf("%s: got %s, %v; want %s", tt.in, got, err, tt.want)
		}
	}
}
