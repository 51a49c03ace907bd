// Package chore is what the pages of maintenance, issues and reminders have in
// common: their lists, of the fleet or of one vehicle, and their form.
package chore

import "embed"

//go:embed *.html
var files embed.FS
