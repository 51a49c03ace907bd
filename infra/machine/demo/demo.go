// Package demo fills an empty workspace with a believable fleet and what is done
// to it, with customers and their documents, and with webhook endpoints that
// point at test inboxes of the product itself.
//
// It is an ordinary client of the public API: what it can make, anybody can.
// Filling a workspace that has vehicles does nothing.
package demo

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"motorpool/infra/machine/client"
)

// Fill makes the demo data through the API at url with a key that holds all
// permissions.
func Fill(ctx context.Context, url, key string) error {
	c := &story{Client: client.Client{URL: url, Key: key, HTTP: http.DefaultClient}, ctx: ctx, assets: map[string]string{}}
	var assets struct{ Data []any }
	c.call(http.MethodGet, "/v1/assets?limit=1", nil, &assets)
	if c.err != nil || len(assets.Data) > 0 {
		return c.err
	}
	c.endpoint("Operations inbox", []string{"*"}, 200)
	c.endpoint("CRM sync (this one fails, to show retries)", []string{"asset.archived", "category.*"}, 503)
	c.fleet()
	c.care()
	c.customers()
	return c.err
}

// story latches the first error, so that it is not drowned in checks.
type story struct {
	client.Client
	ctx    context.Context
	assets map[string]string // by fleet number
	began  time.Time         // when the first of them was made
	err    error
}

// endpoint makes a test URL that answers status, and an endpoint that points at it.
func (c *story) endpoint(description string, events []string, status int) {
	var inbox struct{ ID, URL string }
	c.call(http.MethodPost, "/v1/webhook-test-urls", map[string]any{}, &inbox)
	if status != http.StatusOK {
		c.call(http.MethodPatch, "/v1/webhook-test-urls/"+inbox.ID, map[string]any{"status": status}, nil)
	}
	c.call(http.MethodPost, "/v1/webhook-endpoints", map[string]any{"url": inbox.URL, "description": description, "events": events}, nil)
}

func (c *story) fleet() {
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
	var homes []string
	for _, name := range []string{"Sydney Airport", "Parramatta"} {
		var made struct{ ID string }
		c.call(http.MethodPost, "/v1/locations", map[string]any{"name": name}, &made)
		homes = append(homes, made.ID)
	}
	for i, v := range vehicles {
		var made struct {
			ID, Number string
			Created    time.Time `json:"created_at"`
		}
		c.call(http.MethodPost, "/v1/assets", v.body(i, ids[v.category], homes[i%len(homes)]), &made)
		c.assets[made.Number] = made.ID
		if i == 0 {
			c.began = made.Created
		}
		if v.bookable {
			c.call(http.MethodPost, "/v1/assets/"+made.ID+"/enable-booking", map[string]any{}, nil)
		}
		if v.sold {
			c.call(http.MethodPost, "/v1/assets/"+made.ID+"/archive", map[string]any{}, nil)
		}
	}
}

func (c *story) call(method, path string, in, out any) {
	if c.err != nil {
		return
	}
	if err := c.Call(c.ctx, method, path, in, out); err != nil {
		c.err = fmt.Errorf("demo data: %w", err)
	}
}
