package main

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// build makes hello and every area for here, to be started, and for arm64, to
// be weighed.
func build(ctx context.Context, dir string) ([]*area, error) {
	all := []*area{{name: "hello", source: "./infra/aws/coldstart/hello"}}
	folders, err := filepath.Glob("infra/aws/lambda/*/main.go")
	if err != nil || len(folders) == 0 {
		return nil, fmt.Errorf("no areas in infra/aws/lambda: start it at the root of the repository: %w", err)
	}
	for _, f := range folders {
		f = filepath.Dir(f)
		all = append(all, &area{name: filepath.Base(f), source: "./" + f})
	}
	for _, a := range all {
		a.path = filepath.Join(dir, a.name)
		if err := compile(ctx, a.source, a.path); err != nil {
			return nil, err
		}
		deployed := a.path + "-arm64"
		if err := compile(ctx, a.source, deployed, "GOOS=linux", "GOARCH=arm64"); err != nil {
			return nil, err
		}
		if a.binary, a.zip, err = weigh(deployed); err != nil {
			return nil, err
		}
	}
	out, err := exec.CommandContext(ctx, "go", "run", "./infra/aws/docs", filepath.Join(dir, "site")).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	return all, nil
}

// compile runs what "make build" runs.
func compile(ctx context.Context, source, to string, env ...string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", to, source)
	cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0"), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// weigh returns the size of a file as it is and in a zip. sam and cdk deflate with
// zlib at its default level, which Go's own deflate only comes near to at its
// best: what they upload is 2 to 3 % smaller.
func weigh(path string) (plain, zipped int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	var n counter
	z := zip.NewWriter(&n)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	w, err := z.Create("bootstrap")
	if err == nil {
		plain, err = io.Copy(w, f)
	}
	if err == nil {
		err = z.Close()
	}
	return plain, int64(n), err
}

// small returns an error that names each bootstrap whose zip is above the goal.
func small(bootstraps []string) error {
	var errs []error
	for _, path := range bootstraps {
		plain, zipped, err := weigh(path)
		most := zipMost(filepath.Base(filepath.Dir(path)))
		if err == nil && zipped > most {
			err = fmt.Errorf("the zip of %s has %d bytes (%d unpacked); %d are the most", path, zipped, plain, most)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// counter counts what is written.
type counter int64

func (n *counter) Write(b []byte) (int, error) { *n += counter(len(b)); return len(b), nil }
