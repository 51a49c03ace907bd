package webhook

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/timeline"
)

// Plan is how long Motorpool waits after each failed attempt of a round. There
// are no more attempts than that by themselves.
var Plan = timeline.Plan{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour}

// MaxAttempts is how many attempts a round has at the most.
var MaxAttempts = len(Plan) + 1

// wait returns how long to wait after attempt n of a round failed at an instant,
// in whole seconds, and whether the receiver made it longer. The last attempt is
// followed by none.
func wait(n int, retryAfter string, failed time.Time) (d time.Duration, longer, ok bool) {
	if n < 1 || n > len(Plan) {
		return 0, false, false
	}
	step := Plan[n-1]
	asked := min(requested(retryAfter, failed), 2*step)
	return max(step, asked), asked > step, true
}

// requested reads a Retry-After: seconds or an HTTP date. Garbage is no wait.
func requested(retryAfter string, from time.Time) time.Duration {
	text := strings.TrimSpace(retryAfter)
	if text == "" {
		return 0
	}
	if strings.Trim(text, "0123456789") == "" {
		const longest = 100 * 365 * 24 * time.Hour
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n > int64(longest/time.Second) {
			return longest // more digits than a number has: longer than any step
		}
		return time.Duration(n) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	return max(0, at.Sub(from)+time.Second-time.Nanosecond).Truncate(time.Second)
}
