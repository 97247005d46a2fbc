# shellcheck shell=bash
# What scripts/serve and scripts/test share: finds or installs the tools,
# builds the page, measures it. Read with `source`, from the repository's root.
#
# A tool that is on PATH in the right version is used; else it is installed
# into the cache folder, once.

readonly TRUNK=0.21.14
# Debian's (108) rejects instructions that a larger Rust program contains.
readonly BINARYEN=132
# Shrinks scripts and styles.
readonly ESBUILD=0.28.2
# npm takes away what it is not told of.
readonly SHRINKERS=("binaryen@$BINARYEN.0.0" "esbuild@$ESBUILD")
# Checks what the JavaScript module's types say.
readonly TYPESCRIPT=5.9.3
# Parts off what the page loads later; of the series that Leptos splits by.
readonly WASM_SPLIT=0.2.4
# What a first visit may download, compressed with brotli: a few seconds over a
# slow line.
readonly BUDGET=700000

tools=${XDG_CACHE_HOME:-$HOME/.cache}/guillemet/tools
target=${CARGO_TARGET_DIR:-target}
PATH=$tools/bin:$tools/npm/node_modules/.bin:$PATH
[[ -d $HOME/.cargo/bin ]] && PATH=$PATH:$HOME/.cargo/bin

heading() { printf '\n== %s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Installs Debian packages where that is possible.
apt_install() {
  command -v apt-get >/dev/null || return 1
  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || return 1
    as_root=(sudo)
  fi
  echo "installing the Debian packages $*"
  # A first failure is most often an old package list.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 || {
    "${as_root[@]}" apt-get update -qq &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  }
}

# The command $1 of the Debian package $2.
need_command() {
  command -v "$1" >/dev/null || apt_install "$2" || fail "$1 is missing: install the Debian package $2"
}

need_rust() {
  command -v rustup >/dev/null || command -v cargo >/dev/null ||
    fail "Rust is missing: install rustup (https://rustup.rs), then run this again"
  command -v rustup >/dev/null || return 0
  local channel
  channel=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)
  if ! rustup target list --installed --toolchain "$channel" 2>/dev/null | grep -qx wasm32-unknown-unknown ||
    ! cargo "+$channel" clippy --version >/dev/null 2>&1 || ! cargo "+$channel" fmt --version >/dev/null 2>&1; then
    rustup toolchain install "$channel" --profile minimal \
      --component rustfmt --component clippy --target wasm32-unknown-unknown
  fi
}

# The version that $1 says it has, or nothing.
version_of() {
  command -v "$1" >/dev/null && "$1" --version 2>/dev/null | grep -o '[0-9][0-9.]*' | head -n 1
}

# Installs the command $1 of version $2 from the crate $3, as further arguments say.
install_crate() {
  heading "Install $3 $2 (once, some minutes)"
  local what=(--root "$tools" --version "$2" --bin "$1" "${@:4}" "$3")
  # Its lock file may name a version that a registry's mirror does not have yet.
  env -u CARGO_TARGET_DIR cargo install --locked "${what[@]}" || env -u CARGO_TARGET_DIR cargo install "${what[@]}"
  hash -r
}

# The command $1 of version $2 from the crate $3.
need_crate() {
  [[ $(version_of "$1") == "$2" ]] || install_crate "$@"
}

# The page is built without them too, and is larger then.
want_shrinkers() {
  local version
  version=$(version_of wasm-opt) || true
  [[ ${version%%.*} -ge $BINARYEN ]] 2>/dev/null && [[ -n $(version_of esbuild) ]] && return
  heading "Install wasm-opt $BINARYEN and esbuild $ESBUILD (once)"
  command -v npm >/dev/null || apt_install npm || true
  if command -v npm >/dev/null &&
    npm install --silent --no-fund --no-audit --no-save --prefix "$tools/npm" "${SHRINKERS[@]}"; then
    hash -r
  else
    echo "wasm-opt and esbuild could not be installed (they need npm): the page stays larger than it need be" >&2
  fi
}

# It has no word for its version: cargo knows which one it installed.
need_wasm_split() {
  cargo install --list --root "$tools" 2>/dev/null | grep -qx "wasm_split_cli_support v$WASM_SPLIT:" ||
    install_crate wasm-split-cli "$WASM_SPLIT" wasm_split_cli_support --features build-binary
}

need_wasm_bindgen() {
  need_crate wasm-bindgen "$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)" wasm-bindgen-cli
}

# Builds the page into dist/.
build_page() {
  need_rust
  need_command cc build-essential
  need_crate trunk "$TRUNK" trunk
  need_wasm_bindgen
  need_wasm_split
  want_shrinkers
  # Trunk would take over the snippets of an earlier build.
  rm -rf "$target/wasm-bindgen"
  trunk build --release
}

# Builds the JavaScript module into dist-module/. The sources of the package
# lie in npm/; its version is that of Cargo.toml.
build_module() {
  need_rust
  need_command cc build-essential
  need_wasm_bindgen
  want_shrinkers
  # SIMD: Node has it since 16, the last browser since 2023.
  RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+simd128" \
    cargo build --profile module --locked --target wasm32-unknown-unknown --bin module
  local made version
  made=$(mktemp -d)
  wasm-bindgen --target web --no-typescript --out-name engine --out-dir "$made" \
    "$target/wasm32-unknown-unknown/module/module.wasm"
  # It reads from the file which features the compiler used. Node compiles
  # middling functions better than what they are all drawn into.
  if command -v wasm-opt >/dev/null &&
    wasm-opt -O3 --one-caller-inline-max-function-size=0 "$made/engine_bg.wasm" -o "$made/small.wasm"; then
    mv "$made/small.wasm" "$made/engine_bg.wasm"
  fi
  version=$(sed -n '0,/^version = /s/^version = "\(.*\)"$/\1/p' Cargo.toml)
  cp npm/* LICENSE-* "$made"
  sed -i "s/\"version\": \"0.0.0\"/\"version\": \"$version\"/" "$made/package.json"
  chmod 755 "$made"
  rm -rf dist-module
  mv "$made" dist-module
}

# Prints what each file of dist/ weighs, and fails above the budget.
measure_page() {
  if ! command -v brotli >/dev/null && ! apt_install brotli; then
    echo "brotli is missing (the Debian package brotli): the page is not measured" >&2
    return 0
  fi
  local file raw small raw_total=0 total=0 later=0
  printf '%10s %10s  %s\n' bytes brotli file
  while IFS= read -r file; do
    raw=$(wc -c <"$file")
    small=$(brotli --quality=11 --stdout "$file" | wc -c)
    raw_total=$((raw_total + raw))
    # The first dialog or file loads the one, another format the other: no visit does.
    if [[ $file == dist/later-* || $file == dist/converter-* ]]; then
      later=$((later + small)) file+=" (on demand)"
    else
      total=$((total + small))
    fi
    printf '%10d %10d  %s\n' "$raw" "$small" "$file"
  done < <(find dist -type f | LC_ALL=C sort)
  printf '%10s %10d  at the first visit (at most %d)\n' "" "$total" "$BUDGET"
  printf '%10d %10d  in all\n' "$raw_total" "$((total + later))"
  ((total < BUDGET)) || {
    echo "the page weighs $total bytes compressed: more than $BUDGET" >&2
    return 1
  }
}

# The tests use the same server, so it is compiled from their source: no
# Python, no Node, and the media types and caching that WebAssembly wants.
build_server() {
  mkdir -p "$target"
  rustc --edition 2024 -O -o "$target/serve" scripts/serve.rs
}
