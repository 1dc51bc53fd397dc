#!/bin/sh
# Bundle the rich-text library into tracker/static/vendor/prosemirror, with the licences of its parts.
# Needs Node and npm, once; running the product needs neither. Work happens in a folder of its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../tracker/static/vendor/prosemirror
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$here/library.js" "$work/"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --silent
npx --no-install esbuild library.js --bundle --minify --format=iife --global-name=ProseMirror \
  --target=es2020 --legal-comments=none --charset=utf8 --outfile="$target/prosemirror.min.js"
cp node_modules/prosemirror-view/style/prosemirror.css "$target/prosemirror.css"

: > "$target/LICENSE"
for part in node_modules/prosemirror-* node_modules/orderedmap node_modules/rope-sequence node_modules/w3c-keyname; do
  version=$(sed -n 's/^ *"version": "\(.*\)",*$/\1/p' "$part/package.json" | head -n 1)
  printf '%s %s\n\n' "$(basename "$part")" "$version" >> "$target/LICENSE"
  cat "$part/LICENSE" >> "$target/LICENSE"
  printf '\n----\n\n' >> "$target/LICENSE"
done
