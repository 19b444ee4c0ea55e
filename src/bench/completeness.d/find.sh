# find: each run is one search, those of every day first.
packages=(findutils)

setup() {
    . "$workloads/common"
    mkdir -p there/a/b/c there/empty
    seq 500 >there/a/numbers.txt
    ln -s a there/link
    ln -s nothing there/broken
    mkfifo there/fifo
    for i in 1 2 3 4 5; do echo $i >there/a/b/$i.log; done
    touch -d '3 days ago' there/a/b/1.log
    echo there >starts
}

run() {
    task find there
    task find there -name '*.log'
    task find there -type f
    task find there -type d -name b
    task find there -iname '*.LOG' -print0
    task find there -maxdepth 1
    task find there -size +1k
    task find there -mtime +1
    task find there -name '*.log' -exec cat {} ';'
    task find there -name '*.log' -exec wc -l {} +
    task find there -path '*/b/*' -prune -o -print
    task find there -newer starts
    task find there -empty
    task find there -user root
    task find there -perm -u+w
    task find there -not -name '*.log'
    task find there -ls
    task find there -printf '%p %s %t %u\n'
    task find -L there -type f
    task find there -type l
    task find nothing
    task find there a -regex '.*[0-9].log'
    task find there -nouser
    task find there -mindepth 2 -type f -print -quit
    task find there -links +1
    task find there -xdev -type f
    task find there -depth
    task find there -execdir echo {} ';'
    task find there -readable -writable
    task find there -newermt yesterday
    task find there -samefile there/a/numbers.txt
    task find there -name 5.log -delete
    task find there -fprint out
    task find there -fstype ext4
    task find there -ok echo {} ';'
    task find there -printf '%F %Z %l\n'
    task find -files0-from starts
    task find there -xtype l
    task find -H there/link -noleaf -daystart -mmin +10
    task find --version
}
