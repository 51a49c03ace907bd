package console_test

import (
	"net/http"
	"net/url"
	"testing"
)

func TestDevicesAreAddedAndTakenOut(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	made := s.add(url.Values{"type": {"car"}, "make": {"Kia"}, "model": {"EV6"}, "distance_unit": {"km"}}).want(http.StatusOK)
	id := made.after("/assets/")
	s.get("/devices").want(http.StatusOK).has("No devices", "Add device").lacks("ZgotmplZ", " style=")
	s.post("/devices", url.Values{"provider": {"acme"}, "serial": {"aaa1"}, "asset": {id}}).want(http.StatusOK).has("The device is here.", "AAA1", "/assets/"+id, "Take out", "Active")
	s.post("/devices", url.Values{"provider": {"acme"}, "serial": {"aaa1"}}).want(http.StatusUnprocessableEntity).has("with this serial number already", `value="aaa1"`)
	s.post("/devices", url.Values{"provider": {"acme inc"}, "serial": {"aaa2"}}).want(http.StatusUnprocessableEntity).has("one lower-case word")
	s.post("/devices", url.Values{"provider": {"acme"}, "serial": {"aaa3"}, "asset": {"ast_none"}}).want(http.StatusNotFound)
	s.get("/devices?q=aaa").want(http.StatusOK).has("AAA1").lacks("AAA3")
	page := s.get("/devices").body
	s.post(between(page, `action="/devices/`, `"`), nil).want(http.StatusOK).has("The device is out.", "No asset").lacks("Take out")
}

// between is the path of the first form that begins so.
func between(page, begin, end string) string {
	path := "/devices/"
	for i := 0; i+len(begin) < len(page); i++ {
		if page[i:i+len(begin)] != begin {
			continue
		}
		for _, r := range page[i+len(begin):] {
			if string(r) == end {
				return path
			}
			path += string(r)
		}
	}
	return path
}
