# tar: each run is one archive made, read or unpacked, the uses of every day first.
packages=(tar gzip xz-utils zstd bzip2)

setup() {
    . "$workloads/common"
    mkdir -p there/deep out new
    seq 50000 >there/deep/numbers.txt
    ln -s deep there/link
    ln there/deep/numbers.txt there/hard
    mkfifo there/fifo
    truncate -s 1M there/sparse
    echo deep/numbers.txt >names
    chmod 755 there
}

run() {
    task tar cf a.tar there
    task tar tf a.tar
    task tar xf a.tar -C out
    task tar czf a.tar.gz there
    task tar tzf a.tar.gz
    task tar xzf a.tar.gz -C out
    task tar xf a.tar.gz -C new
    task tar cvf b.tar there
    task tar cJf a.tar.xz there
    task tar xf a.tar.xz -C out
    task tar xf a.tar -C out there/deep/numbers.txt
    task tar cf a.tar -C there deep
    task tar cf b.tar --exclude='*.txt' there
    task tar rf b.tar names
    task tar tvf b.tar
    task tar cf - there
    task tar xOf a.tar deep/numbers.txt
    task tar cf a.tar -C there -T names
    task tar uf b.tar there
    task tar xpf b.tar -C out
    task tar cjf a.tar.bz2 there
    task tar --zstd -cf a.tar.zst there
    task tar xf b.tar -C out --strip-components=1
    task tar xkf b.tar -C out
    task tar df b.tar
    task tar cf c.tar --owner=nobody --group=nogroup --mtime=2020-01-01 there
    task tar xf c.tar -C out --no-same-owner
    task tar cSf d.tar there
    task tar xf d.tar -C out
    task tar cf e.tar -g snapshot there
    task tar cf f.tar --xattrs --acls there
    task tar cf g.tar --remove-files out/there
    task tar --delete -f b.tar names
    task tar cWf h.tar names
    task tar -cM -L 100 -f v1 -f v2 -f v3 -f v4 -f v5 -f v6 there/deep
    task tar cf i.tar --checkpoint=10 --checkpoint-action=exec=true there
    task tar xf a.tar -C out --to-command=cat
    task tar xf nothing.tar
    task tar cf j.tar nothing
    task tar xUf b.tar -C out --overwrite-dir
    task tar cf k.tar -I 'gzip -1' there
    task tar --version
}
