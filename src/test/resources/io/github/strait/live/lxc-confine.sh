# sh lxc-confine.sh POLICY TRACE -- COMMAND...: runs the command in a container of LXC, in the current directory and with the
# current environment. It shares the namespaces that the workload has to itself.
set -eu
policy=$1 id=strait-$2 here=/mnt/state/$2
shift 3
mkdir "$here"
{
    echo 'lxc.rootfs.path = dir:/mnt/root'
    echo 'lxc.apparmor.profile = unchanged'
    echo 'lxc.console.path = none'
    echo 'lxc.no_new_privs = 1'
    echo 'lxc.net.0.type = none'
    echo 'lxc.namespace.keep = user net pid uts'
    echo 'lxc.mount.auto = proc:rw'
    for folder in usr etc sys; do echo "lxc.mount.entry = /$folder $folder none rbind,ro 0 0"; done
    echo 'lxc.mount.entry = /mnt mnt none rbind 0 0'
    echo 'lxc.mount.entry = tmpfs tmp tmpfs mode=1777 0 0'
    echo "lxc.init.cwd = $PWD"
    env | sed 's/^/lxc.environment = /'
    echo "lxc.seccomp.profile = $policy"
} >"$here/config"
exec lxc-start -n "$id" -P "$here" -f "$here/config" -F -o "$here/log" -l ERROR -- "$@"
