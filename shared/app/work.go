package app

import (
	"context"
	"slices"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/issue"
	"motorpool/shared/reminder"
)

// maxWork is how much of each kind is listed of what waits for somebody.
const maxWork = 50

// repairs are the issues that somebody sees to.
type repairs struct{ *issue.Service }

// Assigned lists those that are open, newest first, and that the actor may see.
func (r repairs) Assigned(ctx context.Context, actor access.Actor, user string) (all []audit.Object, err error) {
	if !actor.May(access.ViewAssets) {
		return nil, nil
	}
	for _, state := range []issue.State{issue.InProgress, issue.Open} {
		more, err := gathered(func(cursor string) ([]audit.Object, string, error) {
			page, next, err := r.Issues(ctx, actor, issue.Filter{State: state, Assignee: user}, cursor, maxWork)
			some := make([]audit.Object, len(page))
			for i, p := range page {
				some[i] = audit.Object{Type: "issue", ID: p.ID, Name: p.Title}
			}
			return some, next, err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all[:min(len(all), maxWork)], nil
}

// services are the reminders that somebody sees to.
type services struct{ *reminder.Service }

// Assigned lists those that are due or will be, and that the actor may see.
func (r services) Assigned(ctx context.Context, actor access.Actor, user string) (all []audit.Object, err error) {
	if !actor.May(access.ViewAssets) {
		return nil, nil
	}
	for _, state := range []reminder.State{reminder.Overdue, reminder.DueSoon, reminder.Scheduled} {
		more, err := gathered(func(cursor string) (some []audit.Object, next string, err error) {
			page, next, err := r.Reminders(ctx, actor, reminder.Filter{State: state}, cursor, maxWork)
			for _, p := range page {
				if slices.Contains(p.Assignees, user) {
					some = append(some, audit.Object{Type: "service_reminder", ID: p.ID, Name: p.Name})
				}
			}
			return some, next, err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all[:min(len(all), maxWork)], nil
}

// gathered reads pages until there is enough, or 20 of them: a list of what waits
// for one person is a courtesy, and not worth reading a whole fleet's.
func gathered(read func(cursor string) ([]audit.Object, string, error)) (all []audit.Object, err error) {
	cursor := ""
	for range 20 {
		some, next, err := read(cursor)
		if err != nil {
			return nil, err
		}
		if all, cursor = append(all, some...), next; next == "" || len(all) >= maxWork {
			break
		}
	}
	return all, nil
}
