package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AnswerInspection fills in some fields.
var AnswerInspection = api.Route{
	Name:    "inspections.answer_inspection",
	Method:  http.MethodPatch,
	Path:    "/v1/inspections/{id}/answers",
	Summary: "Answer fields of an inspection",
	About:   "Field by field, as often as you like; fields that you leave out stay. Say when each was `captured`: what was captured before what is there is passed over, so that a queue may be sent late and in any order. An empty answer takes away what is there. The first answer begins a draft.",
	Allow:   access.DoInspections,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy", "inspection.answers", "inspection.files", "inspection.too_large", "attachment.not_found", "attachment.used"},
	Handle:  rest.JSON(answerInspection),
}

type answerInspectionInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body answersBody
}

func answerInspection(ctx context.Context, c *api.Call, in answerInspectionInput) (inspectionView, error) {
	version, err := in.Version()
	if err != nil {
		return inspectionView{}, err
	}
	i, err := c.Inspections.Answer(ctx, c.Actor, in.ID, in.Body.Answers, version, c.Now)
	return viewOf(c.Actor, i), err
}
