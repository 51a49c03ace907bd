// Package console is what the operator's staff see all day: pages made on the
// server, which work without a script and are better with one.
//
// A page is one file with its template beside it. It asks the same services as
// the API, fills a view model, and its template reaches nothing else; a form is
// posted to a route of its own, which asks one service and redirects. What a
// reader may not do is not shown to them, and refused all the same. How pages
// look is look's business, who may come in is the edge's.
package console

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AssetArchive,
	AssetBooking,
	AssetCreate,
	AssetDelete,
	AssetDuplicate,
	AssetEdit,
	AssetList,
	AssetNew,
	AssetPage,
	AssetSave,
	AuditLog,
	CategoryCreate,
	CategoryDelete,
	CategoryList,
	CategoryMerge,
	CategoryNew,
	CategoryPage,
	CategorySave,
	DeliveryList,
	DeliveryPage,
	DeliveryPayload,
	DeliveryResend,
	EndpointCheck,
	EndpointCreate,
	EndpointDelete,
	EndpointEdit,
	EndpointEnable,
	EndpointList,
	EndpointNew,
	EndpointPage,
	EndpointPause,
	EndpointRecover,
	EndpointRecoverStart,
	EndpointReplay,
	EndpointReplayStart,
	EndpointResume,
	EndpointReveal,
	EndpointRotate,
	EndpointSave,
	EndpointSendExample,
	EventCatalogue,
	EventType,
	Home,
	InboxAnswer,
	InboxCreate,
	InboxList,
	InboxPage,
	KeyCreate,
	KeyList,
	KeyNew,
	KeyRevoke,
	SignIn,
	SignInConfirm,
	SignInEnter,
	SignOut,
	Static,
	WorkspacePage,
	WorkspaceSave,
}
