package lists

import (
	"errors"

	"motorpool/functions/console/look"
	"motorpool/shared/fault"
	"motorpool/shared/importing"
)

// sentenceOf is what a fault says to people.
func sentenceOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Message
	}
	return "This did not work. Try again."
}

func importBadge(s importing.State) look.Badge {
	switch s {
	case importing.Reading:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Being read"}
	case importing.Mapping:
		return look.Badge{Tone: "warn", Icon: "edit", Text: "Waits for you"}
	case importing.Checking:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Dry run"}
	case importing.Checked:
		return look.Badge{Tone: "warn", Icon: "eye", Text: "Waits for you"}
	case importing.Applying:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Being imported"}
	case importing.Applied:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Imported"}
	case importing.Cancelling:
		return look.Badge{Icon: "stop", Text: "Being cancelled"}
	case importing.Cancelled:
		return look.Badge{Icon: "stop", Text: "Cancelled"}
	}
	return look.Badge{Tone: "bad", Icon: "cross", Text: "Failed"}
}

// outcomes is what became of rows, or would, in the words of a list.
func outcomes(c importing.Counts, would bool) []look.Pair {
	verb := map[bool][2]string{true: {"Would be added", "Would be changed"}, false: {"Added", "Changed"}}[would]
	return []look.Pair{
		{Name: verb[0], Value: look.Count(c.Created, "vehicle", "vehicles")},
		{Name: verb[1], Value: look.Count(c.Updated, "vehicle", "vehicles")},
		{Name: "Nothing to do", Value: look.Count(c.Unchanged, "row", "rows")},
		{Name: "Refused", Value: look.Count(c.Failed, "row", "rows")},
		{Name: "Worth a second look", Value: look.Count(c.Warned, "row", "rows")},
	}
}
