// Package imports answers for lists that are brought in: everything under
// /v1/imports. What happens to a file is decided in shared/importing.
package imports

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ApplyImport, CancelImport, CheckImport, CreateImport, GetErrorsFile, GetImport, ListFields, ListImports, ListRows, MapColumns,
}
