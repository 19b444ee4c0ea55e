# To be read by another script in its own mount, pid, uts and network namespaces, with $engine set: starts podman or docker
# with folders of its own, after root.sh, and sets $words to the command with its options. $daemon has more options of
# dockerd. All that is written goes to a tmpfs.
case $engine in
podman)
    # No limits above those of the caller: without CAP_SYS_RESOURCE they could not be set.
    words="podman --root /mnt/store --runroot /mnt/run --tmpdir /mnt/tmp --storage-driver vfs
        --cgroup-manager cgroupfs --events-backend file"
    ;;
docker)
    words="docker -H unix:///mnt/docker.sock"
    dockerd --data-root /mnt/data --exec-root /mnt/exec -p /mnt/docker.pid -H unix:///mnt/docker.sock \
        --iptables=false --ip6tables=false --ip-masq=false --bridge=none --storage-driver=vfs \
        --default-ulimit nofile=1024:1024 ${daemon:-} >/mnt/dockerd.log 2>&1 &
    tries=0
    until $words version >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ] || ! kill -0 $!; then cat /mnt/dockerd.log; exit 1; fi
        sleep 0.2
    done
    ;;
esac
