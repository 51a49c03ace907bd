package lambda

import (
	"testing"

	"motorpool/functions"
)

// TestAFunctionHasTheRoutesOfItsSubjectAlone: what a request for another
// subject's page would find in it is nothing.
func TestAFunctionHasTheRoutesOfItsSubjectAlone(t *testing.T) {
	t.Parallel()
	for _, a := range functions.Areas {
		area, seen := Area{Routes: a.Routes}, 0
		for _, name := range declared(t).behind(a.Name) {
			own := area.answeredBy(name)
			if seen += len(own); len(own) == 0 || a.Name != "console" && len(own) != 1 {
				t.Errorf("%s answers %d routes", name, len(own))
			}
		}
		if seen != len(a.Routes) {
			t.Errorf("%d of %d routes of %s are answered", seen, len(a.Routes), a.Name)
		}
	}
}
