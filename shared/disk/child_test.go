//go:build unix

package disk

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/fault"
)

// children are what the test binary does when it is started as its own child,
// by the name in DISK_TEST_CHILD. Each gets the path of the file.
var children = map[string]func(path string){
	"write":     writeForever,
	"full":      writeUntilFull,
	"read-only": openReadOnly,
}

func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], path)
	c.Env = append(os.Environ(), "DISK_TEST_CHILD="+role)
	c.Stderr = os.Stderr
	return c
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

var (
	left  = []byte("left")
	right = []byte("right")
)

// twice stores n in two buckets, which are only ever to be found equal.
func twice(n uint64) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		k := binary.BigEndian.AppendUint64(nil, n)
		v := bytes.Repeat(k, 1+int(n%97))
		if err := tx.Bucket(left).Put(k, v); err != nil {
			return err
		}
		return tx.Bucket(right).Put(k, v)
	}
}

// writeForever writes numbered changes from four writers, and says each number
// that is acknowledged.
func writeForever(path string) {
	d, err := Open(path)
	must(err)
	must(d.Make(left, right))
	var next uint64
	must(d.View(func(tx *bolt.Tx) error {
		if k, _ := tx.Bucket(left).Cursor().Last(); k != nil {
			next = binary.BigEndian.Uint64(k) + 1
		}
		return nil
	}))
	var said sync.Mutex
	for w := range uint64(4) {
		go func() {
			for n := next + w; ; n += 4 {
				must(d.Update(context.Background(), twice(n)))
				said.Lock()
				fmt.Println(n)
				said.Unlock()
			}
		}()
	}
	select {}
}

func TestNothingAcknowledgedIsLostWhenTheProcessIsKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	acknowledged := map[uint64]bool{}
	for range 40 {
		c := child(t, "write", path)
		out, err := c.StdoutPipe()
		must(err)
		must(c.Start())
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if len(acknowledged) == 0 || rand.IntN(40) == 0 {
				time.AfterFunc(time.Duration(rand.IntN(5_000))*time.Microsecond, func() { c.Process.Kill() })
			}
			n, err := strconv.ParseUint(lines.Text(), 10, 64)
			must(err)
			acknowledged[n] = true
		}
		c.Wait()
		verify(t, path, acknowledged)
	}
	t.Logf("%d changes were acknowledged", len(acknowledged))
}

// verify checks that all that was acknowledged is there, and nothing by halves.
func verify(t *testing.T, path string, acknowledged map[uint64]bool) {
	t.Helper()
	d, err := Open(path)
	must(err)
	defer d.Close()
	must(d.View(func(tx *bolt.Tx) error {
		for n := range acknowledged {
			if tx.Bucket(left).Get(binary.BigEndian.AppendUint64(nil, n)) == nil {
				t.Errorf("%d was acknowledged and is lost", n)
			}
		}
		for _, pair := range [][2][]byte{{left, right}, {right, left}} {
			other := tx.Bucket(pair[1])
			must(tx.Bucket(pair[0]).ForEach(func(k, v []byte) error {
				if !bytes.Equal(v, other.Get(k)) {
					t.Errorf("%x is half done", k)
				}
				return nil
			}))
		}
		return nil
	}))
}

// writeUntilFull limits the size of files, which refuses bytes as a full disk
// does, once beyond the file's end (it cannot grow) and once within it (its
// blocks cannot be had), and lifts the limit again.
func writeUntilFull(path string) {
	signal.Ignore(syscall.SIGXFSZ)
	d, err := Open(path)
	must(err)
	must(d.Make(left, right))
	n := uint64(0)
	for range 200 {
		must(d.Update(context.Background(), twice(n)))
		n++
	}
	file, err := os.Stat(path)
	must(err)
	for _, limit := range []int64{file.Size(), 256 << 10} {
		n = fill(d, n, limit)
	}
	must(d.Close())
	fmt.Println(n)
}

func fill(d *Disk, n uint64, limit int64) uint64 {
	var was syscall.Rlimit
	must(syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(limit), Max: was.Max}))
	err := error(nil)
	for ; err == nil; n++ {
		err = d.Update(context.Background(), func(tx *bolt.Tx) error {
			for i := range uint64(100) {
				must(twice(n<<8 + i<<40)(tx))
			}
			return twice(n)(tx)
		})
	}
	n-- // the last one was refused
	if fault.KindOf(err) != fault.Unavailable || fault.CodeOf(err) != "disk.write" {
		panic(fmt.Sprintf("a full disk is %v", err))
	}
	must(d.View(func(tx *bolt.Tx) error {
		if tx.Bucket(left).Get(binary.BigEndian.AppendUint64(nil, n)) != nil {
			panic("what was refused is there")
		}
		return nil
	}))
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was))
	for range 50 {
		must(d.Update(context.Background(), twice(n)))
		n++
	}
	return n
}

func TestAFullDiskRefusesAndGoesOnWhenThereIsSpace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	out, err := child(t, "full", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(out)), 10, 64)
	must(err)
	acknowledged := map[uint64]bool{}
	for i := range n {
		acknowledged[i] = true
	}
	verify(t, path, acknowledged)
}

// openReadOnly gives up being root first, for whom no file is read-only. It
// goes to the file's folder before, because it cannot find the way afterwards.
func openReadOnly(path string) {
	must(os.Chdir(filepath.Dir(path)))
	if os.Getuid() == 0 {
		must(syscall.Setuid(65534))
	}
	_, err := Open(filepath.Base(path))
	fmt.Printf("%t %s", fault.KindOf(err) == fault.Unavailable, fault.CodeOf(err))
}

func TestAReadOnlyFileIsUnavailable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	must(open(t, path).Close())
	must(os.Chmod(path, 0o444))
	out, err := child(t, "read-only", path).Output()
	if got := string(out); err != nil || got != "true disk.open" {
		t.Errorf("got %q, %v; want an unavailable disk.open", got, err)
	}
}
