# sh engine.sh ENGINE RECORD-ALL LINES FOLDER: does what the lines of the file LINES say in containers of podman or docker,
# to be started as root in its own mount, pid, uts and network namespaces. All that is written goes to a tmpfs.
#   WORKLOAD PROFILE [OPTION]  runs the workload of src/main/tools/traces with its traced program in a container, under the
#                              profile, and prints a line "ran WORKLOAD PROFILE STATUS". Under the profile "default" the
#                              engine has its own, and FOLDER/seen gets the traces of the programs.
#   told [OPTION...]           prints a line "told JSON" with linux.seccomp as docker wrote it for runc, for a container
#                              with these options
set -eu
engine=$1 record=$2 lines=$3 out=$4
scripts=$(dirname "$0")
. "$scripts/root.sh"
tar -C /mnt/root -cf /mnt/root.tar .
. "$scripts/engine-start.sh"
$words import /mnt/root.tar strait/machine:latest >/dev/null
mkdir /mnt/seen
told() {
    id=$($words run -d --network=host -v /usr:/usr:ro -v /etc:/etc:ro "$@" strait/machine:latest sleep 60)
    told=$(jq -c .linux.seccomp "/mnt/exec/containerd/daemon/io.containerd.runtime.v2.task/moby/$id/config.json")
    $words rm -f "$id" >/dev/null
    echo "told $told"
}
while read -r name profile option; do
    if [ "$name" = told ]; then
        told $profile $option
        continue
    fi
    status=0
    RUN="sh $scripts/engine-run.sh $profile ${option:-none} $words" SCRATCH=/mnt/demo "$record" "$name" </dev/null || status=$?
    echo "ran $name $profile $status"
done <"$lines"
cp -r /mnt/seen "$out"
