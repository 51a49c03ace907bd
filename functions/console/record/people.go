package record

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// NameOfPerson is what people call the one to whom an id leads.
func NameOfPerson(ctx context.Context, c *api.Call, id string) (string, error) {
	p, err := c.People.Person(ctx, c.Actor.Workspace, id)
	if fault.KindOf(err) == fault.NotFound {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	return p.Name(), nil
}
