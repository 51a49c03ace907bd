package queue

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"motorpool/shared/fault"
)

// Validate applies the limits that hold in every adapter. Adapters call it
// before they send anything, so that what one of them would refuse all refuse,
// and all of it.
func Validate(msgs []Message) error {
	for i, m := range msgs {
		if err := validate(m); err != nil {
			return err.Because(fmt.Errorf("message %d of %d", i, len(msgs)))
		}
	}
	return nil
}

func validate(m Message) *fault.Error {
	switch {
	case !validGroup(m.Group):
		return fault.New(fault.Invalid, "queue.group", "Name the message's group with 1 to %d visible ASCII characters.", MaxGroup).At("group")
	case m.Delay < 0 || m.Delay > MaxDelay:
		return fault.New(fault.Invalid, "queue.delay", "Delay a message by 0 to %s, not by %s.", MaxDelay, m.Delay).At("delay")
	case len(m.Body) > MaxBody:
		return fault.New(fault.Invalid, "queue.body", "Send at most %d bytes, not %d: ids, never documents.", MaxBody, len(m.Body)).At("body")
	case !json.Valid(m.Body) || !validText(m.Body):
		return fault.New(fault.Invalid, "queue.body", "Send a body of valid JSON in UTF-8.").At("body")
	}
	return nil
}

// validGroup admits what SQS admits as a MessageGroupId.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
func validGroup(name string) bool {
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' {
			return false
		}
	}
	return name != "" && len(name) <= MaxGroup
}

// validText refuses what SQS refuses in a body: anything but XML's characters.
// JSON has already excluded the control characters.
func validText(b []byte) bool {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if (r == utf8.RuneError && n == 1) || r == 0xFFFE || r == 0xFFFF {
			return false
		}
		b = b[n:]
	}
	return true
}
