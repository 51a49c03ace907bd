package main

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/functions"
	"motorpool/infra/aws/seed"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// A maker makes the events about one world.
type maker struct {
	world *seed.World
	asks  map[string]ask
	doc   *huma.OpenAPI
}

func newMaker(w *seed.World) (*maker, error) {
	doc, err := rest.Describe(functions.Routes())
	return &maker{w, asks(w), doc}, err
}

// An ask is what a request says beyond its route.
type ask struct {
	at      string         // the value of the path's parameter
	query   string         // as it is sent
	version int64          // for If-Match; zero: not given
	body    map[string]any // JSON; what it leaves out is as the schema's examples say, unless bare
	bare    bool           // the body is this alone
	form    string         // as a browser posts it
	parts   string         // as a browser posts files: multipart, parted by filesBoundary
	session string         // instead of the first
}

const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// request is what an HTTP API sends to a route's function (payload format 2.0).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
func (m *maker) request(r api.Route) (any, error) {
	a := m.asks[r.Name]
	path, param, err := fill(r.Path, a.at)
	if err != nil {
		return nil, err
	}
	body, kind, err := m.body(&r, a)
	if err != nil {
		return nil, err
	}
	event := block{{"version", "2.0"}, {"routeKey", routeKey(r)}, {"rawPath", path}, {"rawQueryString", a.query}}
	if r.Door == api.SessionDoor || a.session != "" {
		event = append(event, entry{"cookies", []string{api.SessionCookieName + "=" + cmp.Or(a.session, m.world.Sessions[0])}})
	}
	event = append(event, entry{"headers", m.headers(r, a, kind, len(body))})
	if a.query != "" {
		q, err := url.ParseQuery(a.query)
		if err != nil {
			return nil, err
		}
		event = append(event, entry{"queryStringParameters", joined(q)})
	}
	event = append(event, entry{"requestContext", m.context(r, path, true)})
	encoded := kind != "" && kind != "application/json" // text and JSON come as they are, all else in base 64
	if encoded {
		body = base64.StdEncoding.EncodeToString([]byte(body))
	}
	if body != "" {
		event = append(event, entry{"body", body})
	}
	if param != nil {
		event = append(event, entry{"pathParameters", param})
	}
	return append(event, entry{"isBase64Encoded", encoded}, entry{"stageVariables", stageVariables}), nil
}

// question is what an HTTP API asks its authorizer (payload format 2.0).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
func (m *maker) question() (any, error) {
	r := api.Route{Name: "fleet.list_assets", Method: http.MethodGet, Path: "/v1/assets"}
	a := m.asks[r.Name]
	q, err := url.ParseQuery(a.query)
	if err != nil {
		return nil, err
	}
	return block{
		{"version", "2.0"},
		{"type", "REQUEST"},
		{"routeArn", arn("execute-api", apiID(r)+"/$default/GET/v1/assets")},
		{"identitySource", []string{"Bearer " + m.world.Key}},
		{"routeKey", routeKey(r)},
		{"rawPath", r.Path},
		{"rawQueryString", a.query},
		{"headers", m.headers(r, a, "", 0)},
		{"queryStringParameters", joined(q)},
		{"requestContext", m.context(r, r.Path, false)},
		{"stageVariables", stageVariables},
	}, nil
}

var stageVariables = block{{"base", seed.Base}, {"api", seed.API}}

// routeKey is the route as API Gateway names it.
func routeKey(r api.Route) string { return cmp.Or(r.Method, "ANY") + " " + gatewayPath(r.Path) }

// apiID tells which of the two APIs a route belongs to.
func apiID(r api.Route) string {
	if programs(r) {
		return "seed0api00"
	}
	return "seed0cons0"
}

// headers are those of the client and those that API Gateway adds, in lower case
// and without cookies, which payload format 2.0 has apart.
func (m *maker) headers(r api.Route, a ask, kind string, length int) map[string]string {
	h := map[string]string{
		"accept": "text/html,application/xhtml+xml", "accept-encoding": "gzip, deflate, br", "user-agent": agent,
		"content-length": strconv.Itoa(length), "host": strings.TrimPrefix(seed.Base, "https://"),
		"x-amzn-trace-id": fmt.Sprintf("Root=1-%x-%s", seed.Epoch.Unix(), digest("trace", r.Name)[:24]),
		"x-forwarded-for": "192.0.2.7", "x-forwarded-port": "443", "x-forwarded-proto": "https",
	}
	if programs(r) {
		h["accept"], h["user-agent"] = "application/json", "curl/8.14.1"
	}
	if programs(r) && r.Door == api.KeyDoor {
		h["authorization"] = "Bearer " + m.world.Key
	}
	if r.Door == api.SessionDoor && r.Method == http.MethodPost {
		h["origin"], h["sec-fetch-site"] = seed.Base, "same-origin"
	}
	if kind != "" {
		h["content-type"] = kind
	}
	if a.version > 0 {
		h["if-match"] = `"` + strconv.FormatInt(a.version, 10) + `"`
	}
	if programs(r) && r.Method == http.MethodPost {
		h["idempotency-key"] = uuid("idempotency", r.Name)
	}
	return h
}

// context is what API Gateway says of a request. authorized: with what the
// authorizer said of the caller, if the route has one.
func (m *maker) context(r api.Route, path string, authorized bool) block {
	h := m.headers(r, ask{}, "", 0)
	c := block{{"accountId", account}, {"apiId", apiID(r)}}
	if authorized && programs(r) && r.Door == api.KeyDoor {
		c = append(c, entry{"authorizer", block{{"lambda", api.ActorContext(m.world.Actor)}}})
	}
	raw, _ := hex.DecodeString(digest("request", r.Name)[:22]) // digits of a digest always decode
	return append(c, block{
		{"domainName", h["host"]},
		{"domainPrefix", strings.Split(h["host"], ".")[0]},
		{"http", block{
			{"method", cmp.Or(r.Method, http.MethodPost)},
			{"path", path},
			{"protocol", "HTTP/1.1"},
			{"sourceIp", h["x-forwarded-for"]},
			{"userAgent", h["user-agent"]},
		}},
		{"requestId", base64.URLEncoding.EncodeToString(raw)},
		{"routeKey", routeKey(r)},
		{"stage", "$default"},
		{"time", seed.Epoch.Format("02/Jan/2006:15:04:05 -0700")},
		{"timeEpoch", seed.Epoch.UnixMilli()},
	}...)
}

// fill puts the values of a path's parameters into it: "a" or, for two, "a/b".
func fill(path, at string) (string, map[string]string, error) {
	path = strings.TrimSuffix(path, "{$}")
	names := []string{}
	for part := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(part, "{") {
			names = append(names, part)
		}
	}
	values := strings.Split(at, "/")
	if at == "" {
		values = nil
	}
	if len(names) != len(values) {
		return "", nil, fmt.Errorf("say in invoke_asks.go what %s is about: %d values for %d parameters", path, len(values), len(names))
	}
	if len(names) == 0 {
		return path, nil, nil
	}
	param := map[string]string{}
	for i, name := range names {
		path = strings.Replace(path, name, url.PathEscape(values[i]), 1)
		param[strings.Trim(strings.TrimSuffix(name, "...}"), "{}")] = values[i]
	}
	return path, param, nil
}

// joined has the values of a repeated parameter in one, as API Gateway does.
func joined(q url.Values) map[string]string {
	all := map[string]string{}
	for name, values := range q {
		all[name] = strings.Join(values, ",")
	}
	return all
}

// body is a request's body and the kind it is of.
func (m *maker) body(r *api.Route, a ask) (text, kind string, err error) {
	if a.form != "" {
		return a.form, "application/x-www-form-urlencoded", nil
	}
	if a.parts != "" {
		return a.parts, "multipart/form-data; boundary=" + filesBoundary, nil
	}
	if !programs(*r) {
		if a.body == nil {
			return "", "", nil
		}
		raw, err := json.Marshal(a.body)
		return string(raw), "application/json", err
	}
	op := rest.OperationOf(m.doc, r)
	if op == nil || op.RequestBody == nil {
		return "", "", nil
	}
	said, err := m.said(op.RequestBody.Content["application/json"], a)
	if err != nil {
		return "", "", err
	}
	raw, err := json.Marshal(said)
	return string(raw), "application/json", err
}
