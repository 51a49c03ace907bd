package document

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Settings are what a workspace has said of expiry notices, and the Defaults
// for what it has not.
func (s *Service) Settings(ctx context.Context, workspace string) (Settings, error) {
	var said Settings
	version, err := s.stored(ctx, settingsKey(workspace), &said)
	if err != nil {
		return Settings{}, err
	}
	all := Defaults()
	all.Version = version
	if version > 0 {
		all.LiveOnly, all.UpdatedAt = said.LiveOnly, said.UpdatedAt
		maps.Copy(all.Rules, said.Rules)
	}
	return all, nil
}

// Set changes what a workspace says of expiry notices.
func (s *Service) Set(ctx context.Context, actor access.Actor, edit func(*Said) error, ifVersion int64, at time.Time) (Settings, error) {
	var out Settings
	err := table.Again(ctx, tries, func() error {
		was, err := s.Settings(ctx, actor.Workspace)
		if err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != was.Version {
			return fault.New(fault.Stale, "document.settings_stale", "The settings have changed. Load them again and decide anew.")
		}
		next := was
		next.Rules = maps.Clone(was.Rules)
		for typ, r := range next.Rules {
			r.DaysBefore, r.Recipients = slices.Clone(r.DaysBefore), slices.Clone(r.Recipients)
			next.Rules[typ] = r
		}
		if err := edit(&next.Said); err != nil {
			return err
		}
		if err := next.check(); err != nil {
			return err
		}
		out, err = s.keep(ctx, actor, was, next, at)
		return err
	})
	return out, err
}

func (s *Service) keep(ctx context.Context, actor access.Actor, was, next Settings, at time.Time) (Settings, error) {
	changes, err := audit.Diff(was, next, "updated_at")
	if err != nil || len(changes) == 0 {
		return was, err
	}
	next.UpdatedAt = at
	doc, err := json.Marshal(next)
	if err != nil {
		return was, err
	}
	k := settingsKey(actor.Workspace)
	note, err := s.Audit.Op(k.PK, actor, "document_settings.updated", audit.Object{Type: "document_settings"}, changes, at)
	if err != nil {
		return was, err
	}
	err = s.Table.Write(ctx, table.Put(table.Item{Key: k, Version: was.Version, Doc: doc}), note)
	next.Version++
	return next, err
}
