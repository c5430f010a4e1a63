# `make help` says what there is. Each target first installs what is missing (Debian 12 and 13).

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run test check deny shots pictures measure bench help

# Where `make shots` writes its pictures.
SHOTS ?= $(CURDIR)/target/shots

run: ## the demonstration: relay, console and a kiosk on this machine
	.make/install build run
	cargo build
	.make/run

test: check ## every check and every test
	.make/install build run test
	.make/test

check: ## format and lints, for every set of features
	.make/install build
	cargo fmt --check
	cargo clippy --no-default-features --lib -- -D warnings
	cargo clippy --no-default-features --features relay --lib --bins -- -D warnings
	cargo clippy --no-default-features --features kiosk --lib --bins -- -D warnings
	cargo clippy --all-targets -- -D warnings

deny: ## licences, sources and banned crates of all dependencies
	command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
	cargo deny --config .deny.toml check licenses bans sources

shots: ## a picture of every screen and page, in SHOTS
	.make/install build run test
	mkdir -p "$(SHOTS)"
	ZHEST_SHOTS="$(SHOTS)" cargo test --test screens --test pages
	ls "$(SHOTS)"

pictures: ## keeps small pictures of the screens as they are now, to be compared with later
	.make/install build run test
	ZHEST_PICTURES=renew cargo test --test screens every_screen_is_drawn
	git status --short tests/pictures

measure: ## what a call costs and how long it takes here, in a release build
	.make/install build run test
	cargo bench --bench measure

bench: ## the kiosk beside a kiosk that is a page in Chromium; QUICK=1 takes six minutes
	.make/install build run test
	cargo bench --bench bench

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14
