# sh recorded.sh ENGINE STRAIT-OCI NGINX-CONF LINES FOLDER: starts containers of podman or docker as the lines of the file
# LINES say, three at once; to be started as root in its own mount, pid, uts and network namespaces.
#   ID NAME plain|record PROFILE|default  starts the container NAME (busybox, nginx or threads) under the profile, or under
#                                         the engine's own, with the recording runtime where the line says so, and prints
#                                         "ran ID STATUS": 0 where it did its work and ended with 0. FOLDER/ID has its traces.
# The images busybox and threads are FOLDER/NAME.tar; nginx runs on this machine's /usr and /etc, read-only.
set -eu
engine=$1 oci=$2 conf=$3 lines=$4 out=$5
scripts=$(dirname "$0")
. "$scripts/root.sh"
ip link set lo up
export STRAIT_OCI_DIR=/mnt/recorded
"$oci" --snippet docker | grep '^{' >/mnt/daemon.json
daemon="--config-file /mnt/daemon.json"
. "$scripts/engine-start.sh"
tar -C /mnt/root -cf - . | $words import - strait/nginx >/dev/null
for name in busybox threads; do $words import "$out/$name.tar" "strait/$name" >/dev/null; done

# The containers, each with its work; they end with 0 where it is done as it should be.
busybox() {
    said=$($limit $run --rm strait/busybox /bin/busybox sh -c 'cd /dev/shm && echo one >a && busybox cp a b && busybox cat b
        busybox ls; busybox mkdir c; busybox mv b c/d; busybox wc -c c/d; busybox sleep 0.01 & wait $!; echo "ended $?"
        busybox ls /nowhere 2>&1; busybox id -u; busybox rm -r a c')
    [ "$? $said" = "0 one
a
b
4 c/d
ended 0
ls: /nowhere: No such file or directory
0" ]
}
threads() {
    said=$($limit $run --rm strait/threads /bin/threads)
    [ "$? $said" = "0 total 1998000" ]
}
nginx() {
    port=$(awk -v id="$id" '$1 == id { print 28100 + NR }' "$lines")
    mkdir -p "/mnt/srv/$id/html"
    sed "s/28081/$port/" "$conf" >"/mnt/srv/$id/nginx.conf"
    echo '<p>hello</p>' >"/mnt/srv/$id/html/index.html"
    head -c 400000 /dev/zero >"/mnt/srv/$id/html/large.bin"
    $limit $run -d -v /usr:/usr:ro -v /etc:/etc:ro -v "/mnt/srv/$id:/srv" strait/nginx \
        /usr/sbin/nginx -p /srv -e error.log -c nginx.conf >/dev/null || return
    end=$(($(date +%s) + 4))
    until said=$(curl -s -f --max-time 3 "127.0.0.1:$port/") || [ "$(date +%s)" -ge "$end" ]; do sleep 0.1; done
    size=$(curl -s -f --max-time 3 "127.0.0.1:$port/large.bin" | wc -c)
    $limit $words stop -t 2 "$id" >/dev/null
    ended=$($limit $words wait "$id")
    $limit $words rm -f "$id" >/dev/null
    [ "$said $size $ended" = "<p>hello</p> 400000 0" ]
}
start() {
    id=$1 name=$2 mode=$3 profile=$4
    # Without a call a container may hang, and ignore the signals that its engine passes on.
    limit="timeout -k 1 5"
    if [ "$profile" = default ]; then limit="timeout -k 1 60"; fi
    options="--name $id --network=host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096"
    if [ "$profile" != default ]; then options="$options --security-opt seccomp=$profile"; fi
    case $engine-$mode in
    podman-record)
        # podman gives runtimes none of its environment
        run="$words --runtime $oci --runtime-flag strait-dir=/mnt/recorded --runtime-flag strait-runtime=crun run $options"
        ;;
    docker-record) run="$words run --runtime strait $options" ;;
    *) run="$words run $options" ;;
    esac
    status=0
    "$name" 2>&1 || status=$?
    if [ "$status" != 0 ]; then $limit $words rm -f "$id" >/dev/null 2>&1 || :; fi
    printf "\nran %s %s\n" "$id" "$status"
}

workers=
for turn in 0 1 2; do
    awk "NR % 3 == $turn" "$lines" | while read -r line; do start $line; done &
    workers="$workers $!"
done
wait $workers
if [ -d /mnt/recorded ]; then cp -r /mnt/recorded/. "$out"; fi
