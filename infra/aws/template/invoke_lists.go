package main

import (
	"strings"

	"motorpool/infra/aws/seed"
)

// listAsks are about lists that come in, and lists that go out.
func listAsks(w *seed.World) map[string]ask {
	of := func(name string) string { return w.Imports[name+".csv"].ID }
	columns := w.Imports["to map.csv"].Mapping
	file := "--" + filesBoundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"fleet.csv\"\r\nContent-Type: text/csv\r\n\r\n" + seed.List() + "\r\n--" + filesBoundary + "--\r\n"
	return map[string]ask{
		"imports.apply_import":    {at: of("to apply")},
		"imports.cancel_import":   {at: of("to cancel")},
		"imports.check_import":    {at: of("to check")},
		"imports.create_import":   {bare: true, body: map[string]any{"kind": "assets", "file": w.Lists[0]}},
		"imports.get_errors_file": {at: of("to read")},
		"imports.get_import":      {at: of("to read")},
		"imports.list_fields":     {query: "kind=assets"},
		"imports.list_imports":    {query: "limit=20"},
		"imports.list_rows":       {at: of("to read"), query: "outcome=failed&limit=20"},
		"imports.map_columns":     {at: of("to map"), bare: true, body: map[string]any{"columns": columns}},
		"exports.create_export":   {bare: true, body: map[string]any{"list": "assets", "filters": map[string]any{"status": "available"}, "columns": []string{"number", "make", "model"}}},
		"exports.get_export":      {at: w.Exports["program"].ID},
		"exports.get_link":        {at: w.Exports["program"].ID},
		"exports.list_exports":    {query: "limit=20"},
		"exports.list_lists":      {},

		"console.export_create": {form: "list=assets&status=available"},
		"console.export_file":   {at: w.Exports["owner"].ID},
		"console.export_list":   {},
		"console.import_apply":  {at: of("to apply on its page")},
		"console.import_cancel": {at: of("to cancel on its page")},
		"console.import_check":  {at: of("to check on its page"), form: "columns=" + strings.Join(columns, "&columns=")},
		"console.import_create": {parts: file},
		"console.import_errors": {at: of("to read")},
		"console.import_list":   {},
		"console.import_page":   {at: of("to read")},
	}
}
