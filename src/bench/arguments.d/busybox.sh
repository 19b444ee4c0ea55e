# busybox: a script, archives, a server and its client, ping, the tables of the network and names that do not resolve, a terminal, text.
packages=(busybox-static)

applet() { record "$1" /bin/busybox sh -c "$2"; }

setup() { mkdir -p there/deep; seq 5000 >there/deep/numbers.txt; }

run() {
    applet busybox-1 'for n in 1 2 3; do echo $n; done | busybox sort -r; x=$(busybox date +%Y); (exit 3) || echo $?; busybox sleep 0.2 & wait'
    finish wait4

    applet busybox-2 'busybox tar -czf a.tgz there; mkdir out; busybox tar -xzf a.tgz -C out; busybox cp -a there copy; busybox chmod -R 700 copy
        busybox rm -r copy; busybox md5sum a.tgz; busybox unzip -v; busybox gunzip -c a.tgz | busybox wc -c'
    finish write

    applet busybox-3 'busybox httpd -f -p 127.0.0.1:28183 -h there & sleep 1; busybox wget -q -O got http://127.0.0.1:28183/deep/numbers.txt
        kill $!; busybox nc -w 1 127.0.0.1 28993; true'
    finish accept

    applet busybox-4 'busybox ping -c 2 -i 1 127.0.0.1; true'
    finish socket

    applet busybox-5 'busybox ip addr; busybox ip route; busybox ifconfig; busybox netstat -tln; busybox nslookup nowhere.invalid 127.0.0.1
        busybox hostname; true'
    finish socket

    record_typed $'busybox stty size\nbusybox ls --color=auto\nbusybox clear; exit\n' busybox-6 /bin/busybox sh -i
    finish ioctl

    applet busybox-7 'busybox find there -type f | busybox xargs busybox grep -c 9; busybox sed -n 5p there/deep/numbers.txt
        busybox awk "{ s += \$1 } END { print s }" there/deep/numbers.txt; busybox ls -l there; busybox df; busybox ps | busybox head -n 1
        busybox mkfifo fifo; busybox flock lock true; busybox id; busybox dd if=/dev/zero of=zero bs=1k count=3 conv=fsync'
    finish getdents64
}
