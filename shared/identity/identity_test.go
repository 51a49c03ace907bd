package identity

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"
)

func TestPasswordsAreJudgedByLengthAndByWhatIsTriedFirst(t *testing.T) {
	t.Parallel()
	for plain, good := range map[string]bool{
		"three blind mice": true, "Übergröße 97": true, "xkcd-936-style": true, "492837465019": true, "            y": true, "password of mine": true,
		"": false, "short": false, "123456789": false, "eleven char": false, "123456789012": false, "PASSWORD1234!": false, "aaaaaaaaaaaa": false,
		strings.Repeat("ab", 100): false, "Abcabcabcabc": false, "qwertyuiopasdf1": false, "            ": false, "987654321098": false,
		strings.Repeat("ab", 100) + "c": false, "ada.lovelace1": false, "my ADA.LOVELACE": false,
	} {
		err := CheckPassword(plain, "Ada.Lovelace@example.com")
		if (err == nil) != good {
			t.Errorf("%.30q: got %v", plain, err)
		}
	}
	if err := CheckPassword("bob the builder", "bob@example.com"); err != nil {
		t.Errorf("a short name may be in it: %v", err)
	}
}

func TestAHashMatchesItsPasswordAlone(t *testing.T) {
	t.Parallel()
	phc, err := hash("three blind mice", rand.Reader)
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("got %s %v", phc, err)
	}
	again, err := hash("three blind mice", rand.Reader)
	if err != nil || again == phc {
		t.Errorf("one salt for two: %v", err)
	}
	if !matches(phc, "three blind mice") || matches(phc, "three blind mouse") || matches(phc, "") || outdated(phc) {
		t.Error("it does not tell")
	}
	// Made by the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
	known := "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if !matches(known, "password") || matches(known, "passwore") || !outdated(known) {
		t.Error("argon2id as others make it does not match")
	}
}

func TestWhatIsNoHashMatchesNothing(t *testing.T) {
	t.Parallel()
	for _, phc := range []string{
		"", "x", "$", "plain", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$argon2id$v=19$m=65536,t=0,p=0$c29tZXNhbHQ$",
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFh", "$argon2id$v=19$m=65536,t=2,p=1$!!$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
	} {
		if matches(phc, "password") || matches(phc, "") {
			t.Errorf("%q matches", phc)
		}
	}
}

// TestHashesAreNotAllComputedAtOnce: each takes 19 MiB, and whoever wants may ask
// for as many as they like.
func TestHashesAreNotAllComputedAtOnce(t *testing.T) {
	for range cap(atOnce) {
		atOnce <- struct{}{}
	}
	done := make(chan bool, 1)
	go func() { done <- matches("", "three blind mice") }()
	select {
	case <-done:
		t.Error("one more was computed")
	case <-time.After(100 * time.Millisecond): // several times as long as one takes
	}
	for range cap(atOnce) {
		<-atOnce
	}
	if <-done {
		t.Error("nothing matches")
	}
}
