package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// Authenticator says whose token it is. apikey.Service and session.Service are.
type Authenticator interface {
	Authenticate(ctx context.Context, token string, at time.Time) (access.Actor, error)
}

// SessionCookieName is the cookie that carries a session.
const SessionCookieName = "mp_session"

// Doors is a Who that knows API keys and sessions: KeyDoor takes a bearer key,
// SessionDoor a session cookie.
func Doors(keys, sessions Authenticator, now func() time.Time) func(*http.Request, Door) (access.Actor, error) {
	return func(r *http.Request, door Door) (access.Actor, error) {
		switch door {
		case KeyDoor:
			token, ok := bearer(r)
			if !ok {
				return access.Actor{}, fault.New(fault.Unauthenticated, "auth.missing", "Send an API key: Authorization: Bearer mp_….")
			}
			return keys.Authenticate(r.Context(), token, now().UTC())
		case SessionDoor:
			token := sessionToken(r)
			if token == "" {
				return access.Actor{}, fault.New(fault.Unauthenticated, "auth.session", "You are signed out. Sign in again.")
			}
			return sessions.Authenticate(r.Context(), token, now().UTC())
		}
		return access.Actor{}, nil
	}
}

func bearer(r *http.Request) (string, bool) {
	all := r.Header.Values("Authorization")
	if len(all) != 1 {
		return "", false
	}
	scheme, token, ok := strings.Cut(all[0], " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(token) != ""
}

func sessionToken(r *http.Request) string {
	if c, err := r.Cookie(SessionCookieName); err == nil {
		return c.Value
	}
	return ""
}

// SessionToken is the session's token that came with the call, for signing out;
// empty if none came.
func (c *Call) SessionToken() string { return sessionToken(c.HTTP) }

// SessionCookie is the Set-Cookie header that gives token to the caller's
// browser until ends; an empty token takes it away.
func (c *Call) SessionCookie(token string, ends time.Time) string {
	cookie := http.Cookie{Name: SessionCookieName, Value: token, Path: "/", Expires: ends, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.https()}
	if token == "" {
		cookie.Expires, cookie.MaxAge = time.Time{}, -1
	}
	return cookie.String()
}

// Origin is how the caller addresses us: "https://pool.example.com".
func (c *Call) Origin() string {
	if c.https() {
		return "https://" + c.HTTP.Host
	}
	return "http://" + c.HTTP.Host
}

// API is where programs address us, for examples that people copy. It is Origin
// unless the deployment has another host for /v1.
func (c *Call) API() string {
	if c.api != "" {
		return c.api
	}
	return c.Origin()
}

func (c *Call) https() bool {
	return c.HTTP.TLS != nil || c.HTTP.Header.Get("X-Forwarded-Proto") == "https"
}
