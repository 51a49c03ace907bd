// Package pattern says what text may look like, by regular expressions that are
// compiled when they are needed first. A Lambda is one function and needs few of
// the patterns that its packages declare, but would compile all of them at its
// start.
package pattern

import (
	"regexp"
	"sync"
)

// New returns a function that reports whether text matches expr, in the syntax
// of package regexp. It panics when it is called first if expr is not valid.
func New(expr string) func(text string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
	return func(text string) bool { return compiled().MatchString(text) }
}
