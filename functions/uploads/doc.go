// Package uploads answers for files on their way in: everything under
// /v1/uploads, and /uploads for people. What a file may be is decided in
// shared/attachment; what it is for, by whoever names it then.
//
// It is an area of its own because it alone decodes pictures: no other binary
// has a decoder in it, and what harms one harms no page.
package uploads

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{Begin, BeginHere, Complete, CompleteHere, Get, Send}
