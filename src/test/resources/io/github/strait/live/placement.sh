# sh placement.sh FOLDER: does what the page about placement says, section by section, with the programs of
# this machine, to be started as root in its own mount, pid, uts and network namespaces. FOLDER has app.json, names.json, the
# programs app and strait, and for each section a folder of sections with its files, below files, and its commands, in commands. What
# the commands print goes to FOLDER/out. All else that is written goes to a tmpfs.
set -eu
out=$1
scripts=$(dirname "$0")
. "$scripts/root.sh"
ip link set lo up
# a copy of /etc, and folders that programs have for themselves
cp -a /etc /mnt/etc
mount --bind /mnt/etc /etc
mkdir -p /var/lib/lxc /mnt/lxc /mnt/bin /mnt/image /mnt/work
mount --bind /mnt/lxc /var/lib/lxc
cp "$out/app" /mnt/bin/app
cp "$out/app" /mnt/image/app
cp "$out/app.json" "$out/names.json" /mnt/work
mkdir -p /etc/docker /etc/containers /etc/lxc /mnt/lxc/app /mnt/lxc/root/proc /mnt/lxc/root/dev /mnt/lxc/root/sys
rm -f /etc/docker/daemon.json /etc/containers/containers.conf
cp "$out/names.json" /etc/docker
cp "$out/names.json" /etc/containers
cp "$out/app" /mnt/lxc/root/app

# what a machine has set up already: settings of the engines, a container of LXC, a bundle of runc
cat >/etc/containers/storage.conf <<END
[storage]
driver = "vfs"
graphroot = "/mnt/store"
runroot = "/mnt/run"
END
cat >/mnt/engine.conf <<END
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "/mnt/engine"
END
cat >/mnt/lxc/app/config <<END
lxc.rootfs.path = dir:/mnt/lxc/root
lxc.uts.name = app
lxc.apparmor.profile = unchanged
lxc.console.path = none
lxc.net.0.type = empty
lxc.init.cmd = /app
END
mkdir -p /mnt/work/bundle/rootfs
cp "$out/app" /mnt/work/bundle/rootfs/app
runc spec --bundle /mnt/work/bundle
jq '.process.terminal = false | .process.args = ["/app"] | .process.rlimits = [] | .process.noNewPrivileges = true' \
    /mnt/work/bundle/config.json >/mnt/config.json
cp /mnt/config.json /mnt/work/bundle/config.json

# the programs, with what this machine's limits and missing network ask for
ln -s "$out/strait" /mnt/bin/strait
cat >/mnt/bin/engine <<'END'
#!/bin/sh
program=$1 before=
shift
while [ "$1" != run ] && [ "$1" != play ] && [ $# -gt 1 ]; do before="$before $1"; shift; done
word=$1
shift
case $word in
run) exec $program $before run --network=none --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 "$@" ;;
play) exec $program $before play --network=none "$@" ;;
*) exec $program $before "$word" "$@" ;;
esac
END
for name in docker podman; do
    printf '#!/bin/sh\nexec /mnt/bin/engine %s "$@"\n' "$(command -v $name)" >/mnt/bin/$name
done
real=$(command -v docker)
printf 'services:\n  app:\n    network_mode: none\n' >/mnt/override.yml
chmod +x /mnt/bin/*

# place SECTION: puts its files where they belong
place() {
    (cd "$1/files" && find . -type f) | while read -r file; do
        case $file in
        ./etc/* | ./var/*) cat "$1/files/$file" >>"/$file" ;;
        *) cp "$1/files/$file" "/mnt/work/$file" ;;
        esac
    done
}
place "$out/sections/docker-for-all-containers"
cp /mnt/engine.conf /etc/containers/containers.conf
export DOCKER_HOST=unix:///mnt/docker.sock CONTAINERD_ADDRESS=/mnt/exec/containerd/containerd.sock \
    CONTAINERD_SNAPSHOTTER=native COMPOSE_FILE=docker-compose.yml:/mnt/override.yml XDG_RUNTIME_DIR=/mnt/runtime
mkdir -p /mnt/runtime
engine=docker daemon="--config-file /etc/docker/daemon.json"
. "$scripts/engine-start.sh"
tar -C /mnt/image -cf /mnt/image.tar .
"$real" import --change 'CMD ["/app"]' /mnt/image.tar app >/dev/null
podman import --change 'CMD ["/app"]' /mnt/image.tar localhost/app:latest >/dev/null 2>&1
"$real" save app | ctr images import - >/dev/null
PATH=/mnt/bin:$PATH
cd /mnt/work
mkdir "$out/out"
for section in "$out"/sections/*; do
    # what holds for all containers of Podman is not for other sections; dockerd has read its file already
    cp /mnt/engine.conf /etc/containers/containers.conf
    place "$section"
    status=0
    timeout -k 5 60 sh -e "$section/commands" >"$out/out/$(basename "$section")" 2>"$out/out/$(basename "$section").err" </dev/null || status=$?
    echo "$(basename "$section") $status"
done
kill "$(cat /mnt/docker.pid)"
