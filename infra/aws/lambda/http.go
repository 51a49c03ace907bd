package lambda

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

type (
	request  = events.APIGatewayV2HTTPRequest
	response = events.APIGatewayV2HTTPResponse
)

// newRequest is what net/http would have made of the request that API Gateway
// took apart (payload format 2.0).
func newRequest(ctx context.Context, in request) (*http.Request, error) {
	body := []byte(in.Body)
	if in.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(in.Body); err != nil {
			return nil, fmt.Errorf("lambda: body: %w", err)
		}
	}
	about := in.RequestContext
	r, err := http.NewRequestWithContext(ctx, about.HTTP.Method, "/", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("lambda: request: %w", err)
	}
	r.URL = address(in)
	r.RequestURI = r.URL.RequestURI()
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
	r.RemoteAddr = net.JoinHostPort(about.HTTP.SourceIP, "0")
	for name, value := range in.Headers {
		r.Header.Set(name, value)
	}
	if len(in.Cookies) > 0 {
		r.Header.Set("Cookie", strings.Join(in.Cookies, "; "))
	}
	if r.Host = r.Header.Get("Host"); r.Host == "" {
		r.Host = about.DomainName
	}
	if host := domain(in); host != "" {
		r.Host = host
	}
	r.Header.Del("Host")
	return r, nil
}

// domain is the host by which the world knows the product, if it has one of its
// own. CloudFront is before it then, and cannot pass on what the client said:
// API Gateway finds an API by its host.
func domain(in request) string {
	base, err := url.Parse(in.StageVariables["base"])
	if err != nil || strings.Contains(base.Host, ".execute-api.") {
		return ""
	}
	return base.Host
}

// address is the path as the client wrote it, less the stage that API Gateway
// puts before it, and the query.
func address(in request) *url.URL {
	raw := in.RawPath
	if stage := in.RequestContext.Stage; stage != "$default" {
		if rest, ok := strings.CutPrefix(raw, "/"+stage); ok && (rest == "" || rest[0] == '/') {
			raw = rest
		}
	}
	if !strings.HasPrefix(raw, "/") {
		raw = "/" + raw
	}
	u := &url.URL{Path: raw, RawQuery: in.RawQueryString}
	if path, err := url.PathUnescape(raw); err == nil {
		u.Path, u.RawPath = path, raw
	}
	return u
}

// A recorder is the http.ResponseWriter that becomes a response.
type recorder struct {
	header, sent http.Header // as the handler sees it; as it was when the status was written
	status       int
	body         bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

// WriteHeader keeps the first final status, and the header as it is then.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status, w.sent = status, w.header.Clone()
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// response is the answer in API Gateway's form: cookies apart, several values
// of one header joined, bytes that are not text in base 64.
func (w *recorder) response() response {
	w.WriteHeader(http.StatusOK)
	if w.body.Len() > 0 && w.sent.Get("Content-Type") == "" {
		w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
	}
	out := response{StatusCode: w.status, Headers: map[string]string{}, Cookies: w.sent["Set-Cookie"], Body: w.body.String()}
	for name, values := range w.sent {
		if name != "Set-Cookie" {
			out.Headers[name] = strings.Join(values, ", ")
		}
	}
	if !utf8.Valid(w.body.Bytes()) {
		out.Body, out.IsBase64Encoded = base64.StdEncoding.EncodeToString(w.body.Bytes()), true
	}
	return out
}

// serveHTTP answers one request with h.
func serveHTTP(h http.Handler, r *http.Request) response {
	w := &recorder{header: http.Header{}}
	h.ServeHTTP(w, r)
	return w.response()
}
