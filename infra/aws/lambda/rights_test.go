package lambda

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"
)

// A watch stands between functions and the emulators of AWS, which let
// everybody do everything, and notes who does what to which resource.
type watch struct {
	table, others *httptest.Server

	mu      sync.Mutex
	seen    map[string]map[right]bool // by function
	started map[string]bool           // functions
}

// A right is an action on a resource, called as template.yaml calls it.
type right struct{ action, resource string }

// newWatch watches what goes to DynamoDB and to the other services.
func newWatch(t *testing.T, table, others string) *watch {
	t.Helper()
	w := &watch{seen: map[string]map[right]bool{}, started: map[string]bool{}}
	front := func(to string) *httptest.Server {
		u, err := url.Parse(to)
		if err != nil {
			t.Fatal(err)
		}
		s := httptest.NewServer(w.note(t, httputil.NewSingleHostReverseProxy(u)))
		t.Cleanup(s.Close)
		return s
	}
	w.table, w.others = front(table), front(others)
	return w
}

// env leads a function's calls past the watch. Its session token says who it is:
// AWS would check that, emulators do not read it.
func (w *watch) env(function string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.started[function] = true
	return []string{"AWS_ENDPOINT_URL_DYNAMODB=" + w.table.URL, "AWS_ENDPOINT_URL=" + w.others.URL, "AWS_SESSION_TOKEN=" + function}
}

func (w *watch) note(t *testing.T, next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		rights, known := rightsOf(r.Header.Get("X-Amz-Target"), body)
		if r.Header.Get("X-Amz-Target") == "" { // S3 speaks HTTP
			op := map[string]string{http.MethodGet: "GetObject", http.MethodPut: "PutObject", http.MethodDelete: "DeleteObject"}[r.Method]
			rights, known = []right{{"s3:" + op, "${Files.Arn}/*"}}, op != ""
		}
		if err != nil || !known {
			t.Errorf("%s called %s, which no test knows", r.Header.Get("X-Amz-Security-Token"), r.Header.Get("X-Amz-Target"))
		}
		w.mu.Lock()
		who := r.Header.Get("X-Amz-Security-Token")
		if w.seen[who] == nil {
			w.seen[who] = map[right]bool{}
		}
		for _, one := range rights {
			w.seen[who][one] = true
		}
		w.mu.Unlock()
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		next.ServeHTTP(rw, r)
	})
}

// rightsOf is what IAM asks for when a call is made.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
func rightsOf(target string, body []byte) (rights []right, known bool) {
	service, operation, _ := strings.Cut(target, ".")
	var in struct {
		IndexName     string
		QueueURL      string `json:"QueueUrl"`
		TransactItems []map[string]json.RawMessage
	}
	if json.Unmarshal(body, &in) != nil {
		return nil, false
	}
	switch {
	case strings.HasPrefix(service, "DynamoDB_") && operation == "TransactWriteItems":
		of := map[string]string{"Put": "PutItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem", "Update": "UpdateItem"}
		for _, item := range in.TransactItems {
			for kind := range item {
				rights = append(rights, right{"dynamodb:" + of[kind], "Table.Arn"})
			}
		}
		return rights, true
	case strings.HasPrefix(service, "DynamoDB_") && in.IndexName != "":
		return []right{{"dynamodb:" + operation, "${Table.Arn}/index/" + in.IndexName}}, true
	case strings.HasPrefix(service, "DynamoDB_"):
		return []right{{"dynamodb:" + operation, "Table.Arn"}}, true
	case service == "AmazonSQS":
		resource := "Jobs.Arn"
		for _, name := range []string{"Deliveries", "Letters"} {
			if strings.HasSuffix(in.QueueURL, name) {
				resource = name + ".Arn"
			}
		}
		return []right{{"sqs:" + strings.TrimSuffix(operation, "Batch"), resource}}, true
	case service == "TrentService":
		return []right{{"kms:" + operation, "Key.Arn"}}, true
	case service == "AWSStepFunctions":
		return []right{{"states:" + operation, machineName}}, true
	}
	return nil, false
}

const sender = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailFrom}"

const machineName = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-retry"

// rights are what template.yaml lets a role do.
func (d *declaration) rights(t *testing.T, role string) map[right]bool {
	t.Helper()
	var r struct {
		Policies []struct {
			PolicyDocument struct {
				Statement []struct {
					Action   []string  `yaml:"Action"`
					Resource yaml.Node `yaml:"Resource"`
				} `yaml:"Statement"`
			} `yaml:"PolicyDocument"`
		} `yaml:"Policies"`
	}
	properties := d.Resources[role].Properties
	if err := properties.Decode(&r); err != nil || len(r.Policies) == 0 {
		t.Fatalf("%s: %v, or it has no policies", role, err)
	}
	all := map[right]bool{}
	for _, p := range r.Policies {
		for _, s := range p.PolicyDocument.Statement {
			resources := s.Resource.Content
			if s.Resource.Kind == yaml.ScalarNode {
				resources = []*yaml.Node{&s.Resource}
			}
			for _, action := range s.Action {
				for _, resource := range resources {
					all[right{action, resource.Value}] = true
				}
			}
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s allows nothing; is it read rightly?", role)
	}
	return all
}

// awsUses are the rights that AWS itself uses in the name of a function: it
// writes its log, reads its stream and empties its queue.
func awsUses(r right) bool {
	return strings.HasPrefix(r.action, "logs:") || r.resource == "Table.StreamArn" || r.resource == "Unpublished.Arn" || r.action == "dynamodb:ListStreams" ||
		slices.Contains([]string{"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}, r.action)
}

// onlyWhatRolesAllow compares what was done with the roles of template.yaml: all
// of it must be allowed, and nothing may be allowed to an area that none of its
// functions did, but for the rare cases that are named here.
func (d *deployment) onlyWhatRolesAllow(t *testing.T) {
	t.Helper()
	used, idle := map[string]map[right]bool{}, map[string]bool{}
	for name, f := range d.functions {
		role := strings.TrimSuffix(f.Role, ".Arn")
		if used[role] == nil {
			used[role] = map[right]bool{}
		}
		idle[role] = idle[role] || !d.watch.started[name] // a part of the test was run
		allowed := d.rights(t, role)
		for r := range d.watch.seen[name] {
			if used[role][r] = true; !allowed[r] {
				t.Errorf("%s did %s to %s, which %s does not allow", name, r.action, r.resource, role)
			}
		}
	}
	for _, role := range slices.Sorted(maps.Keys(used)) {
		for r := range d.rights(t, role) {
			if !idle[role] && !used[role][r] && !awsUses(r) && !slices.Contains(rare[role], r) {
				t.Errorf("%s allows %s to %s, which none of its functions did: take it away, or say in rare when it is needed", role, r.action, r.resource)
			}
		}
	}
}

// again is needed when an Idempotency-Key comes again; freed when a call failed on
// our side, so that its key may come again; linked by whoever follows a link that
// the function signed.
var (
	again  = right{"kms:Decrypt", "Key.Arn"}
	freed  = right{"dynamodb:DeleteItem", "Table.Arn"}
	linked = right{"s3:GetObject", "${Files.Arn}/*"}
)

// rare is what functions may do that no invocation of events/invoke makes them do.
var rare = map[string][]right{
	"CareRole":        {again, {"sqs:SendMessage", "Jobs.Arn"}},               // a template is applied to more vehicles than one call takes
	"CompaniesRole":   {again, {"dynamodb:Query", "${Table.Arn}/index/GSI1"}}, // companies are listed without a text to search for
	"DocumentsRole":   {again, linked},
	"ExpensesRole":    {again, freed},
	"ExportsRole":     {again, freed, linked},
	"FleetRole":       {again, linked},
	"ImportsRole":     {again, freed, linked},
	"InspectionsRole": {again, linked},
	"InsuranceRole":   {again, freed},
	"LocationsRole":   {again},
	"PeopleRole":      {again, linked},
	"ConsoleRole":     {linked},
	"TicksRole": {
		{"s3:DeleteObject", "${Files.Arn}/*"},        // an upload that nobody named, or an export, is a day old
		{"s3:GetObject", "${Files.Arn}/*"},           // the photos of an inspection, for its report
		{"dynamodb:DeleteItem", "Table.Arn"},         // likewise: what says when it is due
		{"dynamodb:ConditionCheckItem", "Table.Arn"}, // what has become due is told while nobody changes it; by night nothing is told
	},
	"UploadsRole": {
		again, freed,
		{"s3:ListBucket", "Files.Arn"}, // S3 says NoSuchKey, instead of AccessDenied, of bytes that have not come
	},
	"OdometerRole": {again},
	"SettingsRole": {again},
	"StepsRole": {
		{"dynamodb:ConditionCheckItem", "Table.Arn"},  // held, because the endpoint was paused meanwhile
		{"sqs:SendMessage", "Deliveries.Arn"},         // the endpoint's rate limit says wait
		{"sqs:SendMessage", "Jobs.Arn"},               // the endpoint was disabled, or answers again
		{"dynamodb:Query", "Table.Arn"},               // it was disabled, and who may put that right is told
		{"dynamodb:Query", "${Table.Arn}/index/GSI1"}, // likewise
	},
	"TrackingRole": {again},
	"WorkersRole": {
		{"sqs:SendMessage", "Letters.Arn"}, // what the stream brings is a letter
		{"ses:SendEmail", sender},          // somebody said which address letters come from
		{"ses:SendEmail", ""},              // likewise, in the name of its domain: a call, which has no text
		{"s3:ListBucket", "Files.Arn"},     // S3 says NoSuchKey, instead of AccessDenied, of a file that has gone
	},
}
