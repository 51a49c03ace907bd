package app

import "context"

// references are the nouns that may have said something of a thing.
type references []struct {
	what   string // as people call it
	refers func(ctx context.Context, workspace, id string) (bool, error)
}

// To names what refers to the thing.
func (all references) To(ctx context.Context, workspace, id string) (by []string, err error) {
	for _, r := range all {
		refers, err := r.refers(ctx, workspace, id)
		if err != nil {
			return nil, err
		}
		if refers {
			by = append(by, r.what)
		}
	}
	return by, nil
}
