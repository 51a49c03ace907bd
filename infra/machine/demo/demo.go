// Package demo fills an empty workspace with a believable fleet and with webhook
// endpoints that point at test inboxes of the product itself.
//
// It is an ordinary client of the public API: what it can make, anybody can.
// Filling a workspace that has vehicles does nothing.
package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Fill makes the demo data through the API at url with a key that holds all
// permissions.
func Fill(ctx context.Context, url, key string) error {
	c := &client{ctx: ctx, url: url, key: key}
	var assets struct{ Data []any }
	c.call(http.MethodGet, "/v1/assets?limit=1", nil, &assets)
	if c.err != nil || len(assets.Data) > 0 {
		return c.err
	}
	c.endpoint("Operations inbox", []string{"*"}, 200)
	c.endpoint("CRM sync (this one fails, to show retries)", []string{"asset.archived", "category.*"}, 503)
	c.fleet()
	return c.err
}

// client latches the first error, so that the story is not drowned in checks.
type client struct {
	ctx      context.Context
	url, key string
	err      error
}

// endpoint makes a test URL that answers status, and an endpoint that points at it.
func (c *client) endpoint(description string, events []string, status int) {
	var inbox struct{ ID, URL string }
	c.call(http.MethodPost, "/v1/webhook-test-urls", map[string]any{}, &inbox)
	if status != http.StatusOK {
		c.call(http.MethodPatch, "/v1/webhook-test-urls/"+inbox.ID, map[string]any{"status": status}, nil)
	}
	c.call(http.MethodPost, "/v1/webhook-endpoints", map[string]any{"url": inbox.URL, "description": description, "events": events}, nil)
}

func (c *client) fleet() {
	ids := map[string]string{}
	for _, cat := range categories {
		var made struct{ ID string }
		body := map[string]any{"name": cat.name, "description": cat.about}
		if cat.parent != "" {
			body["parent"] = ids[cat.parent]
		}
		c.call(http.MethodPost, "/v1/categories", body, &made)
		ids[cat.name] = made.ID
	}
	for i, v := range vehicles {
		var made struct{ ID string }
		c.call(http.MethodPost, "/v1/assets", v.body(i, ids[v.category]), &made)
		if v.bookable {
			c.call(http.MethodPost, "/v1/assets/"+made.ID+"/enable-booking", map[string]any{}, nil)
		}
		if v.sold {
			c.call(http.MethodPost, "/v1/assets/"+made.ID+"/archive", map[string]any{}, nil)
		}
	}
}

func (c *client) call(method, path string, in, out any) {
	if c.err != nil {
		return
	}
	if err := c.try(method, path, in, out); err != nil {
		c.err = fmt.Errorf("demo data: %s %s: %w", method, path, err)
	}
}

func (c *client) try(method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(c.ctx, method, c.url+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("%d %s", res.StatusCode, b)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(b, out)
}
