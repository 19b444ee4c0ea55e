# sh attach.sh ENGINE FOLDER STRAIT...: records a running container of podman or docker by its name, to be started as root in
# its own mount, pid, uts and network namespaces. STRAIT... is the command of strait. FOLDER/trace gets the trace. The
# container serves a file, and has a child that its first process forked. FOLDER/session gets the pid of a session of exec.
set -eu
engine=$1 out=$2
shift 2
mount -t tmpfs tmpfs /mnt
ip link set lo up
mkdir -p /mnt/root/bin /mnt/root/tmp /mnt/root/proc /mnt/root/dev /mnt/root/sys /mnt/root/etc /mnt/root/www /mnt/bin
cp "$(command -v busybox)" /mnt/root/bin/busybox
for name in sh sleep httpd date cat; do ln -s busybox /mnt/root/bin/$name; done
echo hello >/mnt/root/www/index.html
tar -C /mnt/root -cf /mnt/root.tar .
case $engine in
podman)
    # runc, as crun refuses cgroups of both versions beside each other
    words="podman --root /mnt/store --runroot /mnt/run --tmpdir /mnt/tmp --storage-driver vfs --runtime runc
        --cgroup-manager cgroupfs --events-backend file"
    ;;
docker)
    words="docker -H unix:///mnt/docker.sock"
    dockerd --data-root /mnt/data --exec-root /mnt/exec -p /mnt/docker.pid -H unix:///mnt/docker.sock \
        --iptables=false --ip6tables=false --ip-masq=false --bridge=none --storage-driver=vfs \
        --default-ulimit nofile=1024:1024 >/mnt/dockerd.log 2>&1 &
    tries=0
    until $words version >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ] || ! kill -0 $!; then cat /mnt/dockerd.log; exit 1; fi
        sleep 0.2
    done
    ;;
esac
# what strait finds on PATH
printf '#!/bin/sh\nexec %s "$@"\n' "$(command -v "$engine")${words#"$engine"}" | tr '\n' ' ' | sed 's/sh exec/sh\nexec/' >/mnt/bin/"$engine"
chmod +x /mnt/bin/"$engine"
PATH=/mnt/bin:$PATH
$engine import /mnt/root.tar strait/box:1 >/dev/null
$engine run -d --name web --network=host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 strait/box:1 \
    sh -c 'while :; do date >/tmp/now; sleep 1; done & exec httpd -f -p 127.0.0.1:8123 -h /www' >/dev/null
$engine exec -d web sleep 61
until pgrep -fx "sleep 61" >"$out/session"; do sleep 0.1; done
: >/mnt/said
(until grep -q "strait: recording" /mnt/said; do sleep 0.1; done; busybox wget -qO- http://127.0.0.1:8123/index.html >"$out/served"
    $engine exec -d web sleep 62) &
status=0
"$@" record --engine "$engine" --container web --duration 7s -o "$out/trace" 2>/mnt/said || status=$?
cat /mnt/said
echo "recorded $status"
status=0
"$@" record --engine "$engine" --container none --duration 5s || status=$?
echo "refused $status"
$engine kill web >/dev/null
