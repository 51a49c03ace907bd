package assets

import (
	"maps"
	"slices"
	"strings"

	"motorpool/functions/console/page"
	"motorpool/shared/fault"
)

// customText writes fields of the operator's own as the form takes them: one a
// line. A value's further lines are set in.
func customText(fields map[string]string) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		value := strings.ReplaceAll(fields[name], "\r\n", "\n")
		lines = append(lines, name+": "+strings.ReplaceAll(value, "\n", "\n  "))
	}
	return strings.Join(lines, "\n")
}

// custom reads what customText writes. A line that ends at its name takes the
// field away.
func custom(lines string, bad *fault.Error) map[string]string {
	wrong := func(reason string) map[string]string {
		bad.Fields = append(bad.Fields, fault.Field{Name: "custom_fields", Reason: reason})
		return nil
	}
	fields, last := map[string]string{}, ""
	for line := range strings.Lines(lines) {
		line = strings.TrimRight(line, "\r\n")
		name, value, parted := strings.Cut(line, ":")
		name = page.Trim(name)
		_, twice := fields[name]
		switch {
		case page.Trim(line) == "":
		case last != "" && strings.TrimLeft(line, " \t") != line:
			fields[last] += "\n" + page.Trim(line)
		case !parted || name == "":
			return wrong("Write each on a line of its own, with a colon: service_plan: gold.")
		case twice:
			return wrong("Name each once; " + name + " is there twice.")
		default:
			fields[name], last = page.Trim(value), name
		}
	}
	maps.DeleteFunc(fields, func(_, value string) bool { return value == "" })
	if len(fields) == 0 {
		return nil
	}
	return fields
}
