// Package record is how one section of the console shows the records of another:
// where their pages are, what they are called, their badges, the tabs and papers
// around them, and what the audit log says of them.
//
// It makes no page by itself. A section never imports another one; what two of
// them show is here.
package record
