package config

import (
	"log/slog"
	"maps"
	"strings"
	"testing"
)

var whole = map[string]string{
	"AWS_REGION": "eu-west-1", "TABLE": "t", "KEY": "arn:aws:kms:k", "DELIVERIES_QUEUE": "https://q/d", "JOBS_QUEUE": "https://q/j", "LETTERS_QUEUE": "https://q/l", "MAIL_FROM": "cars@motorpool.example",
	"FILES_BUCKET":  "files",
	"RETRY_MACHINE": "arn:aws:states:m", "BASE_URL": "https://motorpool.example", "LOG_LEVEL": "warn",
}

func load(change map[string]string) (Config, error) {
	env := maps.Clone(whole)
	maps.Copy(env, change)
	return Load(func(name string) string { return env[name] })
}

func TestEverythingIsRead(t *testing.T) {
	got, err := load(nil)
	want := Config{
		Region: "eu-west-1", Table: "t", Key: "arn:aws:kms:k", Deliveries: "https://q/d", Jobs: "https://q/j", Letters: "https://q/l", MailFrom: "cars@motorpool.example",
		Files:   "files",
		Machine: "arn:aws:states:m", Base: "https://motorpool.example", Level: slog.LevelWarn,
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestAllThatIsMissingIsNamedAtOnce(t *testing.T) {
	_, err := Load(func(string) string { return "" })
	want := "AWS_REGION is not set\nTABLE is not set\nKEY is not set\nDELIVERIES_QUEUE is not set\nJOBS_QUEUE is not set\nLETTERS_QUEUE is not set\nFILES_BUCKET is not set\nRETRY_MACHINE is not set"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestWhatMayBeAbsent(t *testing.T) {
	c, err := load(map[string]string{"BASE_URL": "", "LOG_LEVEL": ""})
	if err != nil || c.Base != "" || c.Level != slog.LevelInfo {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"BASE_URL", "motorpool.example", "BASE_URL is"},
		{"BASE_URL", "https://motorpool.example/", "BASE_URL is"},
		{"BASE_URL", "ftp://motorpool.example", "BASE_URL is"},
		{"BASE_URL", "https://", "BASE_URL is"},
		{"BASE_URL", "https://user@motorpool.example", "BASE_URL is"},
		{"LOG_LEVEL", "loud", "LOG_LEVEL is"},
		{"TABLE", "", "TABLE is not set"},
	} {
		if _, err := load(map[string]string{tt.name: tt.value}); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s=%q: got %v, want %s…", tt.name, tt.value, err, tt.want)
		}
	}
}
