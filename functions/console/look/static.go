package look

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"sync"
)

// StaticPath returns the address of a static file. It names the contents of all
// of them, so that a browser may keep each for ever.
func StaticPath(name string) string { return "/static/" + StaticVersion() + "/" + name }

// Packed returns a static file as gzip has it; false if there is no such file.
func Packed(name string) ([]byte, bool) {
	if b, ok := packed.Load(name); ok {
		return b.([]byte), true
	}
	plain, err := fs.ReadFile(Static(), name)
	if err != nil {
		return nil, false
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil { // there is such a level
		panic(err)
	}
	z.Write(plain) // a Buffer takes everything
	z.Close()
	packed.Store(name, b.Bytes())
	return b.Bytes(), true
}

// packed keeps what was packed: file name -> bytes.
var packed sync.Map

// StaticVersion changes whenever a static file does.
var StaticVersion = sync.OnceValue(func() string {
	sum := sha256.New()
	err := fs.WalkDir(static, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := static.ReadFile(path)
		sum.Write(b)
		return err
	})
	if err != nil { // embedded files can be read
		panic(err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
})
