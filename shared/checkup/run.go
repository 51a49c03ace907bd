package checkup

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/signature"
)

const (
	// Budget is how long a whole check takes at the most: API Gateway waits 30 s.
	Budget = 25 * time.Second

	largeBody = 1 << 20
	hourAgo   = -time.Hour
)

// Run examines t. It sends one right message first and, if that is accepted,
// all the others at once: to a receiver that refuses everything, refusing a
// wrong signature says nothing. It always returns a whole report, within Budget.
func Run(ctx context.Context, s Sender, t Target, now func() time.Time) Report {
	ctx, cancel := context.WithTimeout(ctx, Budget)
	defer cancel()
	at := now()
	x := &exam{sender: s, target: t, now: now}
	report := Report{At: at}
	first := x.send(ctx, t.ID, at, t.Body, t.Body)
	report.add(card(RightSignature, first))
	if !first.Success() {
		for _, name := range []string{WrongSignature, OldTimestamp, DuplicateID, LargeBody, Speed} {
			report.add(untried(name))
		}
		return report
	}
	large := append(bytes.Clone(t.Body), bytes.Repeat([]byte(" "), max(0, largeBody-len(t.Body)))...) // white space keeps it JSON
	other := append(bytes.Clone(t.Body), ' ')
	var wrong, old, again, big egress.Result
	var wg sync.WaitGroup
	wg.Go(func() { wrong = x.send(ctx, t.ID+"_2", at, t.Body, other) })
	wg.Go(func() { old = x.send(ctx, t.ID+"_3", at.Add(hourAgo), t.Body, t.Body) })
	wg.Go(func() { again = x.send(ctx, t.ID, at, t.Body, t.Body) })
	wg.Go(func() { big = x.send(ctx, t.ID+"_4", at, large, large) })
	wg.Wait()
	report.add(card(WrongSignature, wrong))
	report.add(card(OldTimestamp, old))
	report.add(card(DuplicateID, again))
	report.add(card(LargeBody, big))
	report.add(speed(max(first.Took, again.Took)))
	return report
}

// An exam is one run.
type exam struct {
	sender Sender
	target Target
	now    func() time.Time
}

// send posts body under a signature that was made at an instant for signed,
// which is the body itself unless the signature should be wrong.
func (x *exam) send(ctx context.Context, id string, at time.Time, body, signed []byte) egress.Result {
	h := x.target.Header.Clone()
	if h == nil {
		h = http.Header{}
	}
	signature.Sign(x.target.Secrets, id, at, signed).SetIn(h)
	return x.sender.Post(ctx, x.target.URL, h, body, x.now)
}

// add appends a card and keeps the worst verdict.
func (r *Report) add(c Card) {
	r.Cards = append(r.Cards, c)
	if rank[c.Verdict] >= rank[r.Verdict] {
		r.Verdict = c.Verdict
	}
}

var rank = map[Verdict]int{Pass: 1, Warn: 2, Fail: 3}

func card(name string, res egress.Result) Card {
	c := words[name]
	c.Name, c.Got = name, told(res)
	c.Verdict, c.Advice = judges[name](res)
	return c
}

func speed(slowest time.Duration) Card {
	c := words[Speed]
	c.Name, c.Got = Speed, "The slowest took "+short(slowest)+"."
	c.Verdict, c.Advice = judgeSpeed(slowest)
	return c
}

func untried(name string) Card {
	c := words[name]
	c.Name, c.Verdict, c.Got = name, Warn, "Not tried."
	c.Advice = "Make the right message succeed first, then check again."
	return c
}
