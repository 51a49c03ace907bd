package dynamo

// first is the dictionary of November 2026: pieces of assets, audit entries,
// endpoints, events and deliveries. It must never change.
const first = `{"state":"running","print":"","since":"","answer":""}` +
	`{"url":"https://","description":"","events":["*"],"rate_limit":,"headers":["X-"],"asymmetric":true,"state":"enabled","why":"","since":"",` +
	`"created":"","changed":"","revision":,"spell":{"since":"","last":"","told":true,"lost":true,"ended":"","recoverable":""},"sealed":"` +
	`,"test":true,"status":"pending","status":"held","why":"endpoint_paused","endpoint_disabled","event_expired","abandoned","exhausted","cause":"recover","replay","resume","resend",` +
	`"class":"timeout","class":"connection_refused","class":"dns_error","class":"tls_error","reason":"The receiver did not answer within 15 seconds.","reason":"The receiver answered 404 Not Found.","status":503,"status":429,"status":404,` +
	`{"name":"","parent":"cat_01","created_at":"","updated_at":"","version":}` +
	`{"id":"aud_01","at":"2026-","actor":{"type":"system"},"action":"webhook_endpoint.updated","object":{"type":"webhook_endpoint","id":"whe_01","name":""},` +
	`"action":"asset.updated","object":{"type":"asset","id":"ast_01","name":"Toyota Hyundai Mazda Kia Ford Tesla Model "},"changes":[{"field":"colour","from":"","to":""},{"field":"notes","from":null,"to":""},{"field":"` +
	`,"request":"req_01","ip":"127.0.0.1"}` +
	`{"id":"ast_01","workspace":"wsp_01","vin":"","number":"","name":"","registration":{"plate":"","state":"NSW","expires":"2028-"},"type":"car","make":"","model":"","variant":"",` +
	`"year":2025,"colour":"White","body":"sedan","transmission":"automatic","fuel":"petrol","fuel":"electric","fuel":"hybrid","doors":4,"seats":5,"engine":"2.0 L","tyre_size":"215/55R17","key_number":"",` +
	`"rrp":{"minor":00,"currency":"AUD"},"ownership":"owned","acquisition":{"price":{"minor":000,"currency":"AUD"},"date":"2025-"},"holding_cost":{"minor":,"currency":"AUD"},` +
	`"distance_unit":"km","tags":[""],"notes":"","custom_fields":{"":""},"primary_category":"cat_01","categories":["cat_01"],` +
	`"booking_enabled":true,"booking_switched_at":"2026-","status":"unavailable","status":"available","archived_at":"","created":"2026-","updated":"2026-","created_at":"2026-","updated_at":"2026-","version":2},` +
	`"data":{"object":{"id":"` +
	`{"id":"evt_01","type":"custom.","type":"webhook_endpoint.","type":"asset.created","type":"asset.updated","occurred_at":"2026-","workspace":"wsp_01","api_version":"2026-11-01",` +
	`"actor":{"type":"api_key","id":"key_01","name":""},"actor":{"type":"user","id":"usr_01","name":""},"data":{"object":{"id":"ast_01"},"previous":{"colour":"","registration":{"` +
	`{"id":"dlv_01","workspace":"wsp_01","endpoint":"whe_01","event":{"id":"evt_01","type":"asset.updated","occurred_at":"2026-","pk":"WS#wsp_01#AST#ast_01","pk":"WS#wsp_01#EVT#evt_01","sk":"EVENT#01"},` +
	`"status":"failed","why":"exhausted","status":"retrying","status":"succeeded","round":{"number":1,"cause":"event","began":"2026-","attempts":1},` +
	`"attempts":[{"number":1,"round":1,"step":1,"at":"2026-","took":,"url":"https://","sent":{"timestamp":"17","signature":"v1,","custom":["` +
	`"]},"status":500,"class":"bad_status","reason":"The receiver answered 500 Internal Server Error.","status":200,"header":{"Cache-Control":["no-cache, private"],"Connection":["keep-alive"],"Cf-Ray":["` +
	`"],"Content-Length":["2"],"Content-Type":["text/html; charset=utf-8"],"Content-Type":["text/plain; charset=utf-8"],"Content-Type":["application/json; charset=utf-8"],` +
	`"Date":["Mon, Tue, Wed, Thu, Fri, Sat, Sun, Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2026 :00:00 GMT"],"Etag":["W/\"2-"],"Server":["cloudflare"],"Server":["nginx"],` +
	`"Strict-Transport-Security":["max-age=31536000; includeSubDomains"],"Vary":["Accept-Encoding"],"X-Content-Type-Options":["nosniff"],"X-Powered-By":["Express"],"X-Request-Id":["` +
	`"]},"body":"eyJvayI6dHJ1ZX0=","body":"T0s=","aside":true,"then":"exhausted","then":"retry","wait":300000,"wait":5000,"next":"2026-","then":"done"}],"next":"2026-","created":"2026-","changed":"2026-","expires":"2026-` +
	`:00:00.000Z","00000Z"}`
