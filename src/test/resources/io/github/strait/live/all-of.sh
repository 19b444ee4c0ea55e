# sh all-of.sh JAVA CLASSPATH RUNTIME FOLDER: derives profiles for the architectures of images that Podman has, to be started as root
# in its own mount, pid, uts and network namespaces. What it prints goes to the test.
set -eu
java=$1 classpath=$2 runtime=$3 out=$4
. "$(dirname "$0")/podman.sh"
mkdir -p root/usr/lib
printf 'ID=debian\nVERSION_ID="11"\n' >root/usr/lib/os-release
tar -C root -cf root.tar .
podman import --arch amd64 root.tar localhost/one:amd64 >/dev/null 2>&1
podman import --arch arm64 root.tar localhost/one:arm64 >/dev/null 2>&1
podman manifest create localhost/many:1 >/dev/null
podman manifest add localhost/many:1 containers-storage:localhost/one:amd64 >/dev/null
podman manifest add localhost/many:1 containers-storage:localhost/one:arm64 >/dev/null
for image in many:1 one:arm64 none:1; do
    strait generate "$out/app.strace" --target "all-of:localhost/$image" --derive --format names -o calls
done
podman ps -a --format '{{.Names}}'
