# sh heal.sh JAVA CLASSPATH RUNTIME FOLDER: heals a profile of a Podman container, to be started as root in its own mount, pid, uts
# and network namespaces.
set -eu
java=$1 classpath=$2 runtime=$3 out=$4
. "$(dirname "$0")/podman.sh"
run='mkdir /t/d; echo work >/t/d/x; cat /t/d/x; mv /t/d/x /t/d/y; rm /t/d/y; rmdir /t/d; ls /t'
image="--image localhost/strait/busybox:1 --tmpfs /t"
strait record -q -o all.strace --no-new-privs $image -- sh -c "$run"
strait generate -q all.strace --runtime "$runtime" --no-new-privs -o whole.json
sed '/"\(mkdir\|rename\|unlink\|rmdir\|getdents64\|wait4\)",$/d' whole.json >app.json
cp app.json before.json
strait heal --profile app.json --yes --no-new-privs $image -- sh -c "$run"
# what the runtime calls with the capabilities that it keeps then
strait heal --profile app.json --yes $image -- sh -c "$run"
podman ps -a --format '{{.Names}}'
