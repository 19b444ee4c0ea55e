# sh systemd-service.sh DROP-IN TRACE -- COMMAND...: runs the command as a service with DROP-IN, in the current directory
# and with the current environment, and ends as it does.
set -eu
unit=strait-$2.service folder=/run/systemd/system dropin=$1 log=$(readlink /proc/$$/fd/1)
shift 3
mkdir "$folder/$unit.d"
cp "$dropin" "$folder/$unit.d/50-seccomp.conf"
{
    printf '[Unit]\nDefaultDependencies=no\n[Service]\nType=exec\nWorkingDirectory=%s\n' "$PWD"
    printf 'StandardOutput=append:%s\nStandardError=append:%s\n' "$log" "$log"
    env | sed 's/.*/Environment="&"/'
    printf 'ExecStart='
    printf '"%s" ' "$(command -v "$1")"
    shift
    if [ $# -gt 0 ]; then printf '"%s" ' "$@"; fi
    echo
} >"$folder/$unit"
systemctl daemon-reload
systemctl start "$unit"
while [ "$(systemctl show -P ActiveState "$unit")" = active ]; do sleep 0.1; done
systemctl show -P Result "$unit"
exit "$(systemctl show -P ExecMainStatus "$unit")"
