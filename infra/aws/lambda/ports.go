package lambda

import (
	"log/slog"
	"time"

	"motorpool/shared/app"
	"motorpool/shared/config"
)

// Ports are those that a function of area gets in the environment that getenv
// reads, for programs that prepare what functions find. Its error names
// everything that the environment lacks, one a line.
func Ports(area Area, getenv func(string) string, now func() time.Time, log *slog.Logger) (app.Ports, error) {
	p := &product{area: area, getenv: getenv, now: now, log: log}
	var err error
	if p.cfg, err = config.Load(getenv); err != nil {
		return app.Ports{}, err
	}
	ports := p.ports(p.cfg.Base)
	ports.Meter = nil // no invocation, no metrics
	return ports, nil
}

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
