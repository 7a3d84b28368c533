#!/bin/sh
# small-disk.sh DIR SIZE COMMAND...: runs the command while DIR is a file system of
# that size; copies DIR/dir, which the command makes, to DIR.copy.
set -e
dir=$1 size=$2
shift 2
rm -rf "$dir.copy"
mkdir -p "$dir"
# In a root that is no mount point (chroot) the namespace can't be made private;
# so the mount may be seen outside, too, and is taken away at the end.
exec unshare --mount --propagation unchanged sh -c '
  dir=$1 size=$2
  shift 2
  mount -t tmpfs -o size="$size" tmpfs "$dir" || exit
  trap "umount \"$dir\"" EXIT
  "$@" || echo "status $?"
  cp -r --sparse=always "$dir/dir" "$dir.copy"
' sh "$dir" "$size" "$@"
