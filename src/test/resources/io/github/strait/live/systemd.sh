# sh systemd.sh ROOT UNITS UNIT: becomes systemd, as process 1, and starts UNIT of the folder UNITS; to be started in its
# own mount, pid, uts and network namespaces, as root. The exit status is the unit's, if that ends with exit-force. ROOT
# is / or the folder of another systemd, where /tmp is this machine's.
set -eu
root=${1%/} units=$2 unit=$3
export container=other
while umount -R /sys/fs/cgroup 2>/dev/null; do :; done
if [ -n "$root" ]; then
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    mount --bind /tmp "$root/tmp"
fi
mount -t cgroup2 none "$root/sys/fs/cgroup"
mount -t tmpfs tmpfs "$root/run"
mkdir -p "$root/run/systemd/system"
cp -r "$units/." "$root/run/systemd/system"
for unit_of_boot in tmpfiles-setup tmpfiles-setup-dev tmpfiles-clean sysctl sysusers random-seed update-utmp journal-flush; do
    ln -sf /dev/null "$root/run/systemd/system/systemd-$unit_of_boot.service"
done
exec ${root:+chroot "$root"} /usr/lib/systemd/systemd --system --unit="$unit" --log-target=console --log-level=warning \
    --show-status=false --crash-reboot=false
