# sh workload.sh BUNDLE ID RUNTIME RECORD-ALL NAME: runs the workload NAME of src/main/tools/traces with its traced
# program in a container; to be started in its own mount, pid, uts and network namespaces, as root. BUNDLE holds a
# config.json without arguments. All that is written goes to a tmpfs, and ends with the namespaces.
set -eu
bundle=$1 id=$2 runtime=$3 record=$4 name=$5
scripts=$(dirname "$0")
. "$scripts/root.sh"
status=0
RUN="sh $scripts/confine.sh $bundle $id $runtime" SCRATCH=/mnt/demo "$record" "$name" || status=$?
for left in $(ls /mnt/state); do "$runtime" --root /mnt/state delete --force "$left" >&2 || :; done
exit "$status"
