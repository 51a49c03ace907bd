// Package look is how the console looks: the layout and its navigation, the
// stylesheet, the icons, and the parts that pages are put together from.
//
// It promises that a page is complete without scripts, that nothing in it is
// inline (the content security policy forbids it), that colour never carries a
// meaning alone, and that every instant is shown in the workspace's time zone.
// What is on a page is left to the page: it fills a view model whose fields are
// this package's parts, and its template reaches nothing else.
package look

import (
	"embed"
	"html/template"
	"io/fs"
	"sync"
)

//go:embed layout.html alone.html body.html parts.html
var layouts embed.FS

//go:embed static
var static embed.FS

// Static is the stylesheet, the scripts and the icons.
func Static() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil { // "static" is embedded above
		panic(err)
	}
	return sub
}

// Page returns the template of a page: name.html of files inside the layout. It
// is parsed when first asked for, so that a Lambda reads only its own page.
func Page(files fs.FS, name string) func() *template.Template {
	return inside(files, name, "layout.html")
}

// Alone returns the template of a page outside the layout, one card in the
// middle: signing in.
func Alone(files fs.FS, name string) func() *template.Template {
	return inside(files, name, "alone.html")
}

// Entry is the name of the template to execute.
const Entry = "page"

func inside(files fs.FS, name, layout string) func() *template.Template {
	return sync.OnceValue(func() *template.Template {
		t := template.New(name).Funcs(template.FuncMap{"static": StaticPath})
		t = template.Must(t.ParseFS(layouts, "parts.html", "body.html", layout))
		return template.Must(t.ParseFS(files, name+".html"))
	})
}
