package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// report is everything, as a page in Markdown.
func (e estimate) report(patterns []Pattern) string {
	var p page
	p.deliveries(e)
	p.items(e, e.million("A million deliveries, none failing", 0), e.million("A million deliveries, 2 % failing", 0.02))
	p.others(e)
	p.calls(e)
	p.fleet(e)
	p.patterns(patterns)
	p.sources(e)
	return p.String()
}

type page struct{ strings.Builder }

func (p *page) line(format string, a ...any) { fmt.Fprintf(p, format+"\n", a...) }

func (p *page) table(heads ...string) {
	p.line("\n| %s |", strings.Join(heads, " | "))
	p.line("|%s", strings.Repeat("---|", len(heads)))
}

func dollars(x float64) string { return fmt.Sprintf("%.2f", math.Abs(x)*sign(x)) }

func sign(x float64) float64 {
	if x < -0.005 {
		return -1
	}
	return 1
}

func (p *page) deliveries(e estimate) {
	p.line("\n## A million deliveries, in USD")
	p.table("a million deliveries", "to make", "goal", "to keep for 90 days", "together")
	row := func(goal string, b Bill) {
		p.line("| %s | %s | %s | %s | %s |", b.Name, dollars(e.made(b)), goal, dollars(e.kept(b)), dollars(e.usd(b)))
	}
	row("≤ 1.65", e.million("all succeed at once", 0))
	row("≤ 6.50", e.million("2 % fail at all seven attempts", 0.02))
	row("", e.million("20 % fail at all seven attempts", 0.2))
	second := e.million("10 % succeed at their second attempt", 0)
	second.times(1e5, e.recovered())
	row("", second)
	row("", e.hanging("2 % hang until the deadline of 15 s, seven times", 0.02))
	alone := Bill{Name: "each alone: nothing ever shares a batch"}
	alone.times(1e6, e.alone())
	row("", alone)
}

// items is each line of some bills, side by side.
func (p *page) items(e estimate, bills ...Bill) {
	p.line("\n### Item by item")
	heads := []string{"item", "unit"}
	names := map[string]bool{}
	for _, b := range bills {
		heads = append(heads, b.Name, "USD")
		for _, l := range b.Lines {
			names[l.Price] = true
		}
	}
	p.table(heads...)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		cells := []string{name, e.prices[name].Unit}
		for _, b := range bills {
			var q float64
			if i := slices.IndexFunc(b.Lines, func(l Line) bool { return l.Price == name }); i >= 0 {
				q = b.Lines[i].Quantity
			}
			cells = append(cells, quantity(q), dollars(q*e.prices[name].USD/e.prices[name].Per))
		}
		p.line("| %s |", strings.Join(cells, " | "))
	}
}

func quantity(q float64) string {
	if math.Abs(q) >= 1000 {
		return fmt.Sprintf("%.0f", q)
	}
	return fmt.Sprintf("%.3g", q)
}

// others is what a million deliveries cost elsewhere.
func (p *page) others(e estimate) {
	usd := func(name string, n float64) float64 { return n * e.prices[name].USD / e.prices[name].Per }
	gigabytes := e.pattern(deliverTen).Sent / e.deliverBatch * 1e6 / 1e9
	p.line("\n### Elsewhere: a million deliveries in a month, list prices")
	p.table("", "USD", "of which a monthly fee", "what is not the same")
	none := e.million("", 0)
	p.line("| Motorpool on AWS | %s | see below | log of every attempt kept for 90 days: with that %s |", dollars(e.made(none)), dollars(e.usd(none)))
	bus := usd("eventbridge.events", 1e6) + usd("eventbridge.destinations", 1e6) + usd("eventbridge.archive", gigabytes) + usd("transfer.out", gigabytes)
	p.line("| EventBridge: bus, API destination, archive | %s | | no log of attempts, no signature, 24 hours of retries with no plan of one's own, 5 s for an answer; each retry is an invocation more |", dollars(bus))
	svix := e.prices["svix.plan"].USD
	p.line("| Svix | %s | %s | a message is billed once, however many endpoints it goes to |", dollars(svix+usd("svix.messages", 950e3)), dollars(svix))
	deck := e.prices["hookdeck.plan"].USD
	p.line("| Hookdeck, Event Gateway | %s | %s | |", dollars(deck+usd("hookdeck.events", 990e3)), dollars(deck))
	p.line("| Hookdeck, Outpost | %s | | retries are not billed |", dollars(usd("outpost.events", 1e6)))
}

func (p *page) calls(e estimate) {
	p.line("\n## A million calls of the API, in USD")
	p.table("call", "of 100", "database", "Lambda", "API Gateway", "logs, traces", "the rest", "to make", "to keep for 90 days")
	total := Bill{Name: "the mix"}
	row := func(b Bill, share string) {
		made := e.made(b)
		parts := []float64{
			e.usd(b, "dynamodb.write", "dynamodb.read"), e.usd(b, "lambda.requests", "lambda.duration"),
			e.usd(b, "api.requests"), e.usd(b, "logs.ingested", "xray.traces"),
		}
		cells := []string{b.Name, share}
		rest := made
		for _, x := range parts {
			cells, rest = append(cells, dollars(x)), rest-x
		}
		p.line("| %s | %s | %s | %s |", strings.Join(cells, " | "), dollars(rest), dollars(made), dollars(e.kept(b)))
	}
	names := slices.SortedFunc(maps.Keys(mix), func(a, b string) int { return cmp.Or(cmp.Compare(mix[b], mix[a]), cmp.Compare(a, b)) })
	for _, name := range names {
		b := Bill{Name: name}
		b.times(1e6, e.apiCall(name))
		total.times(mix[name]/100, b)
		row(b, fmt.Sprintf("%g", mix[name]))
	}
	row(total, "100")
}

func (p *page) fleet(e estimate) {
	use, fixed := e.fleet()
	trackers := e.trackers()
	p.line("\n## A thousand vehicles, a month")
	p.line("\nEach vehicle causes %g calls of the mix above, %g pages of the console, and %g events that go to %g endpoints, %g %% of which fail for good. So little\nhappens that every delivery is alone: no batch is shared. Its odometer is read %g times by hand; if it has a tracker, %g trips are reported, each by itself, and the\nevent of each is published though nobody asked for it.",
		usage.calls, usage.pages, usage.events, usage.endpoints, 100*usage.failing, usage.readings, usage.trips)
	p.line("\nOf the ticks (%d functions, hourly) the hours in which nothing is due are counted, for one workspace. **Not counted**, because nobody knows yet how often: what they begin\nwhen something is due (reminders, expiry notices, letters by SES), files in S3 with their links, printed reports, imports and exports. Calls about people, documents, expenses and\ninspections are taken to cost what the mix costs.", len(e.ticks))
	p.items(e, use, trackers, fixed)
	p.line("\nTogether USD %s a month, of which %s are paid for standing ready: %s a vehicle. With trackers, %s more.", dollars(e.usd(use)+e.usd(fixed)), dollars(e.usd(fixed)),
		fmt.Sprintf("%.4f", (e.usd(use)+e.usd(fixed))/vehicles), dollars(e.usd(trackers)))
}

func (p *page) patterns(all []Pattern) {
	p.line("\n## What was measured")
	p.table("pattern", "units written", "units read", "calls", "bytes kept", "bytes sent", "processor, ms")
	for _, one := range all {
		var calls []string
		for _, name := range slices.Sorted(maps.Keys(one.Use.Calls)) {
			calls = append(calls, fmt.Sprintf("%d %s", one.Use.Calls[name], name))
		}
		p.line("| %s | %g | %g | %s | %.0f | %.0f | %.1f |", one.Name, one.Use.Writes, one.Use.Reads, strings.Join(calls, ", "), one.Stored, one.Sent, one.CPU.Seconds()*1000)
	}
}

func (p *page) sources(e estimate) {
	p.line("\n## Prices")
	p.table("price", "USD", "for", "on", "source", "how far to trust it")
	for _, name := range slices.Sorted(maps.Keys(e.prices)) {
		x := e.prices[name]
		p.line("| %s | %s | %s %s | %s | <%s> | %s |", name, plain(x.USD), plain(x.Per), x.Unit, x.On, x.Source, x.How)
	}
}

// plain writes a number without an exponent.
func plain(x float64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.10f", x), "0"), ".")
}
