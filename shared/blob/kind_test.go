package blob

import "testing"

func TestAKindKnowsItsForm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		form string
		key  Key
		want bool
	}{
		{"w/attachments/*/*", "wsp_1/attachments/att_1/320.jpg", true},
		{"w/attachments/*/*", "wsp_1/attachments/att_1", false},
		{"w/attachments/*/*", "wsp_1/attachments/att_1/a/b", false},
		{"w/attachments/*/*", "wsp_10/attachments/att_1/file", false},
		{"w/attachments/*/*", "w/attachments/att_1/file", false},
		{"w/exports/**", "wsp_1/exports/xpt_1/part-1", true},
		{"w/exports/**", "wsp_1/exports", false},
		{"w/exports/**", "wsp_1/imports/x", false},
		{"uploads/w/*", "uploads/wsp_1/att_1", true},
		{"uploads/w/*", "uploads/wsp_2/att_1", false},
	} {
		if k := (Kind{Form: tt.form}); k.Fits("wsp_1", tt.key) != tt.want {
			t.Errorf("%s of form %s: want %v", tt.key, tt.form, tt.want)
		}
	}
}
