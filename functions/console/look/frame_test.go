package look

import "testing"

func TestEachSectionHasAKeyOfItsOwn(t *testing.T) {
	t.Parallel()
	taken := map[string]string{}
	for _, g := range groups {
		for _, s := range g.Sections {
			if other, is := taken[s.Key]; is || s.Key == "" {
				t.Errorf("%s has the key %q, as has %s", s.Name, s.Key, other)
			}
			taken[s.Key] = s.Name
		}
	}
}
