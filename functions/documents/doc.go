// Package documents answers for documents: everything under /v1/documents. What
// may be done is decided in shared/document.
package documents

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AddDocument, AskAgain, ChangeSettings, GetDocument, GetFile, GetSettings, ListDocumentHistory, ListDocuments, ListNotices, RejectDocument, RequestDocument, SubmitDocument, VerifyDocument,
}
