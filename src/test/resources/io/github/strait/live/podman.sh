# To be read by another script, which java, classpath, runtime and out are set in, as root in its own mount, pid, uts and
# network namespaces: sets Podman up with the image localhost/strait/busybox:1, goes to the folder of out, and defines strait.
oci=$PWD/strait-oci
. "$(dirname "$0")/root.sh"
# not what others note
mkdir -p /run/strait-oci
mount -t tmpfs tmpfs /run/strait-oci
mkdir -p /mnt/image/bin /mnt/image/proc /mnt/image/dev /mnt/image/sys /mnt/image/tmp /mnt/image/etc /mnt/bin
cp "$(command -v busybox)" /mnt/image/bin/busybox
for name in sh ls cat echo sleep; do ln -s busybox "/mnt/image/bin/$name"; done
ln -s "$oci" /mnt/bin/strait-oci
ip link set lo up
cat >/mnt/storage.conf <<END
[storage]
driver = "vfs"
graphroot = "/mnt/store"
runroot = "/mnt/run"
END
cat >/mnt/containers.conf <<END
[engine]
runtime = "$runtime"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "/mnt/engine"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
netns = "none"
END
export CONTAINERS_STORAGE_CONF=/mnt/storage.conf CONTAINERS_CONF=/mnt/containers.conf PATH="/mnt/bin:$PATH"
tar -C /mnt/image -cf /mnt/image.tar .
podman import /mnt/image.tar localhost/strait/busybox:1 >/dev/null 2>&1
cd "$out"
strait() {
    status=0
    "$java" -XX:TieredStopAtLevel=1 -cp "$classpath" io.github.strait.cli.Main "$@" || status=$?
    echo "status $status"
}
