# sh systemd-workload.sh DROP-IN RECORD-ALL NAME: runs the workload NAME of src/main/tools/traces with its traced program as
# a service with DROP-IN; to be started by systemd.sh, as root. All that is written goes to a tmpfs.
set -eu
dropin=$1 record=$2 name=$3
mount -t tmpfs -o mode=755 tmpfs /mnt
RUN="sh $(dirname "$0")/systemd-service.sh $dropin" SCRATCH=/mnt/demo exec "$record" "$name"
