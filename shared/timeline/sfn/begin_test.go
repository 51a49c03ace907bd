package sfn_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	service "github.com/aws/aws-sdk-go-v2/service/sfn"

	"motorpool/infra/emulators"
	"motorpool/shared/fault"
	"motorpool/shared/timeline"
	"motorpool/shared/timeline/sfn"
	"motorpool/shared/timeline/timelinetest"
)

const machineARN = "arn:aws:states:eu-west-1:123456789012:stateMachine:retry"

// refusals is a stand-in for Step Functions that refuses the first calls with an
// error code.
func refusals(t *testing.T, n int32, code string) (*sfn.Timeline, *atomic.Int32) {
	t.Helper()
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		if calls.Add(1) <= n {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, `{"__type":%q,"message":"as the test wants it"}`, code)
			return
		}
		fmt.Fprint(w, `{"executionArn":"arn","startDate":1}`)
	}))
	t.Cleanup(server.Close)
	client := service.NewFromConfig(emulators.Config(server.URL), func(o *service.Options) {
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = time.Millisecond })
	})
	return sfn.New(func() *service.Client { return client }, machineARN, timelinetest.Plan), &calls
}

func TestWhatStepFunctionsRefusesHasAMeaning(t *testing.T) {
	t.Parallel()
	run := timeline.Run{ID: "r", Input: json.RawMessage(`{}`), Wait: timelinetest.Plan[0]}
	for _, tt := range []struct {
		code  string
		times int32
		calls int32
		want  string // of the error; empty is none
	}{
		{"ThrottlingException", 2, 3, ""},
		{"ThrottlingException", 99, 3, "timeline.busy"},
		{"ExecutionLimitExceeded", 99, 1, "timeline.busy"},
		{"ExecutionAlreadyExists", 99, 1, ""},
		{"StateMachineDoesNotExist", 99, 1, "internal"},
	} {
		tl, calls := refusals(t, tt.times, tt.code)
		err := tl.Begin(t.Context(), run)
		if got := calls.Load(); got != tt.calls {
			t.Errorf("%s %d times: %d calls, want %d", tt.code, tt.times, got, tt.calls)
		}
		switch {
		case tt.want == "" && err != nil, tt.want != "" && (err == nil || fault.CodeOf(err) != tt.want):
			t.Errorf("%s %d times: got %v, want %q", tt.code, tt.times, err, tt.want)
		case tt.want == "timeline.busy" && fault.KindOf(err) != fault.Unavailable:
			t.Errorf("%s: got kind %d, want fault.Unavailable", tt.code, fault.KindOf(err))
		}
	}
}

func TestAServiceThatCannotBeReachedIsUnavailable(t *testing.T) {
	t.Parallel()
	client := service.NewFromConfig(emulators.Config("http://127.0.0.1:1"), func(o *service.Options) { o.RetryMaxAttempts = 1 })
	tl := sfn.New(func() *service.Client { return client }, machineARN, timelinetest.Plan)
	err := tl.Begin(t.Context(), timeline.Run{ID: "r", Input: json.RawMessage(`{}`), Wait: timelinetest.Plan[0]})
	if fault.KindOf(err) != fault.Unavailable || strings.Contains(err.(*fault.Error).Message, "127.0.0.1") { //nolint:errorlint // its own
		t.Errorf("got %v, want fault.Unavailable without an address in its message", err)
	}
}
