package events

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestExamplesAreWhatTheirTypesWrite(t *testing.T) {
	t.Parallel()
	for _, l := range Catalogue() {
		e, env, err := l.Sample()
		if err != nil {
			t.Error(err)
			continue
		}
		if env.Data, err = Marshal(e); err != nil {
			t.Fatal(err)
		}
		flat, err := env.Encode()
		if err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := json.Indent(&again, flat, "", "  "); err != nil {
			t.Fatal(err)
		}
		again.WriteByte('\n')
		if again.String() != string(l.Example) {
			t.Errorf("the example of %s is written back as\n%s", l.Type, again.String())
		}
	}
}

func TestExamplesAreBelievable(t *testing.T) {
	t.Parallel()
	for _, l := range Catalogue() {
		_, env, err := l.Sample()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case env.Type != l.Type || l.Data.Type() != l.Type:
			t.Errorf("the example of %s says %s", l.Type, env.Type)
		case !strings.HasPrefix(env.ID, "evt_") || env.OccurredAt.IsZero() || !strings.HasPrefix(env.Workspace, "wsp_"):
			t.Errorf("the example of %s has no right envelope: %+v", l.Type, env)
		case env.APIVersion != APIVersion || env.Actor.Type == "":
			t.Errorf("the example of %s is of version %q by %q", l.Type, env.APIVersion, env.Actor.Type)
		case !strings.HasSuffix(l.Description, "."):
			t.Errorf("%s: %q is not a sentence", l.Type, l.Description)
		}
	}
}

func TestEachEventHasAFileAndAnExample(t *testing.T) {
	t.Parallel()
	var want []string
	for _, l := range Catalogue() {
		name := strings.ReplaceAll(l.Type, ".", "_")
		want = append(want, name+".json")
		if _, err := os.Stat(name + ".go"); err != nil {
			t.Errorf("%s has no file of its own: %v", l.Type, err)
		}
	}
	got, err := fs.Glob(os.DirFS("."), "*.json")
	slices.Sort(want)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("examples: got %v, %v, want %v", got, err, want)
	}
}

func TestEncodeKeepsDataByteForByte(t *testing.T) {
	t.Parallel()
	for _, data := range []string{`{}`, `{ "b" : 1,"a":9007199254740993 }`, `{"html":"<a>&amp;</a>","u":"\u00e9é🚐"}`, "{\n\t\"n\": 1e400\n}"} {
		b, err := Envelope{ID: "x", Actor: Actor{Name: `"data":`}, Data: json.RawMessage(data)}.Encode()
		if err != nil || !bytes.HasSuffix(b, []byte(`,"data":`+data+`}`)) {
			t.Errorf("%s became %s, %v", data, b, err)
		}
	}
}
