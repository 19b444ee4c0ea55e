# sh containerd.sh STRAIT-OCI ROOT FOLDER [PROFILE]: starts containers of containerd on the root file system ROOT, to be started
# as root in its own mount, pid, uts and network namespaces. What they print and their statuses go to standard output.
#   without PROFILE  a sandbox and a container of a pod, as their annotations say, and a session in the container, with the
#                    recording runtime; FOLDER/traces has the traces
#   with PROFILE     the work of the container with containerd's own runtime under the profile, and a call that this denies
set -eu
oci=$1 root=$2 out=$3 profile=${4:-}
. "$(dirname "$0")/root.sh"
mount -t tmpfs tmpfs /run # where shims have their sockets
cp -r "$root" /mnt/image
cat >/mnt/containerd.toml <<END
version = 2
root = "/mnt/containerd"
state = "/mnt/tasks"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "/mnt/containerd.sock"
END
export STRAIT_OCI_DIR=/mnt/traces
containerd --config /mnt/containerd.toml >/mnt/containerd.log 2>&1 &
ctr="ctr --address /mnt/containerd.sock"
tries=0
until $ctr version >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 $!; then cat /mnt/containerd.log; exit 1; fi
    sleep 0.1
done
run() {
    status=0
    $ctr run --rm "$@" || status=$?
    echo "status $status"
}
work='echo one >/dev/shm/a; busybox cat /dev/shm/a; exit 7'
if [ -n "$profile" ]; then
    run --seccomp --seccomp-profile "$profile" --rootfs /mnt/image app /bin/busybox sh -c "$work"
    run --seccomp --seccomp-profile "$profile" --rootfs /mnt/image app /bin/busybox sh -c 'busybox mkdir /dev/shm/b 2>&1'
    exit
fi
cri=io.kubernetes.cri
pod="--runc-binary $oci --rootfs --annotation $cri.sandbox-namespace=shop --annotation $cri.sandbox-name=web"
app="--annotation $cri.container-type=container --annotation $cri.container-name=app --annotation $cri.image-name=image:1"
run $pod --annotation $cri.container-type=sandbox /mnt/image sandbox /bin/busybox true
run $pod $app /mnt/image app /bin/busybox sh -c "$work"
$ctr run -d $pod $app /mnt/image again /bin/busybox sleep 60
$ctr task exec --exec-id session again /bin/busybox echo inside
$ctr task kill -s KILL again
until $ctr task rm again >/dev/null 2>&1; do sleep 0.1; done
$ctr container rm again
cp -r /mnt/traces "$out"
