// Package documents is the console's pages of customers' and vehicles' documents,
// and the page by which a customer sends one.
package documents

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	DocumentAnew,
	DocumentAsk,
	DocumentAskSend,
	DocumentCreate,
	DocumentFile,
	DocumentList,
	DocumentNew,
	DocumentPage,
	DocumentReject,
	DocumentRequest,
	DocumentRequestSend,
	DocumentSent,
	DocumentSettings,
	DocumentSettingsSave,
	DocumentSubmit,
	DocumentVerify,
	UploadPage,
	UploadTake,
}
