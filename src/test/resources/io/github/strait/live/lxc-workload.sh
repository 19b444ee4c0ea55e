# sh lxc-workload.sh POLICY RECORD-ALL NAME: runs the workload NAME of src/main/tools/traces with its traced program in a
# container of LXC under POLICY; to be started in its own mount, pid, uts and network namespaces, as root. All that is
# written goes to a tmpfs, and ends with the namespaces.
set -eu
policy=$1 record=$2 name=$3
scripts=$(dirname "$0")
. "$scripts/root.sh"
RUN="sh $scripts/lxc-confine.sh $policy" SCRATCH=/mnt/demo exec "$record" "$name"
