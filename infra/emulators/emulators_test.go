package emulators_test

import (
	"net/http"
	"testing"

	"motorpool/infra/emulators"
)

func TestEmulatorsAreStartedOnceAndAnswer(t *testing.T) {
	for name, start := range map[string]func(testing.TB) string{
		"dynamodb": emulators.DynamoDB,
		"aws":      emulators.AWS,
	} {
		t.Run(name, func(t *testing.T) {
			first, again := start(t), start(t)
			if first != again {
				t.Errorf("got %s, then %s; want one server", first, again)
			}
			res, err := http.Get(first)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
		})
	}
}
