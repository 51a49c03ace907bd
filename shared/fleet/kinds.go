package fleet

import "motorpool/shared/table"

// Kinds lists what rests here.
func Kinds() []table.Kind {
	const category = "WS#w#CAT#*"
	return []table.Kind{
		{Name: "asset", PK: "WS#w#AST#*", SK: "ASSET"},
		{Name: "asset's booking switch", PK: "WS#w#AST#*", SK: "BOOKING#**"},
		{Name: "VIN's claim", PK: "WS#w#VIN#**", SK: "CLAIM"},
		{Name: "number's claim", PK: "WS#w#NUMBER#*", SK: "CLAIM"},
		{Name: "search entry", PK: "WS#w#SEARCH#*", SK: "**"},
		{Name: "place in the list of assets", PK: "WS#w#NUMBERED#*", SK: "**"},
		{Name: "location's asset", PK: "WS#w#AT#*#*", SK: pointerPrefix + "*"},
		{Name: "asset's transfer", PK: "WS#w#AST#*", SK: transferPrefix + "**"},
		{Name: "location's transfer", PK: "WS#w#TRF#*", SK: "**"},
		{Name: "category", PK: category, SK: "CATEGORY"},
		{Name: "category's opening", PK: category, SK: openSK},
		{Name: "category's closing", PK: category, SK: "CLOSING"},
		{Name: "category's parts", PK: category, SK: "PARTS"},
		{Name: "category's asset", PK: category, SK: pointerPrefix + "*"},
		{Name: "slug's claim", PK: "WS#w#SLUG#**", SK: "CLAIM"},
	}
}
