# busybox: each run is one applet, those of every day first.
packages=(busybox-static)

setup() {
    . "$workloads/common"
    mkdir -p there/deep
    seq 5000 >there/deep/numbers.txt
}

run() {
    local b=/bin/busybox
    task $b ls -la there
    task $b cat there/deep/numbers.txt
    task $b echo hello
    task $b grep 99 there/deep/numbers.txt
    task $b cp -r there copy
    task $b mv copy moved
    task $b rm -r moved
    task $b mkdir -p x/y
    task $b sh -c 'for i in 1 2 3; do echo $i; done | tail -n 1'
    task $b find there -name '*.txt'
    task $b sed s/1/2/ there/deep/numbers.txt
    task $b head -n 3 there/deep/numbers.txt
    task $b sort -r there/deep/numbers.txt
    task $b wc -l there/deep/numbers.txt
    task $b ps
    task $b tar cf t.tar there
    task $b gzip -k t.tar
    task $b awk '{ s += $1 } END { print s }' there/deep/numbers.txt
    task $b ln -s there link
    task $b chmod 600 there/deep/numbers.txt
    task $b touch new
    task $b df
    task $b du -s there
    task $b date
    task $b sleep 0.2
    task $b id
    task $b chown 1:1 new
    task $b diff there/deep/numbers.txt new
    task $b vi -c q new
    task $b xargs -a new echo
    task $b uname -a
    task $b free
    task $b env
    task $b md5sum there/deep/numbers.txt
    task $b stat new
    task $b kill -0 1
    task $b ip addr
    task $b ping -c 1 127.0.0.1
    task $b wget -O - http://127.0.0.1:28999/
    task $b nslookup localhost 127.0.0.1
    task $b hostname
    task $b mkfifo fifo
    task $b dd if=/dev/zero of=zeros bs=4096 count=4 conv=fsync
    task $b sync
    task $b timeout 1 sleep 5
    task $b nice -n 1 true
    task $b flock new true
    task $b setsid true
    task $b mount
    task $b su nobody -s /bin/busybox true
    task $b chroot / /bin/busybox true
    task $b truncate -s 100 new
    task $b fallocate -l 4096 new
    task $b cpio -o
    task $b renice 5 99999999
    task $b taskset 1 true
    task $b ionice
    task $b start-stop-daemon -S -b -m -p pid -x /bin/busybox -- true
    task $b mknod node p
    task $b unshare -u true
    task $b hwclock
    task $b stty
    task $b usleep 1000
    task $b nproc
}
