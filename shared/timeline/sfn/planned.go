package sfn

import (
	"strings"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// Planned reports whether err is how Answer tells the state machine of a failed
// attempt: an error to Lambda, but work well done.
func Planned(err error) bool {
	named, ok := err.(messages.InvokeResponse_Error) //nolint:errorlint // by value, as the runtime does
	number, attempt := strings.CutPrefix(named.Type, "Attempt")
	return ok && (named.Type == longerWait || attempt && strings.HasSuffix(number, "Failed"))
}
