package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"
)

// TestALogoIsUploadedShownAndRemoved without a script, for light and dark ground.
func TestALogoIsUploadedShownAndRemoved(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	const path = "/settings/workspace"
	for _, ground := range []string{"light", "dark"} {
		alt := "The logo for " + ground + " ground"
		v := s.sendFiles(path, "logo", map[string][]byte{"logo.jpg": jpegOf(t, 80, 60)}).want(http.StatusOK).has("A file is uploaded.").lacks(alt)
		id := regexp.MustCompile(`name="file" value="(att_[a-z0-9]+)"`).FindStringSubmatch(v.body)
		if id == nil {
			t.Fatal(v.body)
		}
		s.post(path+"/logo", url.Values{"ground": {"sideways"}, "file": {id[1]}}).want(http.StatusUnprocessableEntity).has("light or dark ground")
		s.post(path+"/logo", url.Values{"ground": {ground}, "file": {id[1]}}).want(http.StatusOK).has("Saved.", alt, "/attachments/"+id[1])
	}
	s.sendFiles(path, "logo", map[string][]byte{"logo.svg": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")}).has("A file was")
	s.post(path+"/logo", url.Values{"ground": {"light"}, "file": {"att_01k9x3v7q2m8r4t6w0y5z1a3b5"}}).want(http.StatusUnprocessableEntity)
	s.post(path+"/logo", url.Values{"ground": {"light"}}).want(http.StatusOK).has("The logo for dark ground").lacks("The logo for light ground")
}
