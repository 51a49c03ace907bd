package letter

import (
	"html"
	"strings"
)

// The parts of a letter's page. It is built of them by hand, because every
// binary of the product has letters in it and html/template would cost each of
// them 4 to 6 MB (decision 0025); testdata/letter.html is the same page as a
// template, and a test holds one to the other.
const (
	pageHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>`
	pageBody = `</title></head>
<body style="margin:0;padding:24px;background:#f4f5f7;color:#1c2430;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
`
	pageButton = `" style="display:inline-block;padding:10px 18px;background:#0b5cad;color:#ffffff;border-radius:6px;text-decoration:none">`
	pageSmall  = `<p style="font-size:13px;color:#4a5568">`
	pageEnd    = "</div></body></html>\n"
)

// page is t for those who read HTML. Nothing of t becomes markup.
func (t text) page() string {
	var b strings.Builder
	put := func(before, said, after string) { b.WriteString(before + html.EscapeString(said) + after) }
	put(pageHead, t.Subject, pageBody)
	if t.Hello != "" {
		put("<p>", t.Hello, "</p>\n")
	}
	for _, p := range t.Text {
		put("<p>", p, "</p>\n")
	}
	if len(t.Lines) > 0 {
		b.WriteString("<ul>")
		for _, l := range t.Lines {
			put("<li>", l, "</li>")
		}
		b.WriteString("</ul>\n")
	}
	if t.Link != "" {
		put(`<p><a href="`, safe(t.Link), pageButton)
		put("", t.Button, "</a></p>\n")
		put(pageSmall+"If the button does nothing, open this address:<br>", t.Link, "</p>\n")
	}
	if t.Foot != "" {
		put(pageSmall, t.Foot, "</p>\n")
	}
	b.WriteString(pageEnd)
	return b.String()
}

// safe is a link that a reader may press: to a web address, never to a script.
func safe(link string) string {
	if strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") || strings.HasPrefix(link, "/") {
		return link
	}
	return "#"
}
