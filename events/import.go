package events

import "time"

// Import is a file on its way in, as the outside sees it: the object of
// asset.imported and the answer of the API.
type Import struct {
	ID            string         `json:"id" doc:"The import's identifier" example:"imp_01k9x3v7q2m8r4t6w0y5z1a3f1"`
	Kind          string         `json:"kind" enum:"assets" doc:"What its rows are" example:"assets"`
	File          string         `json:"file" doc:"The upload" example:"att_01k9x3v7q2m8r4t6w0y5z1a3f2"`
	FileName      string         `json:"file_name,omitempty" example:"fleet.xlsx"`
	Format        string         `json:"format,omitempty" enum:"csv,xlsx" example:"xlsx"`
	State         string         `json:"state" enum:"reading,mapping,checking,checked,applying,applied,cancelling,cancelled,failed" example:"applied"`
	Problem       *ImportProblem `json:"problem,omitempty" doc:"Why it failed"`
	Columns       []ImportColumn `json:"columns,omitempty" nullable:"false"`
	IgnoredSheets []string       `json:"ignored_sheets,omitempty" nullable:"false" doc:"Sheets of the workbook beside the first, which is the one that is read"`
	Rows          int            `json:"rows" doc:"Of the file, without the header" example:"1204"`
	RowsDone      int            `json:"rows_done" doc:"Of the dry run, or of the import" example:"1204"`
	Counts        ImportCounts   `json:"counts" doc:"What became of the rows that are done"`
	Expected      *ImportCounts  `json:"expected,omitempty" doc:"What the dry run found"`
	HasErrorFile  bool           `json:"has_error_file" doc:"There is a file of the rows that were refused"`
	By            Actor          `json:"by" doc:"Who began it, or did so last"`
	CreatedAt     time.Time      `json:"created_at"`
	UpdatedAt     time.Time      `json:"updated_at"`
	Version       int64          `json:"version" doc:"Counts the changes; the ETag" example:"9"`
}

// ImportColumn is a column of the file.
type ImportColumn struct {
	Letter  string   `json:"letter" example:"C"`
	Name    string   `json:"name" doc:"As the header calls it" example:"Rego"`
	Field   string   `json:"field" doc:"What it is; empty if it is left out" example:"registration.plate"`
	Samples []string `json:"samples" nullable:"false" doc:"Of the first rows"`
}

// ImportCounts is what became of rows, or would.
type ImportCounts struct {
	Created   int `json:"created" example:"1100"`
	Updated   int `json:"updated" example:"80"`
	Unchanged int `json:"unchanged" example:"20"`
	Failed    int `json:"failed" doc:"Refused; the other rows are taken all the same" example:"4"`
	Warned    int `json:"warned" doc:"Taken, and worth a second look" example:"2"`
}

// ImportProblem is why a file cannot be imported at all.
type ImportProblem struct {
	Code   string `json:"code" doc:"Stable; branch on this" example:"sheet.encoding"`
	Reason string `json:"reason" doc:"For people"`
}

func (i Import) link() Link { return Link{ID: i.ID, Type: "import", URL: "/v1/imports/" + i.ID} }
