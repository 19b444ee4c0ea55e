# sh engine-run.sh PROFILE SECURITY-OPTION|none ENGINE-WORDS... TRACE -- COMMAND...: runs the command in a new container
# of the engine, in the current directory and with the current environment. Where PROFILE is "default" the engine has its
# own, and strace watches the command from inside of the container: /mnt/seen/TRACE.strace.
set -eu
profile=$1 option=$2
shift 2
words=
while [ "$2" != -- ]; do
    words="$words $1"
    shift
done
if [ "$profile" = default ]; then
    watch="strace -f -n -s 0 -X raw --quiet=attach -o /mnt/seen/$1.strace"
    # The workload signals the command by the id that it has among the other processes.
    profile=--pid=host
else
    watch=
    profile="--security-opt seccomp=$profile"
fi
shift 2
if [ "$option" = none ]; then option=; else option="--security-opt $option"; fi
exec $words run --rm --network=host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    $profile $option -v /usr:/usr:ro -v /etc:/etc:ro -v /mnt:/mnt \
    --env PATH --env HOME --env LC_ALL --workdir "$PWD" strait/machine:latest $watch "$@"
