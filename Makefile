# Everything one does with this repository. The tools that check come from
# go.mod (go tool) and, where they are not Go, from .ci/setup into .cache.
.PHONY: help run aws-local test check bench cost coldstart golden fuzz build deploy destroy clean ci-setup stage
export PATH := $(CURDIR)/.cache/venv/bin:$(PATH)
CDK = .ci/node_modules/.bin/cdk -c stage=$(STAGE)
AREAS = $(patsubst infra/aws/lambda/%/main.go,%,$(wildcard infra/aws/lambda/*/main.go))

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

run: ## Run the whole product here, with demo data: http://localhost:8080
	@go run ./infra/machine -demo

aws-local: ## Run the product on AWS_ENDPOINT_URL (LocalStack, moto, …); if that is not set, on emulators of its own
	@go run ./infra/aws/local -demo -emulators

test: ## Test everything that needs only Go
	go test -short ./...
	@.ci/absent

check: build ## Check what CI checks; .ci/setup installs what it needs beside Go
	@.ci/lint
	CI=true go test -race -timeout 25m ./...

bench: ## Measure what the specification promises and print the table
	go run ./infra/bench

coldstart: ## Measure what a Lambda of each area costs before it answers, against the smallest there is
	go run ./infra/aws/coldstart

cost: ## Compute what AWS costs from what the code uses, and print the page
	go run ./infra/aws/cost

golden: ## Write generated and golden files again, then look at the diff
	go run ./infra/aws/template
	@for dir in $$(git grep -lF 'flag.Bool("update"' -- '*_test.go' | xargs -rn1 dirname | sort -u); do go test ./$$dir -update || exit 1; done

fuzz: ## Fuzz every target for TIME each (30s)
	@git grep -oE '^func Fuzz[A-Za-z0-9_]+' -- '*_test.go' | sed -E 's|(.*)/[^/]*:func (.*)|./\1 \2|' | \
	while read -r dir name; do go test $$dir -run '^$$' -fuzz "^$$name$$" -fuzztime $${TIME:-30s} || exit 1; done

build: $(AREAS:%=build/%/bootstrap) build/docs/site ## Build every Lambda for arm64 into build/<area>/bootstrap

build/%/bootstrap: always
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -tags lambda.norpc -trimpath -buildvcs=false -ldflags '-s -w -buildid=' -o $@ ./infra/aws/lambda/$*

build/docs/site: always
	go run ./infra/aws/docs $@

deploy: stage build .ci/node_modules/.bin/cdk ## Deploy STAGE (prod, staging, dev-<name>) to AWS: infra/aws/README.md
	$(CDK) deploy --all --no-previous-parameters --outputs-file build/outputs.json

destroy: stage build .ci/node_modules/.bin/cdk ## Take STAGE away from AWS; prod and staging leave their table and key
	$(CDK) destroy --all

.ci/node_modules/.bin/cdk:
	npm ci --prefix .ci --no-audit --no-fund

clean: ## Remove what was built and what make run stored
	rm -rf build data

stage:
	@test -n '$(STAGE)' || { echo 'Say which: make $(or $(MAKECMDGOALS),deploy) STAGE=prod (or staging, or dev-yourname)' >&2; exit 1; }

ci-setup:
	.ci/setup

always:
