# sh annotation.sh JAVA CLASSPATH RUNTIME FOLDER: runs FOLDER/probe in a Podman container under FOLDER/app.json, compiled and as an
# annotation for crun; to be started as root in its own mount, pid, uts and network namespaces.
set -eu
java=$1 classpath=$2 runtime=$3 out=$4
. "$(dirname "$0")/podman.sh"
strait convert app.json --format crun-annotation -o annotation | grep -qx 'status 0'
exec podman --runtime crun run --rm --security-opt seccomp=unconfined --security-opt no-new-privileges \
    --annotation "$(cat annotation)" -v "$out:/out:ro" localhost/strait/busybox:1 /out/probe
