package look

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"sync"
)

// StaticPath returns the address of a static file. It names the contents of all
// of them, so that a browser may keep each for ever.
func StaticPath(name string) string { return "/static/" + StaticVersion() + "/" + name }

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
