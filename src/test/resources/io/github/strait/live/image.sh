# sh image.sh JAVA CLASSPATH RUNTIME FOLDER: records an image with Podman by one command, to be started as root in its own mount,
# pid, uts and network namespaces. What it prints and leaves goes to FOLDER.
set -eu
java=$1 classpath=$2 runtime=$3 out=$4
. "$(dirname "$0")/podman.sh"
strait record --image localhost/strait/busybox:1 -e WORD=hello --tmpfs /t -- sh -c 'echo $WORD; exit 7'
strait record --profile app.json --no-new-privs --image localhost/strait/busybox:1 --tmpfs /t -- sh -c 'echo work >/t/x; cat /t/x'
status=0
podman run --rm --security-opt no-new-privileges --security-opt "seccomp=$PWD/app.json" --tmpfs /t \
    localhost/strait/busybox:1 sh -c 'echo work >/t/x; cat /t/x' || status=$?
echo "under $status"
strait record --no-new-privs --under app.json -o denied.strace --image localhost/strait/busybox:1 -- sh -c 'ls / >/dev/null || :'
strait record --image localhost/strait/busybox:1 -- /nowhere
strait record --image localhost/strait/busybox:1 --duration 1s -- sh -c 'trap "exit 3" TERM; while :; do sleep 0.1; done'
podman ps -a --format '{{.Names}}'
