# sh oci.sh STRAIT-OCI WAY RUNTIME FOLDER [PROFILE]: runs containers of a static busybox, to be started as root in its own mount,
# pid, uts and network namespaces; WAY is podman, docker or plain. All that is written goes to a tmpfs.
#   without PROFILE  what the containers do with the plain runtime goes to FOLDER/plain, with strait-oci in front of it to
#                    FOLDER/recorded, a line each, and the traces to FOLDER/traces
#   with PROFILE     the program of the first container runs under the profile with the plain runtime, as FOLDER/under says
set -eu
oci=$1 way=$2 runtime=$3 out=$4 profile=${5:-}
. "$(dirname "$0")/root.sh"
# not what others note
mkdir -p /run/strait-oci
mount -t tmpfs tmpfs /run/strait-oci
traces=/mnt/traces
mkdir -p /mnt/image/bin /mnt/image/proc /mnt/image/dev /mnt/image/sys /mnt/image/tmp /mnt/image/etc
cp "$(command -v busybox)" /mnt/image/bin/busybox
for name in sh ls mkdir cat echo sleep true id kill; do ln -s busybox "/mnt/image/bin/$name"; done
ip link set lo up
limits="--network=none --ulimit nofile=1024:1024"
[ "$way" = docker ] || limits="$limits --ulimit nproc=4096:4096"
work='mkdir -p /tmp/x; ls / >/tmp/x/y; cat /tmp/x/y | { read line; echo "$line"; }; id'
case $way in
podman)
    engine=podman
    . "$(dirname "$0")/engine-start.sh"
    plain="$words --runtime $runtime"
    recorded="$words --runtime $oci --runtime-flag strait-dir=$traces --runtime-flag strait-runtime=$(command -v "$runtime")"
    ;;
docker)
    printf '{"runtimes": {"strait": {"path": "%s", "runtimeArgs": ["--strait-dir=%s", "--strait-runtime=%s"]}}}' \
        "$oci" "$traces" "$runtime" >/mnt/daemon.json
    engine=docker daemon="--config-file /mnt/daemon.json"
    . "$(dirname "$0")/engine-start.sh"
    plain=$words recorded=$words
    ;;
plain)
    mkdir /mnt/bundle
    mv /mnt/image /mnt/bundle/rootfs
    runc spec --bundle /mnt/bundle
    # no limits above those of the caller
    jq --arg work "$work" '.process.terminal = false | .process.args = ["sh", "-c", $work] | .process.rlimits = []
        | .root.readonly = false | .process.noNewPrivileges = true' /mnt/bundle/config.json >/mnt/config.json
    if [ -n "$profile" ]; then
        jq --slurpfile seccomp "$profile" '.linux.seccomp = $seccomp[0]' /mnt/config.json >/mnt/bundle/config.json
        status=0
        "$runtime" --root /mnt/state run --bundle /mnt/bundle one >"$out/under" 2>&1 || status=$?
        echo "status $status" >>"$out/under"
        exit
    fi
    cp /mnt/config.json /mnt/bundle
    for words in "$runtime" "$oci --strait-dir=$traces --strait-runtime=$runtime"; do
        status=0
        $words --root /mnt/state run --bundle /mnt/bundle one || status=$?
        echo "status $status"
        $words --root /mnt/state run --bundle /mnt/bundle --detach two </dev/null >/mnt/output 2>&1
        while [ "$($words --root /mnt/state state two | jq -r .status)" != stopped ]; do sleep 0.1; done
        $words --root /mnt/state delete two
        cat /mnt/output
        if [ "$words" = "$runtime" ]; then echo next; fi
    done >/mnt/both
    sed '/^next$/,$d' /mnt/both >"$out/plain"
    sed '1,/^next$/d' /mnt/both >"$out/recorded"
    cp -r $traces "$out/traces"
    exit
    ;;
esac
tar -C /mnt/image -cf /mnt/image.tar .
$words import /mnt/image.tar strait/busybox:latest >/dev/null 2>&1
if [ -n "$profile" ]; then
    status=0
    $plain run --rm $limits --security-opt no-new-privileges --security-opt "seccomp=$profile" strait/busybox sh -c "$work" \
        >"$out/under" 2>&1 || status=$?
    echo "status $status" >>"$out/under"
    exit
fi

# behave NAME WORDS...: the containers, and what can be seen of them
behave() {
    way_of=$1
    shift
    run=run
    if [ "$way" = docker ] && [ "$way_of" = recorded ]; then run="run --runtime strait"; fi
    status=0
    "$@" $run --rm --name work-"$way_of" $limits --security-opt no-new-privileges strait/busybox sh -c "$work" || status=$?
    echo "work $status"
    status=0
    "$@" $run --rm $limits strait/busybox sh -c 'exit 7' || status=$?
    echo "exit $status"
    status=0
    "$@" $run --rm $limits strait/busybox sh -c 'kill -9 $$; sleep 0.1; kill -USR1 $$' || status=$?
    echo "signal $status"
    status=0
    "$@" $run --rm $limits strait/busybox /nowhere >/dev/null 2>&1 || status=$?
    echo "missing $status"
    # the first process ignores what it does not handle
    "$@" $run -d --name deaf $limits strait/busybox sleep 60 >/dev/null
    "$@" stop -t 1 deaf >/dev/null 2>&1
    echo "deaf $("$@" inspect --format '{{.State.ExitCode}}' deaf)"
    "$@" rm deaf >/dev/null
    "$@" $run -d --name polite $limits strait/busybox \
        sh -c 'trap "echo bye; exit 3" TERM; echo ready; while :; do sleep 0.1; done' >/dev/null
    until "$@" logs polite | grep -q ready; do sleep 0.1; done
    status=0
    "$@" exec polite sh -c 'echo inside; exit 5' || status=$?
    echo "exec $status"
    "$@" stop -t 20 polite >/dev/null
    echo "polite $("$@" inspect --format '{{.State.ExitCode}}' polite) $("$@" logs polite | tail -1)"
    "$@" rm polite >/dev/null
    # a terminal, whose size follows the caller's
    script -qec "(sleep 1.5; stty rows 33 cols 77 </dev/tty) & $* $run --rm -t $limits strait/busybox \
        sh -c 'test -t 1 && sleep 3 && busybox stty size'" /dev/null </dev/null | tr -d '\r'
    # a process that fails is started again
    "$@" $run -d --name again --restart on-failure:2 $limits strait/busybox sh -c 'echo started; exit 1' >/dev/null
    tries=0
    until [ "$("$@" logs again 2>/dev/null | grep -c started)" = 3 ] || [ $tries = 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    echo "again $("$@" logs again | grep -c started)"
    "$@" rm -f again >/dev/null 2>&1
    "$@" $run -d --name healthy --health-cmd 'test -d /tmp' --health-interval 1s $limits strait/busybox sleep 60 >/dev/null
    if [ "$way" = podman ]; then
        "$@" healthcheck run healthy >/dev/null && echo healthy
    else
        tries=0
        until [ "$("$@" inspect --format '{{.State.Health.Status}}' healthy)" = healthy ] || [ $tries = 100 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        "$@" inspect --format '{{.State.Health.Status}}' healthy
    fi
    "$@" rm -f -t 0 healthy >/dev/null 2>&1 || "$@" rm -f healthy >/dev/null 2>&1
    # --rm leaves nothing
    "$@" ps -a --format '{{.Names}}'
}
behave plain $plain >"$out/plain"
behave recorded $recorded >"$out/recorded"
cp -r $traces "$out/traces"
if [ "$way" = docker ]; then kill "$(cat /mnt/docker.pid)"; fi
