package lambda

import (
	"crypto/rand"

	"motorpool/shared/app"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
)

// wire puts the AWS adapters behind the ports. It opens no connection.
func (p *product) wire(base string) *app.App {
	c, aws := p.cfg, newClients(p.cfg.Region, p.getenv)
	return app.New(app.Ports{
		Table:      table.Riding{Table: dynamo.New(aws.dynamodb(), c.Table, p.now)},
		Deliveries: sqs.New(aws.sqs, c.Deliveries),
		Jobs:       sqs.New(aws.sqs, c.Jobs),
		Timeline:   sfn.New(aws.sfn, c.Machine, webhook.Plan),
		Box:        kms.New(aws.kms(), c.Key, p.now),
		Egress:     egress.New(egress.Options{AllowPrivate: p.privateTargets()}),
		Meter:      p.meter,
		Now:        p.now,
		NewID:      ident.Sortable(p.now),
		Random:     rand.Reader,
		BaseURL:    base,
		Log:        p.log,
	})
}
