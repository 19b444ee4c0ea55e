# To be read by another script in its own mount namespace: makes /mnt a tmpfs with a root file system in /mnt/root that
# is this machine's as soon as /usr and /etc are mounted there. crun refuses a cgroup tree of which only a part is v2.
if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified; fi
mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir -p /mnt/root /mnt/state
for folder in usr etc proc dev sys tmp mnt; do mkdir "/mnt/root/$folder"; done
for link in bin sbin lib lib32 lib64 libx32; do
    if [ -e "/$link" ]; then ln -s "usr/$link" "/mnt/root/$link"; fi
done
