#!/bin/sh
# small-disk.sh DIR SIZE COMMAND...: runs the command while DIR is a file system of
# that size; copies DIR/dir, which the command makes, to DIR.copy.
set -e
dir=$1 size=$2
shift 2
rm -rf "$dir.copy"
mkdir -p "$dir"
exec unshare --mount sh -ec '
  dir=$1 size=$2
  shift 2
  mount -t tmpfs -o size="$size" tmpfs "$dir"
  "$@" || echo "status $?"
  cp -r --sparse=always "$dir/dir" "$dir.copy"
' sh "$dir" "$size" "$@"
