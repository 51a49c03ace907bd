package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/infra/aws/seed"
	"motorpool/shared/api"
)

// invokeFolder holds one invocation of each function, as AWS makes it: what
// "sam local invoke" takes, and what infra/aws/lambda tests each function with.
const invokeFolder = "events/invoke/"

// The account in which the invocations happen; nobody has it.
const (
	account = "123456789012"
	region  = "eu-west-1"
	stack   = "motorpool-prod"
)

// invocations makes the events of all functions, by path from the top of the
// repository. They are about the world that package seed plants.
func invocations(areas []functions.Area) (files map[string][]byte, err error) {
	w, closing, err := world()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closing()) }()
	m, err := newMaker(w)
	if err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	defer func() {
		for name := range m.asks {
			if _, ok := files[invokeFolder+name+".json"]; !ok && err == nil {
				err = fmt.Errorf("invoke_asks.go says something of %s, which is not there", name)
			}
		}
	}()
	for _, a := range append([]functions.Area{{Name: authorizer}, {Name: docs}, {Name: operator}}, areas...) {
		for name, make := range m.of(a) {
			event, wrong := make()
			if wrong == nil {
				files[invokeFolder+name+".json"], wrong = readable(event)
			}
			if wrong != nil {
				err = errors.Join(err, fmt.Errorf("the invocation of %s: %w", name, wrong))
			}
		}
	}
	return files, err
}

// of lists how the events of an area's functions are made, by function.
func (m *maker) of(a functions.Area) map[string]func() (any, error) {
	all := map[string]func() (any, error){}
	for _, r := range a.Routes {
		all[r.Name] = func() (any, error) { return m.request(r) }
	}
	for _, s := range a.Streams {
		all[s.Name] = m.records
	}
	for _, c := range a.Consumers {
		all[c.Name] = func() (any, error) { return m.messages(c) }
	}
	for _, s := range a.Steps {
		all[s.Name] = func() (any, error) { return m.step(s) }
	}
	for _, t := range a.Ticks {
		all[t.Name] = func() (any, error) { return m.scheduled(t), nil }
	}
	switch a.Name {
	case authorizer:
		all[lambda.CheckKey] = m.question
	case docs:
		all[lambda.ReadDocs] = func() (any, error) {
			return m.request(api.Route{Name: lambda.ReadDocs, Method: "GET", Path: "/docs/{page...}", Door: api.OpenDoor})
		}
	case operator:
		all[lambda.LetIn] = func() (any, error) {
			return block{{"name", "Harbour City Cars"}, {"mode", "live"}, {"time_zone", "Australia/Sydney"}, {"owner", "owner@motorpool.example"}}, nil
		}
	}
	return all
}

// world is the seed on a store that is thrown away.
func world() (w *seed.World, closing func() error, err error) {
	dir, err := os.MkdirTemp("", "seed")
	if err != nil {
		return nil, nil, err
	}
	p, shut, err := seed.Disk(dir, seed.Epoch)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	closing = func() error { return errors.Join(shut(), os.RemoveAll(dir)) }
	if w, err = seed.Plant(context.Background(), p, seed.Epoch, ""); err != nil {
		return nil, nil, errors.Join(err, closing())
	}
	return w, closing, nil
}

// readable is JSON as people read it.
func readable(v any) ([]byte, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return text.Bytes(), err
}

// MarshalJSON keeps the order of a block.
func (b block) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	for i, e := range b {
		if text.WriteByte("{,"[min(i, 1)]); e.key == "" {
			return nil, errors.New("a field without a name")
		}
		key, err := json.Marshal(e.key)
		if err != nil {
			return nil, err
		}
		value, err := readable(e.value)
		if err != nil {
			return nil, err
		}
		text.Write(key)
		text.WriteByte(':')
		text.Write(bytes.TrimSpace(value))
	}
	if len(b) == 0 {
		text.WriteByte('{')
	}
	text.WriteByte('}')
	return text.Bytes(), nil
}

// digest is what AWS would have made up, made of what it is about.
func digest(about ...string) string {
	h := sha256.New()
	for _, s := range about {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// uuid is a digest in the form of a UUID.
func uuid(about ...string) string {
	d := digest(about...)
	return d[:8] + "-" + d[8:12] + "-4" + d[13:16] + "-8" + d[17:20] + "-" + d[20:32]
}
