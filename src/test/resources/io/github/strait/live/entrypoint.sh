#!/bin/sh
# As the entrypoints of stock images: prepares the data as root, gives it away, drops root, and executes the server.
# Usage: DATA=FOLDER [SECCOMP=FILE] entrypoint.sh SERVER ARGUMENTS…
set -e
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$DATA"
    find "$DATA" \! -user 65534 -exec chown 65534 {} +
    exec setpriv --reuid 65534 --regid 65534 --clear-groups "$0" "$@"
fi
cd "$DATA"
[ -z "$SECCOMP" ] || exec setpriv --nnp --seccomp-filter "$SECCOMP" "$@"
exec "$@"
