# Short names for the commands of every day. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help build test check prove soak fuzz bench bench-args bench-runs bench-imports floor profile jmh format profiles traces man clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

build: ## build target/strait.jar when a source is newer
	@./strait --version

test: ## unit tests and properties
	./mvnw -B test

check: ## everything CI runs but the installation of tools: tests, live tests, format
	./mvnw -B verify

prove: ## compare filters with the reference on a million random pairs of a profile and a call
	./mvnw -B -q test -Dtest=FilterProperties -Djqwik.tries.default=50000 -Dstrait.pairs=1000000

soak: ## try TIMES (30) times as many random inputs of every property
	./mvnw -B test -Dtest='*Properties,PossibleDecisionsTest,LineShapeTest' -Dstrait.soak=$(or $(TIMES),30)

fuzz: ## look for inputs that break a promise, for SECONDS (600) in all
	src/main/tools/fuzz $(or $(SECONDS),600)

bench: build ## measure strait beside wc, grep, mawk and Python on every shape of trace (SIZE=1G), its filters, and strace
	src/bench/bench
	src/bench/filters
	src/bench/recording
	src/bench/workloads

bench-args: build ## measure what conditions on arguments deny, each run left out in turn, and what they keep closed
	src/bench/arguments

bench-runs: build ## measure how well runs say how often one more shows a new call
	src/bench/completeness

bench-imports: build ## measure what the layers of imports allow and leave denied
	src/bench/imports

floor: build ## measure what strait cannot do without, its start and the scan of the lines alone, on every shape or SHAPES
	src/bench/floor $(SHAPES)

profile: build ## show where the CPU time goes on every shape, or on SHAPES
	src/bench/profile $(SHAPES)

jmh: ## measure the parts with JMH; it gets ARGS, such as ARGS='-p trace=java Emulator'
	./mvnw -B -q -Pjmh test-compile exec:exec -Djmh.arguments="$(ARGS)"

format: ## format the Java sources
	./mvnw -B -q spotless:apply

profiles: build ## regenerate generated/ from traces/
	src/main/tools/profiles

traces: build ## record traces/ anew; needs the tools of the live tests
	src/main/tools/traces/record-all

man: build ## write the manual pages to target/man; read them with man -M target/man strait
	"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -cp target/strait.jar io.github.strait.cli.ManualPage target/man/man1

clean: ## delete target/
	rm -rf target
