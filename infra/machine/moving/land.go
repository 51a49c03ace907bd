package moving

import (
	"bytes"
	"context"
	"errors"
	"io"

	"golang.org/x/sync/errgroup"

	"motorpool/infra/machine/moving/crate"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// A landing puts the files of a crate into the house as their parts come: those
// of one part side by side, longer ones each in a stream. Nothing is noted before
// all that came before it is there.
type landing struct {
	*unpacking
	small  *errgroup.Group // files of one part, on their way
	count  int
	upTo   int            // the last frame of them
	stream *io.PipeWriter // into the file whose parts are coming
	done   chan error     // what became of it
}

// part takes the next part.
func (l *landing) part(ctx context.Context, c crate.Chunk) error {
	p := c.Part
	info := blob.Info{Type: p.Type, Size: p.Size}
	if p.At == 0 && int64(len(p.Bytes)) == p.Size {
		if l.small == nil {
			l.small = &errgroup.Group{}
		}
		l.small.Go(func() error {
			return again(ctx, func() error { return there(l.Files.Put(ctx, blob.Key(p.Key), info, bytes.NewReader(p.Bytes))) })
		})
		if l.count, l.upTo = l.count+1, c.Number; l.count < atOnce {
			return nil
		}
		return l.settle(ctx)
	}
	if p.At == 0 {
		if err := l.settle(ctx); err != nil {
			return err
		}
		l.begin(ctx, blob.Key(p.Key), info)
	}
	// A file that is there needs no more bytes; what became of it, done says.
	if _, err := l.stream.Write(p.Bytes); err != nil && !errors.Is(err, errDone) {
		return err
	}
	if p.At+int64(len(p.Bytes)) < p.Size {
		return nil
	}
	l.stream.Close()
	l.stream = nil
	if err := <-l.done; err != nil {
		return err
	}
	l.claim.Chunk = c.Number
	return l.remember(ctx)
}

var errDone = errors.New("moving: the store has read what it wants")

// begin has the store read a file from a stream.
func (l *landing) begin(ctx context.Context, key blob.Key, info blob.Info) {
	from, to := io.Pipe()
	l.stream, l.done = to, make(chan error, 1)
	go func() {
		err := l.Files.Put(ctx, key, info, from)
		from.CloseWithError(errDone)
		l.done <- there(err)
	}()
}

// there passes over a file that an earlier run has put. The proof compares it.
func there(err error) error {
	if fault.CodeOf(err) == "blob.exists" {
		return nil
	}
	return err
}

// settle waits for the files of one part, and notes that they are there.
func (l *landing) settle(ctx context.Context) error {
	if l.small == nil {
		return nil
	}
	err := l.small.Wait()
	l.small, l.count = nil, 0
	if err != nil {
		return err
	}
	l.claim.Chunk = l.upTo
	return l.remember(ctx)
}

// close ends what is on its way when an import breaks off.
func (l *landing) close() {
	if l.stream != nil {
		l.stream.CloseWithError(io.ErrUnexpectedEOF)
		<-l.done
	}
	if l.small != nil {
		_ = l.small.Wait() // the import ends for another reason, and begins again behind what was noted
	}
}

// clear removes the files of an import whose proof failed, so that it begins
// anew. Nobody has seen them yet.
func (i *unpacking) clear(ctx context.Context) error {
	return i.files(ctx, i.workspace, i.workspace, "", func(k *blob.Kind, f blob.File) error {
		if k.Stays != "" {
			return nil
		}
		return again(ctx, func() error { return i.Files.Delete(ctx, f.Key) })
	})
}
