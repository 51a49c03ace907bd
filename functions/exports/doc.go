// Package exports answers for lists that are written to files: everything under
// /v1/exports. What is in them is decided in shared/exporting.
package exports

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{CreateExport, GetExport, GetLink, ListExports, ListLists}
