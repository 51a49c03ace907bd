package events

// AssetDuplicated says that a vehicle joined the fleet as a copy of another one.
type AssetDuplicated struct {
	Object   Asset  `json:"object"`
	Original string `json:"original" doc:"The asset it was copied from" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b4"`
}

// Type is "asset.duplicated".
func (AssetDuplicated) Type() string { return "asset.duplicated" }

// Link says where the object can be read.
func (e AssetDuplicated) Link() Link { return e.Object.link() }
