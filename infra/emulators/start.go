package emulators

import "fmt"

// Start starts DynamoDB Local and moto for a process that is no test, and
// returns the environment that leads to them. They keep everything in memory and
// end with the process. An error says what to install.
func Start() (map[string]string, error) {
	for _, e := range []*emulator{&dynamoDB, &moto} {
		e.once.Do(e.start)
		if e.absent {
			return nil, fmt.Errorf("%s is not installed (%w): run .ci/setup", e.name, e.err)
		}
		if e.err != nil {
			return nil, fmt.Errorf("%s does not start: %w", e.name, e.err)
		}
	}
	return map[string]string{"AWS_ENDPOINT_URL": moto.url, "AWS_ENDPOINT_URL_DYNAMODB": dynamoDB.url}, nil
}
