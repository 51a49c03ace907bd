package lambda

import (
	"context"
	"encoding/json"
	"log/slog"

	"motorpool/shared/api"
	"motorpool/shared/timeline"
	"motorpool/shared/webhook"
)

// step makes one attempt that the state machine asks for.
func (p *product) step(s api.Step, answer func(timeline.Next, timeline.Plan) (any, error)) func(context.Context, json.RawMessage) (any, error) {
	return func(ctx context.Context, input json.RawMessage) (any, error) {
		defer p.counted()
		next, err := s.Handle(ctx, p.job(), input)
		if p.failed(ctx, s.Name, err); err != nil {
			return nil, err
		}
		return answer(next, webhook.Plan)
	}
}

// tick does what is due. What was missed is made good by the next call.
func (p *product) tick(t api.Tick) func(context.Context, json.RawMessage) error {
	return func(ctx context.Context, _ json.RawMessage) error {
		defer p.counted()
		err := t.Handle(ctx, p.job())
		p.failed(ctx, t.Name, err)
		return err
	}
}

func (p *product) failed(ctx context.Context, function string, err error) {
	if err != nil {
		p.log.LogAttrs(ctx, slog.LevelError, "work failed and will be done again", slog.String("function", function), slog.String("error", err.Error()))
	}
}
