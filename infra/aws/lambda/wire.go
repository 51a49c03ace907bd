package lambda

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"motorpool/shared/app"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/mail"
	"motorpool/shared/queue"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/timeline"
	"motorpool/shared/webhook"
)

func (p *product) wire(base string) *app.App { return app.New(p.ports(base)) }

// ports have the AWS adapters behind them: the table, and what the area has
// beside it. It opens no connection.
func (p *product) ports(base string) app.Ports {
	c, aws := p.cfg, newAccount(p.cfg.Region, p.getenv)
	ports := app.Ports{
		Table:      table.Riding{Table: dynamo.New(dynamodb.NewFromConfig(aws.at("DYNAMODB")), c.Table, p.now)},
		Deliveries: absent("Queue"),
		Jobs:       absent("Queue"),
		Letters:    absent("Queue"),
		Timeline:   absent("Timeline"),
		Box:        absent("Box"),
		Mail:       unsendable{"Mail"},
		MailFrom:   mail.Address{Name: "Motorpool", Email: cmp.Or(c.MailFrom, noSender)},
		Files:      absentFiles{absent("Files")},
		Print:      p.area.Print,
		Egress:     egress.New(egress.Options{AllowPrivate: p.privateTargets()}),
		Meter:      p.meter,
		Now:        p.now,
		NewID:      ident.Sortable(p.now),
		Random:     rand.Reader,
		BaseURL:    base,
		Log:        p.log,
	}
	if p.area.Queue != nil {
		ports.Deliveries, ports.Jobs = p.area.Queue(aws.at("SQS"), c.Deliveries), p.area.Queue(aws.at("SQS"), c.Jobs)
		ports.Letters = p.area.Queue(aws.at("SQS"), c.Letters)
	}
	if p.area.Timeline != nil {
		ports.Timeline = p.area.Timeline(aws.at("SFN"), c.Machine, webhook.Plan)
	}
	if p.area.Files != nil {
		ports.Files, ports.FilesAt = p.area.Files(aws.at("S3"), c.Files, p.now), filesAt(aws.at("S3"), c)
	}
	if p.area.Studio != nil {
		ports.Studio = p.area.Studio()
	}
	if p.area.Box != nil {
		ports.Box = p.area.Box(aws.at("KMS"), c.Key, p.now)
	}
	if p.area.Mail != nil {
		ports.Mail = p.area.Mail(aws.at("SESV2"), p.now)
		if c.MailFrom == "" {
			ports.Mail = nobody{}
		}
	}
	return ports
}

// absent stands where an area has no adapter: nothing is done, and the error
// says what its main.go lacks.
type absent string

var (
	_ mail.Mailer       = unsendable{}
	_ queue.Queue       = absent("")
	_ secrets.Box       = absent("")
	_ timeline.Timeline = absent("")
)

func (a absent) err() error {
	return errors.New("lambda: the functions of this area were to do without a " + string(a) + "; give it one in its main.go, and the right in roles.go")
}

func (a absent) Send(context.Context, ...queue.Message) error         { return a.err() }
func (a absent) Serve(context.Context, queue.Handler) error           { return a.err() }
func (a absent) Begin(context.Context, timeline.Run) error            { return a.err() }
func (a absent) Seal(context.Context, []byte, string) ([]byte, error) { return nil, a.err() }
func (a absent) Open(context.Context, []byte, string) ([]byte, error) { return nil, a.err() }
