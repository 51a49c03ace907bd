package insurance

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Claim begins a claim on a policy that covered an asset.
func (s *Service) Claim(ctx context.Context, actor access.Actor, policy, asset string, st Story, at time.Time) (*Claim, error) {
	today, err := s.Today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	if err := s.Assets.Seen(ctx, actor, asset); fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "insurance_claim.asset", "There is no such asset here. Give its id: ast_…").At("asset")
	} else if err != nil {
		return nil, err
	}
	p, err := s.Policy(ctx, actor, policy)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "insurance_claim.policy", "There is no such policy here. Give its id: pol_…").At("policy")
	}
	if err != nil {
		return nil, err
	}
	c, err := open(s.NewID("clm"), p, asset, st, today, at)
	if err != nil {
		return nil, err
	}
	if err := s.known(ctx, c); err != nil {
		return nil, err
	}
	return c, table.Again(ctx, tries, func() error {
		refer, err := s.Assets.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return err
		}
		return s.saveClaim(ctx, actor, c, at, refer)
	})
}

// ClaimOf returns the claim with this id, if its asset is the actor's to see.
func (s *Service) ClaimOf(ctx context.Context, actor access.Actor, id string) (*Claim, error) {
	c, err := s.loadClaim(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if err := s.Assets.Seen(ctx, actor, c.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, noSuchClaim()
	} else if err != nil {
		return nil, err
	}
	return c, nil
}

// EditClaim changes what is said of a claim. The policy must have covered the
// asset on the day it then says.
func (s *Service) EditClaim(ctx context.Context, actor access.Actor, id string, edit func(*Story) error, ifVersion int64, at time.Time) (*Claim, error) {
	today, err := s.Today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	return s.changeClaim(ctx, actor, id, ifVersion, at, func(c *Claim) error {
		st, was := c.Story, c.IncidentOn
		st.Documents = slices.Clone(st.Documents)
		if err := edit(&st); err != nil {
			return err
		}
		if err := c.Tell(st, today); err != nil {
			return err
		}
		if err := s.known(ctx, c); err != nil || c.IncidentOn == was {
			return err
		}
		p, err := s.loadPolicy(ctx, actor.Workspace, c.Policy)
		if err != nil {
			return err
		}
		return c.covered(p)
	})
}

// MoveClaim takes a claim to another stage; settled says what the insurer paid,
// where that is not said yet.
func (s *Service) MoveClaim(ctx context.Context, actor access.Actor, id string, to Stage, say func(*Story), ifVersion int64, at time.Time) (*Claim, error) {
	today, err := s.Today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	return s.changeClaim(ctx, actor, id, ifVersion, at, func(c *Claim) error {
		if say != nil && !c.Over() {
			st := c.Story
			say(&st)
			if err := c.Tell(st, today); err != nil {
				return err
			}
		}
		return c.Move(to, at)
	})
}

func (s *Service) changeClaim(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Claim) error) (c *Claim, err error) {
	err = table.Again(ctx, tries, func() error {
		if c, err = s.ClaimOf(ctx, actor, id); err != nil {
			return err
		}
		if err := fresh("insurance_claim", "claim", c.Version, ifVersion); err != nil {
			return err
		}
		if err := verb(c); err != nil {
			return err
		}
		return s.saveClaim(ctx, actor, c, at)
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}
