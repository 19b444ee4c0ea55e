# sh engine-run.sh PROFILE SECURITY-OPTION|none ENGINE-WORDS... TRACE -- COMMAND...: runs the command in a new container
# of the engine, in the current directory and with the current environment.
set -eu
profile=$1 option=$2
shift 2
words=
while [ "$2" != -- ]; do
    words="$words $1"
    shift
done
shift 2
if [ "$option" = none ]; then option=; else option="--security-opt $option"; fi
exec $words run --rm --network=host --ulimit nofile=1024:1024 --ulimit nproc=4096:4096 \
    --security-opt "seccomp=$profile" $option -v /usr:/usr:ro -v /etc:/etc:ro -v /mnt:/mnt \
    --env PATH --env HOME --env LC_ALL --workdir "$PWD" strait/machine:latest "$@"
