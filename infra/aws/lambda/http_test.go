package lambda

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// gateway makes of a request what API Gateway makes of it (payload format 2.0).
func gateway(r *http.Request) request {
	in := request{
		Version: "2.0", RawPath: r.URL.EscapedPath(), RawQueryString: r.URL.RawQuery, Headers: map[string]string{},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			Stage: "$default", DomainName: r.Host,
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{Method: r.Method, Path: r.URL.Path, SourceIP: "192.0.2.7"},
		},
	}
	for name, values := range r.Header {
		if name == "Cookie" {
			in.Cookies = strings.Split(strings.Join(values, "; "), "; ")
			continue
		}
		in.Headers[strings.ToLower(name)] = strings.Join(values, ",")
	}
	if r.Host != "" {
		in.Headers["host"] = r.Host
	}
	body, _ := io.ReadAll(r.Body)
	in.Body = string(body)
	if !utf8.Valid(body) {
		in.Body, in.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	return in
}

// echo tells everything that a handler can see of a request.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	seen := map[string]any{
		"method": r.Method, "path": r.URL.Path, "escaped": r.URL.EscapedPath(), "query": r.URL.Query(), "uri": r.RequestURI, "host": r.Host,
		"id": r.PathValue("id"), "header": r.Header, "body": body, "length": r.ContentLength, "read": err == nil, "proto": r.Proto,
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(seen)
}

func mux() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("/{$}", echo)
	m.HandleFunc("/v1/things/{id}", echo)
	m.HandleFunc("/inbox/{id}", echo)
	return m
}

// TestARequestLooksAsItDoesToNetHTTP sends each request through a real server
// and through the adapter, and compares what the handler saw.
func TestARequestLooksAsItDoesToNetHTTP(t *testing.T) {
	var seen *http.Request
	var body []byte
	handler := mux()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		seen = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
		handler.ServeHTTP(w, r)
	}))
	defer srv.Close()
	for _, tt := range []struct{ name, method, path, body, headers string }{
		{"a read", "GET", "/v1/things/7", "", ""},
		{"a query with repeats, blanks and escapes", "GET", "/v1/things/7?a=1&a=2&b=&c=x%20y%2Bz&d=%F0%9F%9A%97", "", ""},
		{"an escaped slash stays in its segment", "GET", "/v1/things/a%2Fb", "", ""},
		{"unicode in the path", "GET", "/v1/things/%C3%A9t%C3%A9", "", ""},
		{"JSON", "POST", "/v1/things/7", `{"name":"é"}`, "Content-Type: application/json"},
		{"bytes that are not text", "POST", "/inbox/7", "\x00\xff\xfe\x80", "Content-Type: application/octet-stream"},
		{"cookies", "GET", "/", "", "Cookie: a=1; b=2"},
		{"a header twice", "GET", "/", "", "Accept: text/html\nAccept: text/plain"},
		{"an ETag", "PATCH", "/v1/things/7", "{}", "If-Match: \"3\""},
		{"no such path", "GET", "/nowhere", "", ""},
		{"no such path, escaped", "GET", "/%2e%2e/%00", "", ""},
		{"a delete", "DELETE", "/v1/things/7", "", ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, srv.URL+tt.path, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(tt.headers) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			r.Header.Add(name, value)
		}
		res, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := io.ReadAll(res.Body)
		res.Body.Close()

		seen.Body = io.NopCloser(bytes.NewReader(body))
		again, err := newRequest(t.Context(), gateway(seen))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got := serveHTTP(handler, again)
		if got.StatusCode != res.StatusCode || joined(got.Body) != joined(string(want)) {
			t.Errorf("%s: got %d %s\nwant %d %s", tt.name, got.StatusCode, got.Body, res.StatusCode, want)
		}
		if got.Headers["Content-Type"] != res.Header.Get("Content-Type") {
			t.Errorf("%s: got content type %q, want %q", tt.name, got.Headers["Content-Type"], res.Header.Get("Content-Type"))
		}
	}
}

// joined forgives the one thing API Gateway does not keep: whether two values
// of a header came in one line or in two.
func joined(body string) string {
	return strings.ReplaceAll(body, `"text/html","text/plain"`, `"text/html,text/plain"`)
}

func TestAStageIsNotPartOfThePath(t *testing.T) {
	for _, tt := range []struct{ stage, raw, want string }{
		{"$default", "/v1/things", "/v1/things"},
		{"prod", "/prod/v1/things", "/v1/things"},
		{"prod", "/prod", "/"},
		{"prod", "/production/v1", "/production/v1"},
		{"v1", "/v1/v1/things", "/v1/things"},
		{"$default", "", "/"},
		{"$default", "/a%zz", "/a%zz"},
	} {
		in := request{RawPath: tt.raw, RequestContext: events.APIGatewayV2HTTPRequestContext{Stage: tt.stage}}
		if got := address(in).Path; got != tt.want {
			t.Errorf("stage %s, path %s: got %s, want %s", tt.stage, tt.raw, got, tt.want)
		}
	}
}

func TestAnAnswerInAPIGatewaysForm(t *testing.T) {
	for _, tt := range []struct {
		name   string
		handle http.HandlerFunc
		want   response
	}{
		{"nothing written", func(http.ResponseWriter, *http.Request) {}, response{StatusCode: 200}},
		{"a status alone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, response{StatusCode: 204}},
		{"the first status counts", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(103)
			w.WriteHeader(404)
			w.WriteHeader(200)
		}, response{StatusCode: 404}},
		{"a header after the status is too late", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204); w.Header().Set("X-Late", "1") }, response{StatusCode: 204}},
		{
			"text is recognised", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<!doctype html><p>é")) },
			response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/html; charset=utf-8"}, Body: "<!doctype html><p>é"},
		},
		{
			"bytes travel in base 64", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "image/png")
				w.Write([]byte{0x89, 0xff})
			},
			response{StatusCode: 200, Headers: map[string]string{"Content-Type": "image/png"}, Body: "if8=", IsBase64Encoded: true},
		},
		{"cookies apart, other repeats joined", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Set-Cookie"] = []string{"a=1, x", "b=2"}
			w.Header()["Vary"] = []string{"Accept", "Cookie"}
			w.WriteHeader(303)
		}, response{StatusCode: 303, Headers: map[string]string{"Vary": "Accept, Cookie"}, Cookies: []string{"a=1, x", "b=2"}}},
	} {
		got := serveHTTP(tt.handle, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
		if got.StatusCode != tt.want.StatusCode || got.Body != tt.want.Body || got.IsBase64Encoded != tt.want.IsBase64Encoded ||
			!maps.Equal(got.Headers, tt.want.Headers) || strings.Join(got.Cookies, "|") != strings.Join(tt.want.Cookies, "|") {
			t.Errorf("%s: got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}

// TestThePayloadOfAWSsDocumentation reads the example of payload format 2.0.
func TestThePayloadOfAWSsDocumentation(t *testing.T) {
	const payload = `{"version":"2.0","routeKey":"$default","rawPath":"/my/path","rawQueryString":"parameter1=value1&parameter1=value2&parameter2=value",
	"cookies":["cookie1","cookie2"],"headers":{"header1":"value1","header2":"value1,value2"},
	"requestContext":{"accountId":"123456789012","apiId":"api-id","domainName":"id.execute-api.us-east-1.amazonaws.com","domainPrefix":"id",
	"http":{"method":"POST","path":"/my/path","protocol":"HTTP/1.1","sourceIp":"2001:db8::1","userAgent":"agent"},"requestId":"id","routeKey":"$default","stage":"$default","time":"12/Mar/2020:19:03:58 +0000","timeEpoch":1583348638390},
	"body":"SGVsbG8gZnJvbSBMYW1iZGE=","isBase64Encoded":true}`
	var in request
	if err := json.Unmarshal([]byte(payload), &in); err != nil {
		t.Fatal(err)
	}
	r, err := newRequest(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(r.Body)
	got := []string{r.Method, r.URL.String(), r.Host, r.RemoteAddr, r.Header.Get("Header2"), r.Header.Get("Cookie"), string(body)}
	want := []string{"POST", "/my/path?parameter1=value1&parameter1=value2&parameter2=value", "id.execute-api.us-east-1.amazonaws.com", "[2001:db8::1]:0", "value1,value2", "cookie1; cookie2", "Hello from Lambda"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func FuzzRequest(f *testing.F) {
	f.Add("GET", "/v1/things/7", "a=1&a=2", "body", "text/plain", false)
	f.Add("POST", "/%zz", "%zz=;", "aGk=", "a\r\nb", true)
	f.Add("", "", "", "!", "", true)
	f.Add("B AD", "//host/path?x#y", "#", "\xff", "\x00", false)
	handler := mux()
	f.Fuzz(func(t *testing.T, method, path, query, body, header string, b64 bool) {
		in := request{RawPath: path, RawQueryString: query, Body: body, IsBase64Encoded: b64, Headers: map[string]string{"x-any": header}, Cookies: []string{header}}
		in.RequestContext.HTTP.Method, in.RequestContext.Stage = method, "prod"
		r, err := newRequest(t.Context(), in)
		if err != nil {
			return
		}
		if !strings.HasPrefix(r.URL.EscapedPath(), "/") || r.URL.Host != "" {
			t.Errorf("path %q became %q", path, r.URL)
		}
		out := serveHTTP(handler, r)
		if out.StatusCode < 200 || out.StatusCode > 599 {
			t.Errorf("answered %d", out.StatusCode)
		}
		if _, err := json.Marshal(out); err != nil {
			t.Error(err)
		}
	})
}

// TestBehindADomainTheHostIsTheDomain: a form that an older browser sends, which
// says nothing but Origin, comes from the site that the person sees.
func TestBehindADomainTheHostIsTheDomain(t *testing.T) {
	const api = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"
	for _, tt := range []struct{ base, host, origin, refused string }{
		{"https://pool.example.com", "pool.example.com", "https://pool.example.com", ""},
		{"https://pool.example.com", "pool.example.com", "https://other.example", "cross-origin"},
		{"https://" + api, api, "https://" + api, ""},
		{"", api, "https://" + api, ""},
	} {
		in := gateway(httptest.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+api+"/assets", nil))
		in.StageVariables = map[string]string{"base": tt.base}
		in.Headers["origin"] = tt.origin
		r, err := newRequest(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		err = http.NewCrossOriginProtection().Check(r)
		if r.Host != tt.host || (err == nil) != (tt.refused == "") {
			t.Errorf("base %q, origin %q: host %q, %v", tt.base, tt.origin, r.Host, err)
		}
	}
}
