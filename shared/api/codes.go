package api

// A Code is one stable error code, with what it means and what to do about it.
type Code struct {
	Code    string
	Status  int
	Meaning string
	Remedy  string
}

// Codes are the codes that every route can answer with. Routes name their own
// in Route.Faults.
var Codes = []Code{
	{"request.path", 400, "The address is not valid UTF-8.", "Percent-encode the parts of the path as UTF-8."},
	{"request.query", 400, "What follows the question mark in the address cannot be read.", "Percent-encode names and values as UTF-8."},
	{"request.incomplete", 400, "The body did not arrive whole.", "Send it again, with the same Idempotency-Key."},
	{"request.json", 400, "The body is not JSON that means the same to everybody: malformed, not UTF-8, a name twice in one object, a number out of range, or nested more than 100 deep.", "Let a JSON library write the body."},
	{"auth.missing", 401, "There is no API key.", "Send Authorization: Bearer mp_live_…"},
	{"auth.key", 401, "The API key is unknown, has been revoked or has expired; we do not say which.", "Use a current key."},
	{"access.denied", 403, "The key may not do this.", "Use a key with the scope that the message names."},
	{"route.not_found", 404, "There is nothing at this address.", "Look for typing errors; GET /openapi.json lists what there is."},
	{"route.method", 405, "The address does not take this method.", "Use one that the Allow header names."},
	{"idempotency.mismatch", 409, "The Idempotency-Key was used for another request.", "Use a new key for each new request."},
	{"idempotency.running", 409, "The first request with this Idempotency-Key is still being worked on.", "Wait for as long as Retry-After says and send it again, with the same key."},
	{"idempotency.interrupted", 409, "The first request with this Idempotency-Key took effect, but its answer is lost.", "Look at what is there; if something is missing, send it again with a new key."},
	{"table.changed", 409, "Somebody else changed the same thing at the same moment.", "Read it again and repeat your change."},
	{"workspace.left", 409, "The workspace has moved to another Motorpool. Here it can be read, but no longer changed.", "Send your requests to its new address."},
	{"request.too_large", 413, "The body is longer than this route takes.", "Send less."},
	{"request.content_type", 415, "The body is not JSON.", "Send Content-Type: application/json."},
	{"request.body", 422, "The body is missing, or is not the object that this request needs.", "Send a JSON object."},
	{"request.invalid", 422, "Some fields or parameters are not right; errors says which and what would be right.", "Correct them."},
	{"request.unknown_field", 422, "A field or parameter does not exist. We refuse it, because a misspelt filter that is ignored does harm.", "Correct its name or leave it out. Names are in lower case."},
	{"request.if_match", 422, "If-Match is not an ETag of ours.", "Give the ETag as you got it, with its quotation marks."},
	{"request.idempotency_key", 422, "The Idempotency-Key is empty, longer than 255 characters or not printable ASCII.", "Use a UUID."},
	{"cursor.invalid", 422, "The cursor does not belong to this list.", "Start again without a cursor, and leave cursors as they are."},
	{"rate.limited", 429, "Too many requests with this key.", "Wait for as long as Retry-After says."},
	{"internal", 500, "Something went wrong on our side. It has been logged.", "Try again; use an Idempotency-Key, so that it cannot happen twice. If it goes on, tell us the request_id."},
}
