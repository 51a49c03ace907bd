package main

// What is assumed, because neither the code nor the template can tell it.
const (
	receiverMS = 200.0 // of a receiver to answer, on average
	databaseMS = 5.0   // of DynamoDB, SQS or Step Functions to answer one call
	hangMS     = 15000 // of an attempt at a receiver that hangs: the deadline
	fullCPU    = 1769  // megabytes at which Lambda gives one processor

	publishBatch = 10.0   // events in one invocation of publish, when there is much to do
	keyEvery     = 20.0   // API calls for each that has to ask the authorizer: it is asked once a minute and key
	openEvery    = 1000.0 // batches for each that has to have KMS open an endpoint's key
	traced       = 0.05   // of invocations beyond the first of each second, by X-Ray's default rule
	emfLine      = 640.0  // bytes of the metrics' line of an invocation
	accessLine   = 330.0  // bytes of API Gateway's line of a request
	lineExtra    = 26.0   // bytes that CloudWatch adds to each line
	compressed   = 0.15   // of what is logged, once it is stored
	month        = 30.44  // days
	retention    = 90.0   // days that events and deliveries are kept, unless the workspace says otherwise

	alarms     = 74.0 // metrics that infra/aws/stack's alarms look at
	metrics    = 6.0  // that Motorpool makes
	pollers    = 5.0  // of Lambda at each queue, at the least
	dashboards = 1.0
)

// mix is what a program commonly asks of the API, in calls of a hundred.
var mix = map[string]float64{
	getAsset: 45, listAssets: 15, getHistory: 5, listEvents: 5, listDelivered: 5, getDelivery: 5, editAsset: 12, createAsset: 2, createOnce: 1, publishCustom: 5,
}

// What is raised by each; measuring says if it is not so.
const (
	readingEvents = 1
	tripEvents    = 1
)

// usage is what one vehicle causes in a month.
var usage = struct {
	calls, pages, events, endpoints, failing float64
	readings, trips                          float64            // of its odometer, by hand; of its tracker, if it has one
	each                                     map[string]float64 // pages, of the whole
}{
	calls: 120, pages: 30, events: 25, endpoints: 2, failing: 0.02, readings: 4, trips: 60,
	each: map[string]float64{pageHome: 0.2, pageAssets: 0.2, pageAsset: 0.4, pageEndpoint: 0.1, pageDelivery: 0.1},
}

// logMonths is how long a gigabyte that is logged is paid for.
func (t facts) logMonths() float64 { return t.logDays / month }
