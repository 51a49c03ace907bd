package main

import "time"

// delivering is the bill of one delivery that succeeds at once, from the stream
// on: its share of publishing, of the queue and of a batch.
func (e estimate) delivering() (b Bill) {
	b.times(1/publishBatch, e.published(publishTen))
	b.times(1/e.deliverBatch, e.batch(deliverTen, receiverMS))
	return b
}

// alone is the same where so little happens that nothing shares a batch.
func (e estimate) alone() (b Bill) {
	b.times(1, e.published(publishOne))
	b.times(1, e.batch(deliverOne, receiverMS))
	return b
}

func (e estimate) published(name string) (b Bill) {
	p := e.pattern(name)
	b.times(1, e.used(name, 0))
	b.times(1, e.invoked("workers.publish_events", p.CPU, 3*databaseMS, p.Use.Logged+emfLine, 1))
	return b
}

// batch is one invocation of deliver: its messages go side by side, so that it
// waits as long as its slowest. Lambda's poller receives and deletes them, with
// one request each.
func (e estimate) batch(name string, waits float64) (b Bill) {
	p := e.pattern(name)
	b.times(1, e.used(name, retention))
	b.times(1, e.invoked("workers.deliver", p.CPU, waits+4*databaseMS, p.Use.Logged+emfLine, 1))
	b.add("sqs.requests", 2)
	b.add("kms.requests", 1/openEvery)
	return b
}

// failed is what a delivery costs more that fails at all of its attempts, each
// after the receiver's usual time.
func (e estimate) failed(waits float64) (b Bill) {
	b.times(1/e.deliverBatch, e.batch(deliverFails, receiverMS))
	b.times(-1/e.deliverBatch, e.batch(deliverTen, receiverMS))
	b.times(1, e.retried(redeliver, float64(len(plan)), waits))
	b.add("sfn.transitions", e.failing)
	return b
}

// recovered is what a delivery costs more that succeeds at its second attempt.
func (e estimate) recovered() (b Bill) {
	b.times(1/e.deliverBatch, e.batch(deliverFails, receiverMS))
	b.times(-1/e.deliverBatch, e.batch(deliverTen, receiverMS))
	b.times(1, e.retried(redeliver2, 1, receiverMS))
	b.add("sfn.transitions", e.second)
	return b
}

func (e estimate) retried(name string, attempts, waits float64) (b Bill) {
	p := e.pattern(name)
	b.times(1, e.used(name, retention))
	b.times(attempts, e.invoked("steps.redeliver", p.CPU/time.Duration(attempts), waits+5*databaseMS, p.Use.Logged/attempts+emfLine, 1))
	return b
}

// million is a million deliveries of which a share fails for good.
func (e estimate) million(name string, share float64) Bill {
	b := Bill{Name: name}
	b.times(1e6, e.delivering())
	b.times(1e6*share, e.failed(receiverMS))
	return b
}

// hanging is a million deliveries of which a share hangs until the deadline at
// every attempt. A batch with one such message is billed for as long as it hangs.
func (e estimate) hanging(name string, share float64) Bill {
	b := Bill{Name: name}
	b.times(1e6, e.delivering())
	b.times(1e6*share, e.failed(hangMS))
	clean := 1.0
	for range int(e.deliverBatch) {
		clean *= 1 - share
	}
	longer := (1 - clean) * (hangMS - receiverMS) / 1000
	b.add("lambda.duration", 1e6/e.deliverBatch*longer*e.memory["workers.deliver"]/1024)
	return b
}

// vehicles is how many the fleet has.
const vehicles = 1000

// fleet is a month of a thousand vehicles, without their trackers, and what is
// paid for standing ready.
func (e estimate) fleet() (use, fixed Bill) {
	use.Name, fixed.Name = "by use", "fixed"
	for name, n := range mix {
		use.times(vehicles*usage.calls*n/100, e.apiCall(name))
	}
	for name, share := range usage.each {
		use.times(vehicles*usage.pages*share, e.call(name, functionOf[name]))
	}
	deliveries := vehicles * usage.events * usage.endpoints
	use.times(deliveries, e.alone())
	use.times(deliveries*usage.failing, e.failed(receiverMS))
	use.times(vehicles*usage.readings, e.record(recordReading, readingEvents))
	use.traceAll()
	for function, n := range e.ticks {
		p := e.pattern(tickOf(function))
		waits := 0.0
		for _, n := range p.Use.Calls {
			waits += databaseMS * float64(n)
		}
		fixed.times(n, e.used(p.Name, 0))
		fixed.times(n, e.invoked(function, p.CPU, waits, 0, 0))
		fixed.add("scheduler.invocations", n)
	}
	fixed.add("sqs.requests", e.queues*pollers*month*24*3600/e.longPoll)
	fixed.add("kms.keys", 1)
	fixed.add("cloudwatch.alarms", alarms)
	fixed.add("cloudwatch.metrics", metrics)
	fixed.add("cloudwatch.dashboards", dashboards)
	return use, fixed
}

// trackers is a month of a thousand vehicles' trackers, each of which reports every trip at its end.
func (e estimate) trackers() (b Bill) {
	b.Name = "trackers"
	b.times(vehicles*usage.trips, e.record(ingest, tripEvents))
	b.traceAll()
	return b
}

// record is a call that stores for good, and has its events published alone.
func (e estimate) record(name string, events float64) (b Bill) {
	b.times(1, e.apiCall(name))
	b.times(events, e.published(publishOne))
	return b
}

// traceAll adds what is recorded where fewer than one call comes in a second: all.
func (b *Bill) traceAll() {
	for _, l := range b.Lines {
		if l.Price == "lambda.requests" {
			b.add("xray.traces", (1-traced)*l.Quantity)
		}
	}
}
