package deliveries

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inbox"
)

// InboxAnswer sets what a test URL answers and after how long.
var InboxAnswer = api.Route{
	Name:    "console.inbox_answer",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/test-urls/{id}",
	Summary: "Set what a test URL answers",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inboxAnswer),
}

type inboxAnswerInput struct {
	ID     string `path:"id"`
	Status int    `form:"status"`
	Delay  int    `form:"delay_seconds"`
}

func inboxAnswer(ctx context.Context, c *api.Call, in inboxAnswerInput) (api.Answer, error) {
	delay := time.Duration(in.Delay) * time.Second
	_, err := c.Inboxes.Change(ctx, c.Actor, in.ID, inbox.Settings{Status: &in.Status, Delay: &delay})
	if !page.Mine(err) {
		if err != nil {
			return api.Answer{}, err
		}
		return page.Done(inboxPath(in.ID), "inbox-changed")
	}
	v, lost := inboxView(ctx, c, inboxPageInput{ID: in.ID})
	if lost != nil {
		return api.Answer{}, lost
	}
	v.Form = answerFields(strconv.Itoa(in.Status), strconv.Itoa(in.Delay))
	v.Wrong = page.Wrong(err, v.Form)
	return page.Again(inboxPageTemplate, v)
}
