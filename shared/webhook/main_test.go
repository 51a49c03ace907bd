package webhook

import (
	"log/slog"
	"os"
	"testing"
)

// TestMain keeps quiet what the adapters log of failures that tests cause.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}
