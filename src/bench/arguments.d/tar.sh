# tar: an archive, a compressed one, modes and owners, holes and attributes, a remote archive that fails, a listing on a terminal.
packages=(tar gzip xz-utils)

setup() {
    mkdir -p there/deep
    seq 5000 >there/deep/numbers.txt
    truncate -s 10M there/hole
    cp /bin/true there/planted
    chmod 4755 there/planted
    ln -s deep there/link
    ln there/planted there/hard
    mkfifo there/fifo
    client tar -cf there.tar there
    client tar -czf there.tgz there
}

run() {
    record tar-1 tar -cf one.tar there
    finish write
    record tar-2 tar -cJf two.tar.xz there
    finish execve
    mkdir three
    record tar-3 tar -xpf there.tar -C three --same-owner --numeric-owner
    finish fchownat
    record tar-4 tar -cSf four.tar --xattrs --acls --listed-incremental=list there
    finish write
    record tar-5 tar -xf nowhere.invalid:there.tar --rsh-command=/bin/false
    ends=128 finish
    record_typed '' tar-6 tar -tvzf there.tgz --checkpoint=1 --totals
    finish execve
    mkdir seven
    record tar-7 tar -xzf there.tgz -C seven --no-same-permissions --overwrite --touch
    finish execve
}
