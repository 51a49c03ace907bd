package embed_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/queue"
	"motorpool/shared/queue/embed"
)

// TestMain is also the process that the crash tests kill.
func TestMain(m *testing.M) {
	switch path := os.Getenv("QUEUE_CRASH_FILE"); {
	case path == "":
		os.Exit(m.Run())
	case os.Getenv("QUEUE_CRASH_POISON") != "":
		report(poisoned(path))
	default:
		report(hurried(path))
	}
}

func report(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// hurried sends and handles messages until it is killed, and tells each.
func hurried(path string) error {
	q, err := openQueue(path)
	if err != nil {
		return err
	}
	first, err := strconv.ParseInt(os.Getenv("QUEUE_CRASH_FIRST"), 10, 64)
	if err != nil {
		return err
	}
	var next atomic.Int64
	next.Store(first)
	tell := teller()
	for range 8 {
		go func() {
			for {
				n := next.Add(1)
				if err := q.Send(context.Background(), queue.Message{Group: fmt.Sprint(n % 7), Body: json.RawMessage(fmt.Sprint(n))}); err != nil {
					panic(err)
				}
				tell("sent", n)
			}
		}()
	}
	return q.Serve(context.Background(), func(_ context.Context, m queue.Message) error {
		n, err := strconv.ParseInt(string(m.Body), 10, 64)
		tell("done", n)
		return err
	})
}

// teller writes whole lines to standard output, at once.
func teller() func(what string, n int64) {
	var mu sync.Mutex
	return func(what string, n int64) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = os.Stdout.WriteString(what + " " + strconv.FormatInt(n, 10) + "\n")
	}
}

func openQueue(path string) (*embed.Queue, error) {
	d, err := disk.Open(path)
	if err != nil {
		return nil, err
	}
	return embed.Open(d, "work", embed.Options{Now: time.Now, MaxReceives: 3})
}

// TestNothingIsLostWhenTheProcessIsKilled kills the process at random moments.
// Every message whose Send had returned is handled in the end.
func TestNothingIsLostWhenTheProcessIsKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	sent, done := map[string]bool{}, map[string]int{}
	for round := range 12 {
		c := child(t, path, "QUEUE_CRASH_FIRST="+fmt.Sprint(round*1_000_000))
		life := time.Duration(rand.IntN(150)) * time.Millisecond
		kill := sync.OnceFunc(func() { time.AfterFunc(life, func() { _ = c.Process.Kill() }) })
		for line := range lines(t, c) {
			kill()
			switch what, n, _ := strings.Cut(line, " "); what {
			case "sent":
				sent[n] = true
			case "done":
				done[n]++
			}
		}
	}
	rest := drain(t, path)
	handed, twice := 0, 0
	for n := range rest {
		done[n]++
	}
	for n := range sent {
		if done[n] == 0 {
			t.Errorf("message %s was accepted and never handed out", n)
		}
	}
	for _, n := range done {
		handed++
		twice += n - 1
	}
	t.Logf("%d accepted, %d handed out, %d of them again, %d left for the end", len(sent), handed, twice, len(rest))
	if len(sent) < 100 {
		t.Errorf("only %d messages were sent: the test shows nothing", len(sent))
	}
}

// drain handles what is left in the queue.
func drain(t *testing.T, path string) map[string]bool {
	t.Helper()
	q, err := embed.Open(openDisk(t, path), "work", embed.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	rest := map[string]bool{}
	stop := serve(t, q, func(_ context.Context, m queue.Message) error {
		mu.Lock()
		defer mu.Unlock()
		rest[string(m.Body)] = true
		return nil
	})
	until(t, "the queue is empty", q.Idle)
	stop()
	if d := q.Depth(); d != (embed.Depth{}) {
		t.Errorf("after all is done: %+v", d)
	}
	return rest
}

// poisoned sends one message if there is none and is killed by handling it.
func poisoned(path string) error {
	q, err := openQueue(path)
	if err != nil {
		return err
	}
	if q.Idle() && q.Depth().Dead == 0 {
		if err := q.Send(context.Background(), queue.Message{Group: "poison", Body: body}); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for q.Depth().Dead == 0 {
			<-time.After(time.Millisecond)
		}
		cancel()
	}()
	err = q.Serve(ctx, func(context.Context, queue.Message) error {
		p, err := os.FindProcess(os.Getpid())
		if err != nil {
			return err
		}
		fmt.Println("handed out")
		_ = p.Kill()
		select {}
	})
	fmt.Println("dead letter")
	return errors.Join(err, q.Close())
}

// TestAMessageThatKillsTheProcessBecomesADeadLetter although no process lives to
// count its last hand-out.
func TestAMessageThatKillsTheProcessBecomesADeadLetter(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	for deaths := 0; ; deaths++ {
		said := ""
		for line := range lines(t, child(t, path, "QUEUE_CRASH_POISON=1")) {
			said = line
		}
		if said == "dead letter" {
			if deaths < 3 {
				t.Errorf("a dead letter after %d deaths, want 3 at least", deaths)
			}
			return
		}
		if deaths == 5 {
			t.Fatal("the message has killed 5 processes, with a limit of 3 receives")
		}
	}
}

func child(t *testing.T, path string, env ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(append(os.Environ(), "QUEUE_CRASH_FILE="+path), env...)
	c.Stderr = os.Stderr
	return c
}

// lines runs c and yields what it says until it ends.
func lines(t *testing.T, c *exec.Cmd) func(yield func(string) bool) {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return func(yield func(string) bool) {
		s := bufio.NewScanner(out)
		for s.Scan() {
			if !yield(s.Text()) {
				break
			}
		}
		_ = c.Wait()
	}
}
