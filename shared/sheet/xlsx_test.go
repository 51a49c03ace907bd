package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/sheet"
)

const head = `<?xml version="1.0" encoding="UTF-8"?>`

// parts is a small workbook, as spreadsheets write it.
func parts() map[string]string {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return map[string]string{
		"[Content_Types].xml": head + `<Types/>`,
		"_rels/.rels":         head + `<Relationships><Relationship Id="rId1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": head + `<workbook ` + ns + `><workbookPr/><sheets><sheet name="Secret" sheetId="3" state="hidden" r:id="rId9"/>` +
			`<sheet name="Fleet" sheetId="1" r:id="rId1"/><sheet name="Notes" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": head + `<Relationships><Relationship Id="rId1" Type="` + rel + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + rel + `worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId9" Type="` + rel + `worksheet" Target="worksheets/sheet2.xml"/>` +
			`<Relationship Id="rId3" Type="` + rel + `sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="` + rel + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId5" Type="` + rel + `externalLink" Target="http://evil.example/x.xlsx" TargetMode="External"/></Relationships>`,
		"xl/sharedStrings.xml": head + `<sst><si><t>VIN</t></si><si><r><t xml:space="preserve">Bought </t></r><r><t>on</t></r><rPh><t>hint</t></rPh></si><si><t>Price</t></si><si><t>=1+2</t></si></sst>`,
		"xl/styles.xml": head + `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="&quot;day&quot; 0"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": sheetOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>`),
		"xl/worksheets/sheet2.xml": sheetOf(``),
	}
}

func sheetOf(rows string) string {
	return head + `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`
}

// workbook packs the parts, with some of them replaced; an empty one is left out.
func workbook(with map[string]string) []byte {
	all := parts()
	maps.Copy(all, with)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] == "" {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(all[name]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// rows is a workbook with these rows below the header.
func rows(rows string) []byte {
	return workbook(map[string]string{"xl/worksheets/sheet1.xml": sheetOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>` + rows)})
}

func TestWorkbooksAreReadAsText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, rows, want string }{
		{"a date by a built-in format", `<row r="2"><c r="B2" s="1"><v>45975</v></c></row>`, "2:|2025-11-14|"},
		{"a date by a format of its own", `<row r="2"><c r="B2" s="2"><v>45975</v></c></row>`, "2:|2025-11-14|"},
		{"a date with a time", `<row r="2"><c r="B2" s="2"><v>45975.75</v></c></row>`, "2:|2025-11-14T18:00:00|"},
		{"the first days of Excel", `<row r="2"><c r="B2" s="1"><v>1</v></c></row>`, "2:|1900-01-01|"},
		{"a number whose format has a d in quotes", `<row r="2"><c r="B2" s="3"><v>45975</v></c></row>`, "2:|45975|"},
		{"an ISO date", `<row r="2"><c r="B2" t="d"><v>2025-11-14</v></c></row>`, "2:|2025-11-14|"},
		{"a number with an exponent", `<row r="2"><c r="C2"><v>1.23E+5</v></c></row>`, "2:||123000"},
		{"what floats make of 0.3", `<row r="2"><c r="C2"><v>0.30000000000000004</v></c></row>`, "2:||0.3"},
		{"fifteen digits", `<row r="2"><c r="A2"><v>123456789012345</v></c></row>`, "2:123456789012345||"},
		{"a formula's value", `<row r="2"><c r="A2" t="str"><f>A1&amp;"x"</f><v>VINx</v></c></row>`, "2:VINx||"},
		{"text like a formula", `<row r="2"><c r="A2" t="s"><v>3</v></c></row>`, "2:=1+2||"},
		{"inline text", `<row r="2"><c r="A2" t="inlineStr"><is><t>A1</t></is></c></row>`, "2:A1||"},
		{"yes and no", `<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="b"><v>0</v></c></row>`, "2:true|false|"},
		{"cells and rows without places", `<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>4</v></c></row>`, "2:1|2|,3:|4|"},
		{"rows that are left out", `<row r="7"><c r="C7"><v>1</v></c></row>`, "7:||1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(t, rows(tt.rows))
			if err != nil || strings.Join(got[1:], ",") != tt.want || got[0] != "VIN|Bought on|Price" {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestCellsThatCannotBeReadAreWrongByThemselves(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, cell, says string }{
		{"an error", `<c r="A2" t="e"><v>#N/A</v></c>`, "#N/A"},
		{"a formula without a value", `<c r="A2"><f>1+2</f></c>`, "no value"},
		{"sixteen digits", `<c r="A2"><v>1234567890123456</v></c>`, "15 digits"},
		{"a text that is not there", `<c r="A2" t="s"><v>99</v></c>`, "text that the workbook does not have"},
		{"a negative day", `<c r="A2" s="1"><v>-3</v></c>`, "no day"},
		{"no number", `<c r="A2"><v>NaN</v></c>`, "not a number"},
		{"a cell far to the right", `<c r="XFD2"><v>1</v></c>`, "last column"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(t, rows(`<row r="2">`+tt.cell+`</row>`))
			if err != nil || len(got) != 2 || !strings.Contains(got[1], tt.says) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestAWorkbookIsItsFirstSheetThatIsShown(t *testing.T) {
	t.Parallel()
	tab, err := sheet.Open(workbook(nil), sheet.Usual)
	if err != nil || tab.Header[0] != "VIN" || len(tab.Ignored) != 1 || tab.Ignored[0] != "Notes" || tab.Format != "xlsx" {
		t.Errorf("got %+v, %v", tab, err)
	}
}

func TestDaysFrom1904(t *testing.T) {
	t.Parallel()
	book := strings.Replace(parts()["xl/workbook.xml"], "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	got, err := read(t, workbook(map[string]string{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheetOf(`<row><c t="s"><v>0</v></c></row><row><c s="1"><v>44513</v></c></row>`)}))
	if err != nil || got[1] != "2:2025-11-14" {
		t.Errorf("got %q, %v", got, err)
	}
}

// zeros is a part that packs a thousand times smaller.
func zeros(n int) string { return strings.Repeat(" ", n) }

func TestBadWorkbooksAreRefused(t *testing.T) {
	t.Parallel()
	part := func(name, text string) []byte { return workbook(map[string]string{name: text}) }
	const first = "xl/worksheets/sheet1.xml"
	good := workbook(nil)
	lying := bytes.Clone(part(first, sheetOf(zeros(3<<20)))) // says that it unpacks to a hundred bytes
	for at := 0; ; {
		i := bytes.Index(lying[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i + 4
		if size := lying[at+20 : at+24]; binary.LittleEndian.Uint32(size) > 1<<20 {
			binary.LittleEndian.PutUint32(size, 100)
		}
	}
	var many bytes.Buffer
	for n := range 60_000 {
		fmt.Fprintf(&many, `<row r="%d"><c><v>1</v></c></row>`, n+2)
	}
	for _, tt := range []struct {
		name string
		file []byte
		code string
	}{
		{"a zip bomb", part(first, sheetOf(zeros(64<<20))), "sheet.unpacked"},
		{"a zip bomb beside the sheet", part("xl/media/image1.emf", zeros(64<<20)), "sheet.unpacked"},
		{"a zip bomb that says it is small", lying, "sheet.damaged"},
		{"texts between two tags without end", part(first, sheetOf(`<row><c t="inlineStr"><is><t>`+noise(3<<20)+`</t></is></c></row>`)), "sheet.unpacked"},
		{"elements within elements", part(first, head+strings.Repeat("<x>", 1000)+strings.Repeat("</x>", 1000)), "sheet.unpacked"},
		{"entities that multiply", part(first, `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>`), "sheet.damaged"},
		{"entities from outside", part("xl/sharedStrings.xml", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>`), "sheet.damaged"},
		{"macros", part("xl/vbaProject.bin", "x"), "sheet.macros"},
		{"a merged header", part(first, head+`<worksheet><sheetData><row r="1"><c t="s"><v>0</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells></worksheet>`), "sheet.merged"},
		{"too many rows", part(first, sheetOf(many.String())), "sheet.rows"},
		{"too many columns", part(first, sheetOf(`<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>2</v></c></row>`)), "sheet.columns"},
		{"an empty sheet", part(first, sheetOf("")), "sheet.empty"},
		{"a sheet that is cut off", part(first, head+`<worksheet><sheetData><row r="1"><c t="s"><v>0</v>`), "sheet.damaged"},
		{"a ZIP that is no workbook", part("_rels/.rels", ""), "sheet.foreign"},
		{"a workbook without sheets", part("xl/workbook.xml", head+"<workbook/>"), "sheet.foreign"},
		{"a ZIP that is cut off", good[:len(good)-40], "sheet.damaged"},
		{"a ZIP with a page behind it", append(bytes.Clone(good), "<html><script>"...), "sheet.damaged"},
		{"an empty ZIP", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "sheet.foreign"},
		{"only its beginning", []byte("PK\x03\x04"), "sheet.damaged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(t, tt.file)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Code != tt.code || len(tt.file) > 4<<20 {
				t.Errorf("got %d rows, %v; want %s (%d bytes)", len(got), err, tt.code, len(tt.file))
			}
		})
	}
}

// noise packs badly.
func noise(n int) string {
	var b strings.Builder
	for x := uint32(1); b.Len() < n; x = x*1664525 + 1013904223 {
		b.WriteByte('a' + byte(x>>24)%26)
	}
	return b.String()
}
