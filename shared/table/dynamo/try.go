package dynamo

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"motorpool/shared/fault"
)

const (
	attempts = 6
	patience = 4 * time.Second       // for one attempt
	pause    = 25 * time.Millisecond // before the second attempt, at the most; doubled each time
)

// once turns off the SDK's own retries: only who counts the attempts can tell a
// conflict with oneself from one with another.
func once(o *dynamodb.Options) { o.Retryer = aws.NopRetryer{} }

// try calls do until it succeeds or fails for good.
func try(ctx context.Context, do func(ctx context.Context, attempt int) error) (err error) {
	for attempt := range attempts {
		if attempt > 0 {
			sleep(ctx, rand.N(pause<<(attempt-1))+time.Millisecond)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		timed, cancel := context.WithTimeout(ctx, patience)
		err = do(timed, attempt)
		slow := timed.Err() != nil
		cancel()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !slow && !passes(err):
			return err
		}
	}
	return fault.New(fault.Unavailable, "table.busy", "The database is busy. Please try again in a moment.").Because(err)
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

var standard = retry.NewStandard()

// passes reports whether another attempt may go better.
func passes(err error) bool {
	if c, is := errors.AsType[*types.TransactionCanceledException](err); is {
		return collided(c)
	}
	api, answered := errors.AsType[smithy.APIError](err)
	_, called := errors.AsType[*smithy.OperationError](err)
	switch {
	case !called:
		return false // not DynamoDB's, but what we made of it
	case !answered:
		return true // no answer, or not the whole of it: the line broke
	case api.ErrorCode() == "TransactionConflictException":
		return true // by its name: not every operation of the SDK has the type
	}
	return standard.IsErrorRetryable(err)
}

// collided reports whether a transaction met another one or was throttled, so
// that what it says about its conditions is not the whole truth.
func collided(c *types.TransactionCanceledException) bool {
	return slices.ContainsFunc(c.CancellationReasons, func(r types.CancellationReason) bool {
		switch aws.ToString(r.Code) {
		case "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded":
			return true
		}
		return false
	})
}
