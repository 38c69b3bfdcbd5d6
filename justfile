# Shortcuts for people who have `just`. `./test` needs neither just nor cargo-deny.

# Everything that must hold before a commit.
check: fmt clippy test doc deny

# Formatting, checked and not changed.
fmt:
    cargo fmt --all --check

# Lints of the whole workspace, tests and benches included.
clippy:
    cargo clippy --locked --workspace --all-targets -- -D warnings

# Every test; snapshots are compared, never written.
test:
    INSTA_UPDATE=no cargo test --locked --workspace

# Documentation of our own crates, warnings refused.
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

# Licences, banned crates, sources (cargo install cargo-deny --locked).
deny:
    cargo deny --locked check licenses bans sources

# Write changed snapshots and schemas; read the difference before committing.
update:
    UPDATE=1 INSTA_UPDATE=always cargo test --locked --workspace

# Relevé at work for an invented household.
demo:
    ./demo --once
