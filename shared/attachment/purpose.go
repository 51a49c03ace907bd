package attachment

import (
	"slices"
	"strings"

	"motorpool/shared/access"
)

// Purpose is what a file is for. It says what the file may be, how large, what
// is done to it, and who may upload it.
type Purpose string

// The purposes.
const (
	Photo    Purpose = "photo"    // of an asset or a category, for customers to see
	Document Purpose = "document" // a licence, a passport, a policy
	Evidence Purpose = "evidence" // a picture that must stay as it was taken
	Receipt  Purpose = "receipt"  // for an expense
	Logo     Purpose = "logo"     // of the workspace
	Import   Purpose = "import"   // a list to read in
	Export   Purpose = "export"   // a list or document that we made; never uploaded
)

// Media types that are told apart.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	WebP = "image/webp"
	HEIC = "image/heic"
	PDF  = "application/pdf"
	CSV  = "text/csv"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	ZIP  = "application/zip"
)

// A rule is what holds for a purpose.
type rule struct {
	types  []string
	max    int64          // bytes
	keep   bool           // the file is kept to the last bit; else pictures are drawn anew
	grants []access.Grant // any of them is enough to upload
}

const mega = 1 << 20

var rules = map[Purpose]rule{
	Photo:    {types: []string{JPEG, PNG, WebP}, max: 10 * mega, grants: []access.Grant{access.EditAssets}},
	Logo:     {types: []string{JPEG, PNG, WebP}, max: 5 * mega, grants: []access.Grant{access.ManageSettings}},
	Document: {types: []string{PDF, JPEG, PNG, HEIC}, max: 20 * mega, grants: []access.Grant{access.EditPeople, access.EditAssets, access.EditExpenses, access.ManageCare, access.DoInspections}},
	Evidence: {types: []string{JPEG, PNG, WebP, HEIC}, max: 20 * mega, keep: true, grants: []access.Grant{access.DoInspections, access.ManageCare, access.EditExpenses}},
	Receipt:  {types: []string{PDF, JPEG, PNG, HEIC}, max: 10 * mega, grants: []access.Grant{access.EditExpenses}},
	Import:   {types: []string{CSV, XLSX}, max: 20 * mega, keep: true, grants: []access.Grant{access.EditAssets, access.EditPeople}},
	Export:   {types: []string{CSV, XLSX, PDF, ZIP}, max: 100 * mega, keep: true},
}

// known are the media types by which clients call what is told apart.
var known = map[string]string{
	"image/jpg": JPEG, "image/pjpeg": JPEG, "image/heif": HEIC, "application/x-pdf": PDF, "application/csv": CSV,
}

// typed is the media type of a file that is announced as kind: browsers on
// Windows take a .csv for Excel's, and others do not know the type at all.
func typed(kind, name string) string {
	kind, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(kind)), ";")
	if better, ok := known[kind]; ok {
		return better
	}
	if generic := kind == "" || kind == "application/octet-stream" || kind == "text/plain" || kind == "application/vnd.ms-excel"; generic {
		for t, ending := range endings {
			if strings.HasSuffix(strings.ToLower(name), ending) {
				return t
			}
		}
	}
	return kind
}

// endings of names, by media type.
var endings = map[string]string{JPEG: ".jpg", PNG: ".png", WebP: ".webp", HEIC: ".heic", PDF: ".pdf", CSV: ".csv", XLSX: ".xlsx", ZIP: ".zip"}

// words are the types as people call them.
var words = map[string]string{JPEG: "JPEG", PNG: "PNG", WebP: "WebP", HEIC: "HEIC", PDF: "PDF", CSV: "CSV", XLSX: "XLSX", ZIP: "ZIP"}

// Accept lists the types that a file for p may have, as people call them:
// "JPEG, PNG or WebP".
func (p Purpose) Accept() string {
	var all []string
	for _, t := range rules[p].types {
		all = append(all, words[t])
	}
	if n := len(all) - 1; n > 0 {
		return strings.Join(all[:n], ", ") + " or " + all[n]
	}
	return strings.Join(all, "")
}

// Types lists the media types that a file for p may have.
func (p Purpose) Types() []string { return slices.Clone(rules[p].types) }

// MaxSize is how many bytes a file for p may have.
func (p Purpose) MaxSize() int64 { return rules[p].max }

// MayUpload reports whether the actor may upload a file for p.
func (p Purpose) MayUpload(actor access.Actor) bool {
	return slices.ContainsFunc(rules[p].grants, actor.May)
}
