# make demo   from nothing to an answered query
# make test   everything CI runs
# make lint   format and clippy alone
# make bench  indexing and query speed on this machine
# make soak   200 writers killed at random moments, and nothing lost

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: demo test lint bench soak dictionary-sources

FUMIKURA := target/release/fumikura

demo: dictionary-sources
	cargo build --release
	$(FUMIKURA) dictionary install
	$(FUMIKURA) index corpus --index index
	$(FUMIKURA) search "カザフスタン ベトナム 貿易" -n 3 --index index

test: dictionary-sources lint
	cargo test --all-targets
	cargo test --doc
	cargo clippy --lib --no-default-features -- -D warnings
	cargo clippy --lib --no-default-features --features ja -- -D warnings
	cargo clippy --all-targets --no-default-features --features cli -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

lint:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings

bench: dictionary-sources
	cargo bench

soak: dictionary-sources
	FUMIKURA_SOAK_ROUNDS=200 cargo test --release --test growth faults -- --nocapture

# The sources of the Japanese dictionary, from the system's package. Without root they are fetched by
# `fumikura dictionary install` instead.
dictionary-sources:
	@if [ -d /usr/share/mecab/dic/ipadic ]; then :; \
	elif ! command -v apt-get >/dev/null; then echo "mecab-ipadic: no apt-get here; the dictionary will be fetched"; \
	elif [ "$$(id -u)" = 0 ]; then echo "installing the package mecab-ipadic"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq mecab-ipadic; \
	elif sudo -n true 2>/dev/null; then echo "installing the package mecab-ipadic with sudo"; \
		sudo apt-get update -qq && sudo apt-get install -y -qq mecab-ipadic; \
	else echo "mecab-ipadic is not installed (sudo apt-get install mecab-ipadic); the dictionary will be fetched"; fi
