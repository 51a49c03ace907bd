//go:build cdk

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestCommandsOnThePageAreOnesOfAWS holds every command of the AWS CLI on the
// deploy page to AWS's description of its services.
func TestCommandsOnThePageAreOnesOfAWS(t *testing.T) {
	said := strings.Split(strings.TrimSpace(string(python(t, page(t), "testdata/commands.py"))), "\n")
	last := len(said) - 1
	if n, err := strconv.Atoi(said[last]); err != nil || n < 30 {
		t.Errorf("%q commands were found (%v)", said[last], err)
	}
	for _, wrong := range said[:last] {
		t.Error(wrong)
	}
}

// TestThePageNamesWhatIsThere: outputs, stages, files and headings that it
// refers to.
func TestThePageNamesWhatIsThere(t *testing.T) {
	text := string(page(t))
	outputs := productOf(t, "prod")["Outputs"].(document)
	for _, m := range regexp.MustCompile(`\$\(out ([A-Za-z]+)\)`).FindAllStringSubmatch(text, -1) {
		if outputs[m[1]] == nil {
			t.Errorf("there is no output %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(text, -1) {
		path, anchor, _ := strings.Cut(m[1], "#")
		if strings.HasPrefix(path, "https://") {
			continue
		}
		if path != "" {
			if _, err := os.Stat(filepath.Join(top, "infra/aws", path)); err != nil && path != "cost" { // which another command writes
				t.Errorf("there is no %s", path)
			}
		} else if !strings.Contains(text, `<a id="`+anchor+`">`) && !headings(text)[anchor] {
			t.Errorf("there is no heading #%s", anchor)
		}
	}
	for _, k := range kinds {
		for _, said := range []string{strconv.Itoa(int(k.logDays)) + " days", "$" + strconv.Itoa(int(k.budget)), k.logLevel} {
			if !strings.Contains(text, said) {
				t.Errorf("the page's table of stages lacks %q", said)
			}
		}
	}
}

// TestThePageKnowsWhatAlarmsCost: AWS counts the metrics that alarms read.
func TestThePageKnowsWhatAlarmsCost(t *testing.T) {
	alarms, metrics := resourcesOf(productOf(t, "prod"), "AWS::CloudWatch::Alarm"), 0
	for _, a := range alarms {
		metrics += len(readBy(t, a))
	}
	want := fmt.Sprintf("%d alarms, which read %d metrics at $0.10 (`prod`, `staging`) | $%.2f", len(alarms), metrics, float64(metrics)/10)
	if !strings.Contains(string(page(t)), want) {
		t.Errorf("the page does not say: %s", want)
	}
}

// headings are a page's, as links name them.
func headings(text string) map[string]bool {
	all := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(text, -1) {
		plain := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(m[1]), "")
		all[strings.ReplaceAll(plain, " ", "-")] = true
	}
	return all
}

func page(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, runbook))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
