package odometer

import (
	"context"
	"fmt"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/table"
)

// news is what there is to tell of one change: events, and one audit entry that
// goes by the name of the first.
type news struct {
	of     *Reading
	events []events.Event
}

func view(r *Reading, total int64) events.OdometerReading { return Listed{r, total}.Object() }

func recorded(r *Reading, total int64) news {
	return news{r, []events.Event{events.OdometerRecorded{Object: view(r, total)}}}
}

func deleted(r *Reading, total int64) news {
	return news{r, []events.Event{events.OdometerDeleted{Object: view(r, total)}}}
}

func superseded(r *Reading, was events.OdometerReading, by *Reading, total int64) news {
	is := view(r, 0)
	is.Version = was.Version + 1
	return news{r, []events.Event{
		events.OdometerSuperseded{Object: is, Previous: events.Differences(was, is)},
		events.OdometerRecorded{Object: view(by, total)},
	}}
}

func (s *Service) tell(ctx context.Context, actor access.Actor, n news, changes []audit.Change, at time.Time) (ops []table.Op, err error) {
	place := pk(n.of.Workspace, n.of.Asset)
	for _, e := range n.events {
		op, err := s.Events.Op(ctx, place, actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	about := audit.Object{Type: "odometer_reading", ID: n.of.ID, Name: fmt.Sprint(n.of.Value, " ", n.of.Unit)}
	op, err := s.Audit.Op(place, actor, n.events[0].Type(), about, changes, at)
	return append(ops, op), err
}

// Object is a reading as the outside sees it: in events and in answers of the API.
func (l Listed) Object() events.OdometerReading {
	r := l.Reading
	return events.OdometerReading{
		ID: r.ID, Asset: r.Asset, Kind: "actual", State: string(r.State), Value: r.Value, Unit: r.Unit,
		Metres: r.Metres, TotalMetres: l.Total, ReadAt: r.ReadAt, Source: r.Source, SourceID: r.SourceID,
		Booking: r.Booking, User: r.User, Note: r.Note, ClusterReplaced: r.Replaced, SupersededBy: r.SupersededBy,
		CreatedAt: r.Created, Version: r.Version,
	}
}
