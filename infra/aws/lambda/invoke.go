package lambda

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"runtime/debug"
	"sync"
	"time"

	awslambda "github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambda/messages"

	"motorpool/shared/app"
)

// Local is the functions of an area in this process, on a product that is wired
// already: for whoever plays AWS's part on one machine. It is safe for
// concurrent use.
type Local struct {
	area    Area
	product product

	mu    sync.Mutex
	ready map[string]awslambda.Handler
}

// NewLocal makes nothing but the functions: the product, its clock and its log
// are the caller's.
func NewLocal(area Area, wired *app.App, now func() time.Time, log *slog.Logger) *Local {
	l := &Local{area: area, ready: map[string]awslambda.Handler{}}
	l.product.getenv, l.product.now, l.product.log = os.Getenv, now, log
	l.product.once.Do(func() { l.product.app = wired })
	return l
}

// Invoke calls the function that _HANDLER would name with an event as AWS sends
// it, and returns its answer. Event and answer pass through the code that the
// bootstraps have. An error is a messages.InvokeResponse_Error, by value: what
// the runtime would report of the function's error or panic.
func (l *Local) Invoke(ctx context.Context, name string, event json.RawMessage) (answer json.RawMessage, err error) {
	h, err := l.function(name)
	if err != nil {
		return nil, failure(err)
	}
	defer func() {
		if p := recover(); p != nil {
			l.product.log.ErrorContext(ctx, "function panicked", "function", name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			answer, err = nil, messages.InvokeResponse_Error{Type: typeName(p), Message: fmt.Sprint(p), ShouldExit: true}
		}
	}()
	if answer, err = h.Invoke(ctx, event); err != nil {
		return nil, failure(err)
	}
	return answer, nil
}

func (l *Local) function(name string) (awslambda.Handler, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if h, ok := l.ready[name]; ok {
		return h, nil
	}
	f, err := l.area.function(&l.product, name)
	if err != nil {
		return nil, err
	}
	l.ready[name] = awslambda.NewHandler(f)
	return l.ready[name], nil
}

// failure is what the runtime makes of an error: only an InvokeResponse_Error,
// and only by value, keeps its name; any other is called by its Go type.
func failure(err error) messages.InvokeResponse_Error {
	if named, ok := err.(messages.InvokeResponse_Error); ok { //nolint:errorlint // as the runtime does
		return named
	}
	return messages.InvokeResponse_Error{Type: typeName(err), Message: err.Error()}
}

func typeName(v any) string {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}
