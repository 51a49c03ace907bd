package lambda

// privateTargets reports whether webhooks may go to loopback and private
// addresses: if ALLOW_PRIVATE_TARGETS is "true". It is for "sam local invoke"
// and for tests, whose receivers are on the same machine; template.yaml never
// sets it, and a test sees to that.
func (p *product) privateTargets() bool {
	if p.getenv("ALLOW_PRIVATE_TARGETS") != "true" {
		return false
	}
	p.log.Warn("webhooks may go to loopback and private addresses; this is for tests only")
	return true
}
