# sh confine.sh BUNDLE ID RUNTIME TRACE -- COMMAND...: runs the command in a container, in the current directory and
# with the current environment.
set -eu
bundle=$1 id=$2-$4 runtime=$3
here=/mnt/bundle-$4
shift 5
mkdir "$here"
jq '.process.args = $ARGS.positional | .process.cwd = $ENV.PWD
    | .process.env = ($ENV | to_entries | map("\(.key)=\(.value)"))' "$bundle/config.json" --args -- "$@" \
    >"$here/config.json"
exec "$runtime" --root /mnt/state run --bundle "$here" "$id"
