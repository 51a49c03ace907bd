package host

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"

	"motorpool/shared/app"
	"motorpool/shared/disk"
	"motorpool/shared/mail"
	maildisk "motorpool/shared/mail/embed"
	"motorpool/shared/mail/smtp"
)

// mailer puts a mail server behind p, or an outbox that keeps e-mail: the
// backend's, or a file beside what else is kept.
func (h *Host) mailer(p *app.Ports) (err error) {
	p.MailFrom = cmp.Or(h.cfg.MailFrom, mail.Address{Name: "Motorpool", Email: "motorpool@motorpool.example"})
	if h.cfg.SMTP != "" {
		p.Mail, err = smtp.New(h.cfg.SMTP, p.Now)
		p.Outbox = nil
		return err
	}
	if p.Mail != nil {
		return nil
	}
	if h.cfg.Data == "" {
		return errors.New("host: say in Data where e-mail is kept, or in SMTP where it goes")
	}
	if err := os.MkdirAll(h.cfg.Data, 0o700); err != nil {
		return err
	}
	if h.kept, err = disk.Open(filepath.Join(h.cfg.Data, "outbox.db")); err != nil {
		return err
	}
	outbox, err := maildisk.Open(h.kept, maildisk.Kept, p.Now)
	p.Mail, p.Outbox = outbox, outbox
	return err
}
