package fleet

import (
	"context"

	"motorpool/shared/table"
)

// Refer returns the op that holds an asset as it is while another noun writes
// something of it. An archived one is fault.Conflict: nothing is added to it.
func (s *Service) Refer(ctx context.Context, workspace, id string) (table.Op, error) {
	a, err := s.load(ctx, workspace, id)
	if err == nil {
		err = a.inService()
	}
	if err != nil {
		return table.Op{}, err
	}
	return table.Check(assetKey(workspace, id), a.Version), nil
}
