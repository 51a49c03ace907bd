package embed_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/mail"
	"motorpool/shared/mail/embed"
	"motorpool/shared/mail/mailtest"
	"motorpool/shared/mail/wire"
)

const kept = 20

func open(t *testing.T, path string) (*embed.Outbox, *disk.Disk) {
	t.Helper()
	d, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	o, err := embed.Open(d, kept, func() time.Time { return mailtest.Now })
	if err != nil {
		t.Fatal(err)
	}
	return o, d
}

func latest(t *testing.T, o *embed.Outbox, n int) []mail.Kept {
	t.Helper()
	all, err := o.Latest(n)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestMailer(t *testing.T) {
	t.Parallel()
	mailtest.Run(t, func(t *testing.T) mailtest.Place {
		o, _ := open(t, filepath.Join(t.TempDir(), "db"))
		return mailtest.Place{Mailer: o, Arrived: func(t *testing.T) (all [][]byte) {
			for _, l := range latest(t, o, kept) {
				raw, err := wire.Bytes(l.Message, l.Sent)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, raw)
			}
			return all
		}}
	})
}

func TestTheLatestAreKeptAndSurviveARestart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "db")
	o, d := open(t, path)
	for i := range kept + 3 {
		if err := o.Send(t.Context(), mailtest.Message(fmt.Sprintf("m%d", i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	o, _ = open(t, path)
	all := latest(t, o, 10*kept)
	if len(all) != kept || all[0].Message.ID != fmt.Sprintf("m%d", kept+2) || all[len(all)-1].Message.ID != "m3" {
		t.Errorf("%d are kept", len(all))
	}
	if some := latest(t, o, 2); len(some) != 2 || some[0].Message.ID != all[0].Message.ID || !some[0].Sent.Equal(mailtest.Now) {
		t.Errorf("got %+v", some)
	}
}
