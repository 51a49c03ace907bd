package inbox

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"motorpool/shared/fault"
)

// Serve receives r for the inbox that token opens and answers as that inbox was
// told to. A page that shares the address with senders hands over to it whatever
// WantsPage does not claim.
func (s *Service) Serve(w http.ResponseWriter, r *http.Request, token string, at time.Time) {
	i, err := s.Receive(r.Context(), token, Snapshot(r), at)
	if err != nil {
		refuse(w, err)
		return
	}
	wait := time.NewTimer(i.Delay)
	defer wait.Stop()
	select {
	case <-wait.C:
		say(w, i.Status, "Received.")
	case <-r.Context().Done():
	}
}

// refuse tells a sender why nothing was kept. Senders are machines of strangers:
// they get a status and a sentence.
func refuse(w http.ResponseWriter, err error) {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case ok && f.Kind == fault.NotFound:
		say(w, http.StatusNotFound, f.Message)
	case ok && f.Kind == fault.TooMany:
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(f.After/time.Second))))
		say(w, http.StatusTooManyRequests, f.Message)
	default:
		say(w, http.StatusServiceUnavailable, "This test URL cannot take requests just now. Try again in a moment.")
	}
}

func say(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(words + "\n")) // 204 and 304 have no body, and net/http leaves it out
}
