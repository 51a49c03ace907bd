// Package welcome opens a host for people: the flags that say how, what its first
// visitor should find, and the greeting that tells where everything is. The
// machine's command and infra/aws/local open alike.
package welcome

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"motorpool/infra/machine/demo"
	"motorpool/infra/machine/host"
	"motorpool/shared/ident"
	"motorpool/shared/workspace"
)

// Options say what a visitor should find.
type Options struct {
	Workspace string // name of the workspace that is made when there is none
	Owner     string // the e-mail address of whom the greeting's link lets in, as an Admin
	Key       string // an API key with all permissions in it; empty: none but the demonstration's
	Demo      bool   // fill an empty workspace
	Data      string // the directory that keeps the demonstration's API key, so that every start can print it
}

// Serve makes what must be there before the first request, serves until ctx
// ends, and greets on stdout once the host answers.
func Serve(ctx context.Context, h *host.Host, o Options, stdout io.Writer) error {
	ws, key, err := prepare(ctx, h, o)
	if err != nil {
		return errors.Join(err, h.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx) }()
	if err := greet(ctx, h, o, ws, key, stdout); err != nil {
		stop()
		return errors.Join(err, <-served)
	}
	return <-served
}

// prepare makes a workspace and, if asked for, a key that opens it.
func prepare(ctx context.Context, h *host.Host, o Options) (*workspace.Workspace, string, error) {
	at := h.Now()
	ws, err := h.Workspaces.First(ctx, workspace.Draft{Name: o.Workspace, Mode: workspace.Test, TimeZone: "Australia/Sydney"}, at)
	if err != nil {
		return nil, "", err
	}
	key := o.Key
	if key == "" && o.Demo {
		if key, err = demoKey(o.Data); err != nil {
			return nil, "", err
		}
	}
	if key != "" {
		name := "Demo key"
		if o.Key != "" {
			name = "Key of the command line"
		}
		_, err = h.Keys.Adopt(ctx, ws.ID, key, name, at)
	}
	return ws, key, err
}

// demoKey returns the demonstration's API key. Without one no key is ever kept.
func demoKey(dir string) (string, error) {
	path := filepath.Join(dir, "demo.key")
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		b = []byte("mp_test_" + ident.Secret())
		err = errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(path, b, 0o600))
	}
	return string(b), err
}

// greet fills in the demo data and says where everything is.
func greet(ctx context.Context, h *host.Host, o Options, ws *workspace.Workspace, key string, stdout io.Writer) error {
	if o.Demo {
		if err := demo.Fill(ctx, h.Address(), key); err != nil {
			return err
		}
	}
	_, link, err := h.LetIn(ctx, ws.ID, o.Owner, h.Now())
	if err != nil {
		return err
	}
	if key == "" {
		key = "make one under Settings, API keys, or start with -api-key"
	}
	fmt.Fprintf(stdout, greeting, ws.Name, ws.Mode, h.URL, h.URL, link, o.Owner, h.URL, key)
	return nil
}

const greeting = `
  Motorpool is ready: %s (%s)

  Console   %s/
  Sign in   %s/sign-in/%s   (as %s, once, within 60 minutes)
  API docs  %s/docs
  API key   %s

`
