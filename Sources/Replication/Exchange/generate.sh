#!/bin/sh
# Makes exchange.pb.swift from exchange.proto. Needs Debian's protobuf-compiler.
set -eu
cd "$(dirname "$0")/../../.."
command -v protoc >/dev/null || { echo "Please install protobuf-compiler first." >&2; exit 1; }
swift build --product protoc-gen-swift
bin=$(swift build --show-bin-path)
cd Sources/Replication/Exchange
protoc --plugin="$bin/protoc-gen-swift" --swift_opt=UseAccessLevelOnImports=true --swift_out=. exchange.proto
