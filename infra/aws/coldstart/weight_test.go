package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const top = "../../.."

// areas are the folders of bootstraps.
func areas(t *testing.T) (names []string) {
	t.Helper()
	folders, err := filepath.Glob(filepath.Join(top, "infra/aws/lambda/*/main.go"))
	if err != nil || len(folders) < 10 {
		t.Fatalf("%d areas, %v", len(folders), err)
	}
	for _, f := range folders {
		names = append(names, filepath.Base(filepath.Dir(f)))
	}
	return names
}

// TestABinaryHasInItWhatItsAreaNeeds: whatever is linked is read from disk and
// prepared at every start, used or not. For each package that weighs or costs
// something the table has the areas which have a use for it.
func TestABinaryHasInItWhatItsAreaNeeds(t *testing.T) {
	t.Parallel()
	linked := map[string][]string{}
	for _, area := range areas(t) {
		cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", "lambda.norpc", "./infra/aws/lambda/"+area)
		cmd.Dir, cmd.Env = top, append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", area, err)
		}
		for path := range strings.FieldsSeq(string(out)) {
			linked[path] = append(linked[path], area)
		}
	}
	if len(linked["net/http"]) < 10 {
		t.Fatal("nothing links net/http: is the list read rightly?")
	}
	const service = "github.com/aws/aws-sdk-go-v2/service/"
	for _, tt := range []struct{ path, want, why string }{
		{"github.com/danielgtaylor/huma/v2", "care companies documents expenses exports fleet imports inspections insurance locations odometer people settings tracking uploads webhooks", "it is for JSON routes; 0.3 ms"},
		{"html/template", "console workers", "where templates are executed the linker keeps all methods of all types; 4 to 6 MB. go-mail brings it and executes none"},
		{"text/template", "console workers", "as html/template"},
		{"github.com/wneessen/go-mail", "workers", "only who sends letters; 0.2 MB zipped"},
		{"github.com/go-pdf/fpdf", "inspections ticks", "only who prints, with the fonts; 0.4 MB zipped"},
		{"image/png", "console inspections ticks uploads", "only who looks at pictures or prints"},
		{"github.com/bep/imagemeta", "console inspections uploads", "only who looks at pictures"},
		{"golang.org/x/image/draw", "console inspections uploads", "only who draws pictures anew"},
		{"golang.org/x/text/secure/precis", "workers", "go-mail has it for passwords of SMTP"},
		{service + "s3", "console documents exports fleet imports inspections people ticks uploads workers", "only who hands out files or keeps them"},
		{service + "sesv2", "workers", "only who sends letters"},
		{service + "sesv2/schemas", "", "as dynamodb/schemas; 0.8 ms"},
		{service + "s3/schemas", "", "as dynamodb/schemas"},
		{"net/rpc", "", "as html/template; the tag lambda.norpc leaves it out"},
		{service + "kms", "care companies console documents expenses exports fleet imports inspections insurance locations odometer people settings steps ticks tracking uploads webhooks workers", "only who seals or opens secrets; 0.1 ms"},
		{service + "sqs", "care console exports imports people steps ticks webhooks workers", "only who sends; 0.1 ms"},
		{service + "sfn", "steps workers", "only who begins retries, or answers them; 0.1 ms"},
		{service + "dynamodb/schemas", "", "made before main for every operation there is; 0.6 ms (decision 0025)"},
		{service + "kms/schemas", "", "as dynamodb/schemas; 0.3 ms"},
		{service + "sqs/schemas", "", "as dynamodb/schemas; 0.1 ms"},
		{"github.com/aws/aws-sdk-go-v2/config", "", "the account is made by hand; 2 MB"},
		{"time/tzdata", "care console documents expenses exports fleet imports inspections insurance locations operator people settings steps ticks uploads webhooks workers", "a Lambda has no time zones, and without them all is UTC; 0.1 MB zipped"},
		{"motorpool/functions", "", "it lists every area"},
		{"motorpool/functions/console", "console", "templates, scripts and styles"},
		{"github.com/yuin/goldmark", "", "guides are rendered when they are written; 0.6 MB"},
		{"github.com/bojanz/currency", "", "package money has its list; 0.8 ms"},
		{"github.com/prometheus/client_golang/prometheus", "", "for the machine"},
		{"go.etcd.io/bbolt", "", "for the machine"},
	} {
		if got := linked[tt.path]; !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s is in the binaries of %v, want %q: %s", tt.path, got, tt.want, tt.why)
		}
	}
}

// TestAZipIsSmall weighs what make build has left; make check builds first. A
// process of its own does it, because deflating takes minutes under the race
// detector.
func TestAZipIsSmall(t *testing.T) {
	t.Parallel()
	args := []string{"run", ".", "-zips"}
	for _, area := range areas(t) {
		path := filepath.Join(top, "build", area, "bootstrap")
		switch _, err := os.Stat(path); {
		case os.IsNotExist(err) && os.Getenv("CI") == "true":
			t.Errorf("%s is not built: make build", area)
		case os.IsNotExist(err):
			t.Skipf("SKIPPED, NOT TESTED: %s is not built. Run make build, then this test again.", area)
		}
		args = append(args, path)
	}
	if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestTheMedianIsTheMiddle(t *testing.T) {
	t.Parallel()
	d := durations{5, 1, 4, 2, 3}
	if d.quantile(50) != 3 || d.quantile(99) != 4 || d.quantile(100) != 5 || (durations{}).quantile(50) != 0 {
		t.Errorf("got %v, %v, %v", d.quantile(50), d.quantile(99), d.quantile(100))
	}
}
