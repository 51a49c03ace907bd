package emulators

import "fmt"

// StartDynamoDB is DynamoDB for a program, which has no test to skip: it returns
// why there is none instead.
func StartDynamoDB() (endpoint string, err error) { return dynamoDB.started() }

// StartAWS is AWS for a program.
func StartAWS() (endpoint string, err error) { return moto.started() }

func (e *emulator) started() (string, error) {
	e.once.Do(e.start)
	if e.err != nil {
		return "", fmt.Errorf("%s: %w; .ci/emulators.sh installs it", e.name, e.err)
	}
	return e.url, nil
}
