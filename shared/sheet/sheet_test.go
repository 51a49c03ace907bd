package sheet_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"motorpool/shared/fault"
	"motorpool/shared/sheet"
)

// read returns every row's cells, joined, with the header first.
func read(t *testing.T, file []byte) ([]string, error) {
	t.Helper()
	tab, err := sheet.Open(file, sheet.Usual)
	if err != nil {
		return nil, err
	}
	all := []string{strings.Join(tab.Header, "|")}
	for {
		r, err := tab.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		line := fmt.Sprintf("%d:%s", r.Number, strings.Join(r.Cells, "|"))
		if len(r.Wrong) > 0 {
			line += fmt.Sprint(" wrong ", r.Wrong)
		}
		all = append(all, line)
	}
}

func wide(order binary.AppendByteOrder, s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestTablesAreReadWhateverWroteThem(t *testing.T) {
	t.Parallel()
	const plain = "VIN,Make\nA1,Škoda\n"
	for _, tt := range []struct {
		name string
		file []byte
		want string
	}{
		{"UTF-8", []byte(plain), "VIN|Make,2:A1|Škoda"},
		{"UTF-8 with a mark", []byte("\ufeff" + plain), "VIN|Make,2:A1|Škoda"},
		{"UTF-16 little-endian with a mark", wide(binary.LittleEndian, "\ufeff"+plain), "VIN|Make,2:A1|Škoda"},
		{"UTF-16 big-endian with a mark", wide(binary.BigEndian, "\ufeff"+plain), "VIN|Make,2:A1|Škoda"},
		{"UTF-16 little-endian without a mark", wide(binary.LittleEndian, plain), "VIN|Make,2:A1|Škoda"},
		{"UTF-16 big-endian without a mark", wide(binary.BigEndian, plain), "VIN|Make,2:A1|Škoda"},
		{"UTF-16 with surrogates", wide(binary.LittleEndian, "\ufeffVIN\tMake\n🚗\tx\n"), "VIN|Make,2:🚗|x"},
		{"semicolons", []byte("VIN;Make\nA1;\"a;b\"\n"), "VIN|Make,2:A1|a;b"},
		{"tabs", []byte("VIN\tMake\nA1\ta,b\n"), "VIN|Make,2:A1|a,b"},
		{"bars", []byte("VIN|Make\nA1|x\n"), "VIN|Make,2:A1|x"},
		{"a declared delimiter", []byte("sep=;\r\nVIN;Make, model\r\nA1;x\r\n"), "VIN|Make, model,3:A1|x"},
		{"no last line break", []byte("VIN,Make\nA1,x"), "VIN|Make,2:A1|x"},
		{"empty lines", []byte("\n\nVIN,Make\n\n,\nA1,x\n\n"), "VIN|Make,6:A1|x"},
		{"quotes and line breaks", []byte("VIN,Make\nA1,\"a \"\"b\"\"\nc\"\nB2,x\n"), "VIN|Make,2:A1|a \"b\"\nc,4:B2|x"},
		{"a short row", []byte("VIN,Make,Model\nA1\n"), "VIN|Make|Model,2:A1||"},
		{"empty columns at the end", []byte("VIN,Make,,\nA1,x,,\n"), "VIN|Make,2:A1|x"},
		{"a formula", []byte("VIN,Make\nA1,=1+2\n"), "VIN|Make,2:A1|=1+2"},
		{"a formula that we made harmless", []byte("VIN,Make\nA1,'=1+2\nA2,'tis\n"), "VIN|Make,2:A1|=1+2,3:A2|'tis"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := read(t, tt.file)
			if err != nil || strings.Join(got, ",") != tt.want {
				t.Errorf("got %q, %v; want %q", strings.Join(got, ","), err, tt.want)
			}
		})
	}
}

func TestBadFilesAreRefusedWithWordsThatHelp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, code, says string }{
		{"an empty file", "", "sheet.empty", "name the columns"},
		{"only line breaks", "\n\r\n \n", "sheet.empty", "name the columns"},
		{"Latin-1", "VIN,Make\nA1,x\nA2,Citro\xebn\n", "sheet.encoding", "Line 3 is not in UTF-8: its character 9 is the byte 0xEB"},
		{"invalid UTF-8", "VIN,\xc3\x28\n", "sheet.encoding", "Line 1"},
		{"UTF-32", "\xff\xfe\x00\x00V\x00\x00\x00", "sheet.encoding", "UTF-32"},
		{"UTF-16 that is cut off", "\xff\xfeV\x00I", "sheet.encoding", "middle of a character"},
		{"UTF-16 with half a pair", "\xff\xfeV\x00\n\x00\x00\xd8V\x00", "sheet.encoding", "Line 2 has half a character"},
		{"NUL bytes", "VIN,Make\nA1,a\x00b\n", "sheet.nul", "Line 2"},
		{"NUL bytes in UTF-16", "\xff\xfeV\x00\n\x00\x00\x00V\x00", "sheet.nul", "Line 2"},
		{"quotes that are not closed", "VIN,Make\nA1,\"x\nA2,y\n", "sheet.quotes", "line 2"},
		{"a quote inside a cell", "VIN,Make\nA1,x\"y\n", "sheet.quotes", "Line 2"},
		{"text behind a quote", "VIN,Make\nA1,\"x\"y\n", "sheet.quotes", "line 2"},
		{"two columns of one name", "VIN,Make,vin\nA1,x,y\n", "sheet.header_twice", "Columns A and C"},
		{"a paragraph as a header", strings.Repeat("word ", 100) + "\nA1\n", "sheet.header", "column A"},
		{"too many columns", strings.Repeat("x,", 200) + "y\n", "sheet.columns", "201 columns"},
		{"a PDF", "%PDF-1.7 VIN,Make\n", "sheet.foreign", "PDF"},
		{"a web page named .csv", "\ufeff\n<!DOCTYPE html><table>", "sheet.foreign", "web page"},
		{"an XML workbook", "<?xml version=\"1.0\"?><Workbook/>", "sheet.foreign", "XML"},
		{"a picture", "\x89PNG\r\n\x1a\n", "sheet.foreign", "picture"},
		{"a packed file", "\x1f\x8b\x08", "sheet.foreign", "gzip"},
		{"a program", "MZ\x90", "sheet.foreign", "program"},
		{"a CSV with a ZIP behind it", "VIN,Make\nA1,x\nPK\x03\x04\x14\x00\x00\x00", "sheet.nul", "Line 3"},
		{"a workbook of 1997", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "sheet.old", "Save it as .xlsx"},
		{"a workbook with a password", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(wide(binary.LittleEndian, "EncryptedPackage")), "sheet.encrypted", "password"},
		{"an enormous row", "VIN,Make\nA1," + strings.Repeat("x", 70_000) + "\n", "sheet.row", "Row 2"},
		{"more bytes than we take", strings.Repeat("x", sheet.Usual.Bytes+1), "sheet.too_large", "Split it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, []byte(tt.file))
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Code != tt.code || !strings.Contains(f.Message, tt.says) {
				t.Errorf("got %v, want %s … %s", err, tt.code, tt.says)
			}
		})
	}
}

func TestARowThatHasSlippedIsWrongByItself(t *testing.T) {
	t.Parallel()
	got, err := read(t, []byte("VIN,Make\nA1,x,y\nA2,z\n"))
	if err != nil || len(got) != 3 || !strings.Contains(got[1], "more cells than the header") || got[2] != "3:A2|z" {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestAMillionRowsAreRefusedAtOnce: with their number, and without taking them apart.
func TestAMillionRowsAreRefusedAtOnce(t *testing.T) {
	file := append([]byte("VIN,Make\n"), bytes.Repeat([]byte("A1,Toyota\n"), 1_000_000)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := sheet.Open(file, sheet.Usual)
	runtime.ReadMemStats(&after)
	if fault.CodeOf(err) != "sheet.rows" || !strings.Contains(err.Error(), "1000000 rows") {
		t.Errorf("got %v", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("it took %d bytes", used)
	}
	quoted := append([]byte("VIN,Make\n"), bytes.Repeat([]byte("A1,\"T\"\n"), 60_000)...)
	if _, err := read(t, quoted); fault.CodeOf(err) != "sheet.rows" {
		t.Errorf("with quotes: %v", err)
	}
}

func TestWhatIsWrittenIsNoFormulaAndReadsAsItWas(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"=1+2": "'=1+2", "+61 2 5550": "'+61 2 5550", "@SUM(A1)": "'@SUM(A1)", "-2+3": "'-2+3", "\t=1": "'\t=1",
		"＝1": "'＝1", "-12.50": "-12.50", "plain": "plain", "": "", "'=1": "''=1", "'tis": "'tis", "-": "'-",
		"=HYPERLINK(\"http://a.example\")": "'=HYPERLINK(\"http://a.example\")",
	} {
		if got := sheet.Safe(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
		var out bytes.Buffer
		w := sheet.NewWriter(&out)
		if err := errors.Join(w.Write([]string{"h", "k"}), w.Write([]string{cell, "x"}), w.Flush()); err != nil {
			t.Fatal(err)
		}
		tab, err := sheet.Open(out.Bytes(), sheet.Usual)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := tab.Next(); err != nil || r.Cells[0] != cell {
			t.Errorf("%q was read as %q, %v", cell, r.Cells, err)
		}
	}
	if got := sheet.Safe("\r=1"); got != "'\r=1" {
		t.Errorf("got %q", got)
	}
}

func TestColumnsHaveLetters(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 199: "GR", 16383: "XFD"} {
		if got := sheet.Letter(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, s := range []string{"VIN,Make\nA1,x\n", "sep=;\nA;B\n1;2\n", "\xff\xfeV\x00", "PK\x03\x04", "a\tb\n\"c\"\td"} {
		f.Add([]byte(s))
	}
	f.Add(workbook(nil))
	f.Fuzz(func(t *testing.T, file []byte) {
		tab, err := sheet.Open(file, sheet.Usual)
		for err == nil {
			var r sheet.Row
			if r, err = tab.Next(); err == nil && len(r.Cells) != len(tab.Header) {
				t.Fatalf("%d cells under %d columns", len(r.Cells), len(tab.Header))
			}
		}
		if _, said := errors.AsType[*fault.Error](err); !said && !errors.Is(err, io.EOF) {
			t.Fatalf("not in words: %v", err)
		}
	})
}

// FuzzSheet goes at what is inside of a workbook.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="2"><c r="A2" s="1"><v>45975</v></c></row>`)
	f.Add(`<row><c t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, inside string) {
		_, err := read(t, rows(inside))
		if _, said := errors.AsType[*fault.Error](err); err != nil && !said {
			t.Fatalf("not in words: %v", err)
		}
	})
}
