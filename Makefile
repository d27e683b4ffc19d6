# Đối Thoại. The two commands of README.md:
#
#   make run     install what is missing, build, serve the demo
#   make test    install what the tests need, run them all
#
# Others: build, check, bench, generate, assets, deps, clean. `make help` lists
# them. GOOS=windows make build leaves bin/doithoai.exe.

SHELL       := /bin/sh
.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS   += --no-print-directory

GO      ?= go
NPM     ?= npm
ARGS    ?=
# Benchmarks of `doithoai bench` at a filled database, in the order in which
# `make bench` runs them, and how many opinions it is filled with. A province
# has a million: make bench OPINIONS=1000000. ARGS goes to each of them.
BENCH    ?= pages lifecycle search record backup start
OPINIONS ?= 50000
# What dialogues become is measured where many communes of a province have
# them: this many beside the first.
OTHERS   ?= 150

# Built for the system that GOOS names; the tools always for this one.
EXE     := $(shell $(GO) env GOEXE)
BINARY  := bin/doithoai$(EXE)
# v1.2.0, v1.2.0-3-gabc1234, abc1234 before the first tag, and a word where
# there is no git; -dirty where something is not committed.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
# Pinned in tools/go.mod, built once into Go's cache.
TOOL    := env -u GOOS -u GOARCH $(GO) tool -modfile=$(CURDIR)/tools/go.mod
NPM_CI  := $(NPM) ci --no-audit --no-fund --loglevel=error

# find's expression for "not third-party, not hidden"
OWN     := \( -name node_modules -o -name '.?*' -o -path ./bin \) -prune -o

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# ---- build and run ---------------------------------------------------------

.PHONY: run
run: build ## build everything and serve the demo at http://localhost:8080, its second commune at :8081
	@exec $(BINARY) demo --second-addr localhost:8081 $(ARGS)

.PHONY: build
build: $(BINARY) ## leave bin/doithoai (bin/doithoai.exe with GOOS=windows)

# Go's own cache knows best whether there is anything to compile.
.PHONY: $(BINARY)
$(BINARY): assets need-go
	@CGO_ENABLED=0 $(GO) build -buildvcs=false -trimpath \
		-ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./cmd/doithoai
	@echo "$@ $(VERSION)"

.PHONY: assets
assets: .make/assets ## build styles, scripts and fonts into web/dist

# Folders are inputs too: their time changes when a file comes or goes. An
# emptied web/dist is built again whatever the stamp says.
ASSET_INPUTS := $(shell find web/assets -name node_modules -prune -o -print 2>/dev/null)
.make/assets: .make/assets-modules $(ASSET_INPUTS) $(if $(wildcard web/dist/*),,FORCE)
	@cd web/assets && $(NPM) run --silent build
	@touch $@

.make/assets-modules: web/assets/package.json web/assets/package-lock.json $(if $(wildcard web/assets/node_modules),,FORCE)
	@$(MAKE) need-npm
	@cd web/assets && $(NPM_CI)
	@mkdir -p $(@D) && touch $@

.PHONY: generate
generate: ## write the *_templ.go files anew from the *.templ files
	@$(TOOL) templ generate -log-level warn

.PHONY: need-go need-npm FORCE
need-go:
	@command -v $(GO) >/dev/null || { echo "Go 1.26 or newer is needed: https://go.dev/doc/install" >&2; exit 1; }
need-npm:
	@command -v $(NPM) >/dev/null || { echo "Node.js 20 or newer with npm is needed" >&2; exit 1; }
FORCE:

# ---- tests -----------------------------------------------------------------

# Packages come over the network while the program is compiled. The rest runs
# one after the other, whatever -j says: it shares two cores.
.PHONY: test
test: ## install what tests need, run all of them, and tell which took longest
	@mkdir -p .make; rm -f $(TIMES); date +%s >.make/began
	@$(MAKE) -j2 deps build
	@$(MAKE) static
	@code=0; { $(MAKE) test-go && $(MAKE) test-e2e; } || code=$$?; \
	$(TIMINGS) sum "$$(cat .make/began)" $(TIMES); exit $$code

# Runs go test and keeps the times; e2e/playwright.config.ts names the file of the stories.
TIMINGS := $(CURDIR)/.make/timings
TIMES   := .make/times-plain .make/times-alone .make/times-watched .make/stories.json

.PHONY: $(TIMINGS)
$(TIMINGS): need-go
	@mkdir -p $(@D)
	@env -u GOOS -u GOARCH $(GO) build -C tools -o $@ ./timings

# What costs most time is not watched, and its races would not be ours: SQLite
# and its C library, translated from C, and the hash of passwords. These have no
# generics, so nothing of them is linked into what is watched.
UNRACED := modernc.org/sqlite/lib modernc.org/libc golang.org/x/crypto/argon2
RACE    := -race -ldflags=-w $(UNRACED:%=-gcflags=%=-race=false)

# No goroutines of ours meet in these: what shares anything with another request stands below them, or is asked by many
# at once in the tests of the binary. They are compiled as the binary is. All others, new ones too, are watched.
PLAIN   := . ./calendar ./doc/form ./doc/inspect ./hall ./internal/arch ./news ./notify ./office ./plan ./plan/reading \
	./planning ./portal ./settings ./setup ./table ./text ./web/picture ./web/ui

# One reader, one writer: a few thousand pages, tens of thousands of rows, large pictures, acts in random orders, one
# after the other; and the benchmarks, which measure what others test. Five times as long under the detector, and
# nothing to see.
ALONE   := ^Test(EveryPage|EveryRoleOnEveryRoute|Benches|Fill|Stories|Shrunk|LargestRowsSurvive|ListsAreBounded|$\
	ActsAreBounded|ListsAreWhatRightsOpen|ImportManyRows|RestoreRefusesHostileArchives|AnswerSetsInDisorder|$\
	ReopeningsInAnyOrder|CorrectionsInAnyOrder|Tally)$$
ALONE_IN := ./cmd/doithoai ./cmd/doithoai/bench ./file ./store

# Vet reads all dependencies, once with the detector and once without: it runs in `make check`.
GO_TEST := $(GO) test -json -vet=off -timeout 20m

.PHONY: test-go
test-go: assets $(TIMINGS) ## the Go tests, with the race detector where goroutines meet
	@code=0; plain="CGO_ENABLED=0 GOFLAGS=-trimpath"; \
	watched=$$($(GO) list ./... | grep -vxF "$$($(GO) list $(PLAIN))"); \
	echo "== go test"; \
	env $$plain $(TIMINGS) go .make/times-plain $(GO_TEST) $(PLAIN) || code=$$?; \
	env $$plain $(TIMINGS) go .make/times-alone $(GO_TEST) -run '$(ALONE)' $(ALONE_IN) || code=$$?; \
	echo "== go test -race"; \
	CGO_ENABLED=1 $(TIMINGS) go .make/times-watched $(GO_TEST) $(RACE) -skip '$(ALONE)' $$watched || code=$$?; \
	exit $$code

# The stories drive the ordinary binary, not one slowed by the race detector.
.PHONY: test-e2e
test-e2e: build .make/e2e-modules ## the browser stories against the binary
	@echo "== browser stories"
	@cd e2e && DOITHOAI_BINARY=$(CURDIR)/$(BINARY) $(NPM) test --silent

.PHONY: pictures
pictures: build .make/e2e-modules ## the stories, leaving a picture of every page in e2e/test-results/pages
	@cd e2e && PICTURES=yes DOITHOAI_BINARY=$(CURDIR)/$(BINARY) $(NPM) test --silent

.make/e2e-modules: e2e/package.json e2e/package-lock.json $(if $(wildcard e2e/node_modules),,FORCE)
	@$(MAKE) need-npm
	@cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 $(NPM_CI)
	@mkdir -p $(@D) && touch $@

.PHONY: bench
bench: build ## every benchmark of performance; OPINIONS=1000000 for a province
	@$(BINARY) bench intake $(ARGS)
	@$(BINARY) bench documents $(ARGS)
	@$(MAKE) bench-filled
	@$(MAKE) bench-report
	@echo "== the same on a PostgreSQL that flushes"
	@$(GO) test ./cmd/doithoai -run '^$$' -bench 'Postgres$$' -benchtime 1x -timeout 60m
	@command -v strace >/dev/null || { echo "strace is missing: make deps" >&2; exit 1; }
	@echo "== flushes to disk, counted by strace"
	@mkdir -p .make
	@strace -f -qq -c -e trace=fsync,fdatasync -o .make/strace $(BINARY) bench intake $(ARGS)
	@cat .make/strace

# The filled database is made once for each number of opinions, and kept.
FILLED := .make/bench-$(OPINIONS)

.PHONY: bench-filled
bench-filled: $(FILLED)/done
	@for name in $(BENCH); do echo; $(BINARY) bench $$name --data $(FILLED) $(ARGS); done

$(FILLED)/done:
	@rm -rf $(FILLED)
	@$(BINARY) bench fill --data $(FILLED) --opinions $(OPINIONS)
	@touch $@

PROVINCE := .make/bench-$(OPINIONS)-$(OTHERS)

.PHONY: bench-report
bench-report: $(PROVINCE)/done
	@echo; $(BINARY) bench report --data $(PROVINCE) $(ARGS)

$(PROVINCE)/done:
	@rm -rf $(PROVINCE)
	@$(BINARY) bench fill --data $(PROVINCE) --opinions $(OPINIONS) --others $(OTHERS) --years 2 --acts 1000
	@touch $@

# The peer serves until the bench has ended, however it ends.
.PHONY: bench-peers
bench-peers: build ## intake beside PocketBase, in turns
	@mkdir -p .make
	@CGO_ENABLED=0 $(GO) -C tools/peers build -o $(CURDIR)/.make/peers .
	@.make/peers -dir .make >.make/peers-address & peer=$$!; trap 'kill -INT $$peer' EXIT; \
	for i in $$(seq 100); do [ ! -s .make/peers-address ] || break; sleep 0.1; done; \
	$(BINARY) bench intake --peer "$$(cat .make/peers-address)" $(ARGS)

# What an office would get, with what LibreOffice makes of the Word files beside it, to be looked at.
.PHONY: docs-sample
docs-sample: need-go ## write each official document that there is into bin/docs-sample
	@CGO_ENABLED=0 $(GO) test ./doc/form -count=1 -run '^TestSamples$$' -args -into $(CURDIR)/bin/docs-sample
	@ls bin/docs-sample

# ---- checks ----------------------------------------------------------------

# Built as the binary is, so that what was compiled for it serves the checks too.
check static: export CGO_ENABLED := 0
check static: export GOFLAGS := -trimpath -buildvcs=false

.PHONY: check
check: static ## everything that finds faults without running the product
	@$(MAKE) check-modules
	@$(MAKE) check-vet
	@$(MAKE) check-staticcheck
	@$(MAKE) check-imports
	@$(MAKE) check-windows
	@$(MAKE) vuln

# What is cheap enough for each run of the tests: the rest compiles the program
# once more (Windows) or reads the source of all it is made of (staticcheck).
.PHONY: static
static: assets
	@$(MAKE) check-format
	@$(MAKE) check-generated
	@$(MAKE) check-assets

.PHONY: check-format
check-format:
	@echo "== gofmt"
	@files=$$(find . $(OWN) -name '*.go' -print | xargs gofmt -l); \
	if [ -n "$$files" ]; then echo "not formatted (gofmt -w):" >&2; echo "$$files" >&2; exit 1; fi

.PHONY: check-modules
check-modules:
	@echo "== go.mod says what is imported"
	@$(GO) mod tidy -diff || { echo "not tidy: go mod tidy" >&2; exit 1; }

.PHONY: check-vet
check-vet:
	@echo "== go vet"
	@$(GO) vet ./...
	@$(GO) -C tools vet ./...

.PHONY: check-staticcheck
check-staticcheck:
	@echo "== staticcheck"
	@$(TOOL) staticcheck ./...

# Generates a copy of the templates and compares: the tree is not touched, and
# work that is not committed is no fault.
.PHONY: check-generated
check-generated:
	@echo "== generated files are fresh"
	@copy=$$(mktemp -d); trap 'rm -rf "$$copy"' EXIT; \
	find . $(OWN) -name '*.templ' -print0 | tar -cf - --null -T - | tar -xf - -C "$$copy"; \
	$(TOOL) templ generate -log-level error -path "$$copy"; \
	find . $(OWN) -name '*_templ.go' -print | sort >"$$copy/have"; \
	(cd "$$copy" && find . -name '*_templ.go' -print | sort) >"$$copy/want"; \
	stale=$$(diff "$$copy/have" "$$copy/want" | sed -n 's/^< \(.*\)/\1 (its .templ file is gone)/p; s/^> //p'; \
		comm -12 "$$copy/have" "$$copy/want" | while read -r f; do cmp -s "$$f" "$$copy/$$f" || echo "$$f"; done); \
	if [ -n "$$stale" ]; then echo "not as templ generates them (make generate):" >&2; echo "$$stale" >&2; exit 1; fi

.PHONY: check-imports
check-imports:
	@echo "== who imports whom"
	@mkdir -p .make
	@$(GO) test ./internal/arch >.make/imports 2>&1 || { cat .make/imports >&2; exit 1; }

.PHONY: check-windows
check-windows:
	@echo "== build for Windows"
	@GOOS=windows GOARCH=amd64 CGO_ENABLED=0 $(GO) build -buildvcs=false ./...

.PHONY: check-assets
check-assets: .make/assets-modules
	@echo "== types of the scripts"
	@cd web/assets && $(NPM) run --silent check

# govulncheck asks a database on the Internet. Findings (exit code 3) fail;
# a database out of reach is said and passed over; anything else fails.
.PHONY: vuln
vuln:
	@echo "== known vulnerabilities"
	@mkdir -p .make
	@code=0; $(TOOL) govulncheck ./... >.make/vuln 2>&1 || code=$$?; \
	if [ $$code -eq 0 ]; then \
		tail -n 1 .make/vuln; \
	elif [ $$code -ne 3 ] && grep -q '^govulncheck: fetching vulnerabilities: ' .make/vuln; then \
		echo "NOT CHECKED: the vulnerability database can't be reached from here:"; cat .make/vuln; \
	else \
		cat .make/vuln >&2; exit 1; \
	fi

# ---- what tests need from the system ---------------------------------------

# One line of shell per need: is it there? else the Debian package that has it.
# The servers' version is that of store/pgtest (15).
.PHONY: deps
deps: need-go need-npm ## install the system packages that tests need (as root), or say which
	@missing=; \
	has() { command -v "$$1" >/dev/null 2>&1; }; \
	postgres() { \
		for p in /usr/lib/postgresql/*/bin/postgres "$$(command -v postgres || true)"; do \
			[ -x "$$p" ] || continue; \
			major=$$("$$p" --version | sed -n 's/^postgres (PostgreSQL) \([0-9]*\).*/\1/p'); \
			[ "$${major:-0}" -ge 15 ] && return 0; \
		done; return 1; \
	}; \
	has gcc      || missing="$$missing gcc libc6-dev"; \
	has chromium-headless-shell || missing="$$missing chromium-headless-shell"; \
	has pdftoppm || missing="$$missing poppler-utils"; \
	has qpdf     || missing="$$missing qpdf"; \
	has zbarimg  || missing="$$missing zbar-tools"; \
	has soffice  || missing="$$missing libreoffice-writer"; \
	has strace   || missing="$$missing strace"; \
	ls -d /usr/share/fonts/truetype/liberation2 >/dev/null 2>&1 || dpkg -s fonts-liberation2 >/dev/null 2>&1 || \
		missing="$$missing fonts-liberation2"; \
	postgres     || missing="$$missing postgresql-15"; \
	[ -n "$$missing" ] || exit 0; \
	if ! has apt-get; then \
		echo "The tests need what Debian 12 calls:$$missing. Install it and run this again." >&2; exit 1; \
	elif [ "$$(id -u)" -ne 0 ]; then \
		echo "The tests need packages that only root can install. Run, then try again:" >&2; \
		echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$$missing" >&2; exit 1; \
	fi; \
	echo "== installing$$missing"; \
	mkdir -p .make; log=.make/apt; \
	{ apt-get -q update && DEBIAN_FRONTEND=noninteractive \
		apt-get -q install -y --no-install-recommends $$missing; } >$$log 2>&1 || { tail -n 40 $$log >&2; exit 1; }

.PHONY: clean
clean: ## remove everything that make built and installed below this folder
	@rm -rf bin .make web/assets/node_modules e2e/node_modules e2e/test-results e2e/playwright-report
	@find web/dist -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true
