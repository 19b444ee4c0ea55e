# sh full.sh STRAIT-OCI ROOT FOLDER: runs a container of runc twice with traces on a disk that is full: from the start, and soon
# after; to be started as root in its own mount, pid, uts and network namespaces. Prints what the container and strait-oci print, and
# the log; FOLDER/cut gets the trace of the second.
set -eu
oci=$1 root=$2 out=$3
. "$(dirname "$0")/root.sh"
mount -t tmpfs tmpfs /run # where the log goes that has no room beside the traces
mkdir /mnt/bundle /mnt/traces
cp -r "$root" /mnt/bundle/rootfs
runc spec --bundle /mnt/bundle
jq '.process.terminal = false | .process.rlimits = [] | .root.readonly = false
    | .process.args = ["/bin/busybox", "sh", "-c", "i=0; while [ $i -lt $COUNT ]; do i=$((i + 1)); cd /; done; echo done"]' \
    /mnt/bundle/config.json >/mnt/config.json
start() {
    mount -t tmpfs -o "size=$2,mode=700" tmpfs /mnt/traces
    if [ "$1" = 1 ]; then dd if=/dev/zero of=/mnt/traces/full bs=64k count=2 2>/dev/null || :; fi
    jq ".process.env += [\"COUNT=$1\"]" /mnt/config.json >/mnt/bundle/config.json
    words="$oci --strait-dir=/mnt/traces --strait-runtime=runc --root /mnt/state"
    $words create --bundle /mnt/bundle --pid-file /mnt/pid app </dev/null 2>/mnt/errors
    $words start app
    while [ "$(runc --root /mnt/state state app | jq -r .status)" != stopped ]; do sleep 0.1; done
    $words delete app 2>>/mnt/errors
    cat /mnt/errors
}
start 1 64k
umount /mnt/traces
start 30000 512k
cp /mnt/traces/app/app-1.strace "$out/cut"
cat /run/strait-oci/strait-oci.log
