//go:build cdk

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// differences are the paths at which two documents differ.
func differences(path string, want, got any) (all []string) {
	w, isMap := want.(document)
	g, ok := got.(document)
	if !isMap || !ok {
		if !reflect.DeepEqual(want, got) {
			all = append(all, fmt.Sprintf("%s: %v → %v", path, want, got))
		}
		return all
	}
	keys := maps.Clone(w)
	maps.Copy(keys, g)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		all = append(all, differences(path+"."+k, w[k], g[k])...)
	}
	return all
}

// TestEveryResourceIsDeployedAsTheTemplateSays: the CDK app adds, and changes
// nothing but where code is, the defaults of parameters, and what becomes of the
// data of a stage that is not kept.
func TestEveryResourceIsDeployedAsTheTemplateSays(t *testing.T) {
	kept := []string{".CodeUri:", ".DefinitionUri:", "Parameters.Stage.Default:", "Parameters.LogLevel.Default:", "Parameters.LogRetention.Default:", "Parameters.Tracing.Default:"}
	discarded := append(slices.Clone(kept), "Table.DeletionPolicy:", "Table.UpdateReplacePolicy:", "Table.Properties.DeletionProtectionEnabled:",
		"Key.DeletionPolicy:", "Key.UpdateReplacePolicy:", "Key.Properties.PendingWindowInDays:")
	want := written(t)
	for stage, may := range map[string][]string{"prod": kept, "staging": kept, "dev": discarded} {
		got := productOf(t, stage)
		for section, ours := range want {
			theirs := got[section]
			if all, isMap := ours.(document); isMap { // to which the app may add
				among := document{}
				for id := range all {
					among[id] = theirs.(document)[id]
				}
				theirs = among
			}
			for _, d := range differences(section, ours, theirs) {
				if section != "Description" && !slices.ContainsFunc(may, func(s string) bool { return strings.Contains(d, s) }) {
					t.Errorf("%s: %s", stage, d)
				}
			}
		}
		for name := range got["Parameters"].(document) {
			if _, ours := want["Parameters"].(document)[name]; !ours && name != "BootstrapVersion" {
				t.Errorf("%s: a parameter %s that template.yaml does not have", stage, name)
			}
		}
	}
}

// resourcesOf are those of a type, by logical id.
func resourcesOf(doc document, kind string) map[string]document {
	all := map[string]document{}
	for id, r := range doc["Resources"].(document) {
		if r := r.(document); r["Type"] == kind {
			properties, _ := r["Properties"].(document)
			all[id] = properties
		}
	}
	return all
}

// TestFunctionsOfAnAreaShareAnAsset: the folder is staged and uploaded once.
func TestFunctionsOfAnAreaShareAnAsset(t *testing.T) {
	def, keys := defined(t), map[string]string{}
	functions := resourcesOf(productOf(t, "prod"), "AWS::Serverless::Function")
	for _, f := range def.functions {
		at, _ := functions[f.id]["CodeUri"].(document)
		key, _ := at["Key"].(string)
		if !strings.HasSuffix(key, ".zip") || at["Bucket"] == nil {
			t.Fatalf("%s: CodeUri %v", f.id, functions[f.id]["CodeUri"])
		}
		if keys[f.area] != "" && keys[f.area] != key {
			t.Errorf("%s does not share its area's asset", f.id)
		}
		keys[f.area] = key
	}
	if len(keys) != len(def.areas) || len(def.areas) < 8 {
		t.Errorf("%d assets for the areas %v", len(keys), def.areas)
	}
	for id, m := range resourcesOf(productOf(t, "prod"), "AWS::Serverless::StateMachine") {
		at, _ := m["DefinitionUri"].(document)
		if key, _ := at["Key"].(string); !strings.HasSuffix(key, ".json") || len(m["DefinitionSubstitutions"].(document)) == 0 {
			t.Errorf("%s: %v", id, m)
		}
	}
}

// TestStagesDifferAsTheTableSays reads what a stage got, and the table.
func TestStagesDifferAsTheTableSays(t *testing.T) {
	for stage, k := range kinds {
		doc := productOf(t, stage)
		for name, want := range map[string]any{"Stage": stage, "LogLevel": k.logLevel, "LogRetention": k.logDays, "Tracing": k.tracing, "Domain": ""} {
			if is := doc["Parameters"].(document)[name].(document)["Default"]; is != want {
				t.Errorf("%s: %s is %v, not %v", stage, name, is, want)
			}
		}
		policy := map[bool]string{true: "Retain", false: "Delete"}[k.kept]
		for _, id := range []string{"Table", "Key"} {
			r := doc["Resources"].(document)[id].(document)
			if r["DeletionPolicy"] != policy || r["UpdateReplacePolicy"] != policy {
				t.Errorf("%s: %s: %v, %v; want %s", stage, id, r["DeletionPolicy"], r["UpdateReplacePolicy"], policy)
			}
		}
		if protected := resourcesOf(doc, "AWS::DynamoDB::Table")["Table"]["DeletionProtectionEnabled"]; protected != k.kept {
			t.Errorf("%s: the table's protection is %v", stage, protected)
		}
		if alarms := len(resourcesOf(doc, "AWS::CloudWatch::Alarm")); (alarms > 0) != k.alarms {
			t.Errorf("%s has %d alarms", stage, alarms)
		}
		if boards := len(resourcesOf(doc, "AWS::CloudWatch::Dashboard")); (boards == 1) != k.alarms {
			t.Errorf("%s has %d dashboards", stage, boards)
		}
		if limit := budgetOf(t, doc); limit != k.budget {
			t.Errorf("%s may spend %v, not %v", stage, limit, k.budget)
		}
	}
	if limit := budgetOf(t, synth(t, withDomain)["motorpool-prod"]); limit != 75.0 {
		t.Errorf("the operator's budget of 75 is %v", limit)
	}
}

func budgetOf(t *testing.T, doc document) any {
	t.Helper()
	b := resourcesOf(doc, "AWS::Budgets::Budget")["Budget"]
	if told := b["NotificationsWithSubscribers"].([]any); len(told) != 2 {
		t.Errorf("the budget tells %v", told)
	}
	return b["Budget"].(document)["BudgetLimit"].(document)["Amount"]
}

// TestNobodyMayDoEverything looks at every statement that allows something.
func TestNobodyMayDoEverything(t *testing.T) {
	// What the CDK brings along to hand a value from one region to another may
	// touch the parameters that it hands over, below /cdk/exports.
	known := []string{"CustomCrossRegionExportReaderCustomResourceProviderRole", "CustomCrossRegionExportWriterCustomResourceProviderRole"}
	for name, doc := range synth(t, withDomain) {
		for id, r := range doc["Resources"].(document) {
			if slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(id, k) }) {
				continue
			}
			for _, s := range statements(r) {
				said, err := json.Marshal([]any{s["Action"], s["Resource"]})
				if err != nil {
					t.Fatal(err)
				}
				// A stream is listed by its table; AWS takes no narrower resource. A
				// file is named when it comes: what may be done to the bucket itself is
				// said apart.
				text := strings.NewReplacer("${Table.Arn}/stream/*", "", "${Files.Arn}/*", "").Replace(string(said))
				if s["Effect"] != "Deny" && strings.Contains(text, "*") {
					t.Errorf("%s: %s: %s", name, id, said)
				}
			}
		}
	}
}

// statements are those of every policy within v.
func statements(v any) (all []document) {
	switch v := v.(type) {
	case document:
		if v["Effect"] != nil && v["Action"] != nil {
			all = append(all, v)
		}
		for _, inner := range v {
			all = append(all, statements(inner)...)
		}
	case []any:
		for _, inner := range v {
			all = append(all, statements(inner)...)
		}
	}
	return all
}
