# sh workloads.sh NAME: runs a program in the root, with the traced commands behind t and serve; without a name, lists those
# of packages.
# Each does the same on every release: what differs is what the program and its libc make of it.
set -u
if [ $# = 0 ]; then
    sed -n '/^ *# Those of/q; s/^    \([a-z]*\)).*/\1/p' "$0"
    exit
fi
cd /tmp
export HOME=/tmp SHELL=/bin/sh LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin
host=/host/usr/lib/x86_64-linux-gnu

# The strace of the host with its libraries, and a log of its own for each command.
trace() {
    read -r id </proc/sys/kernel/random/uuid
    exec "$host/ld-linux-x86-64.so.2" --library-path "$host" /host/usr/bin/strace -f -o "/out/$name.$id" -- "$@"
}

t() { (trace "$@"); }

# Starts a server; stop ends it.
serve() {
    trace "$@" >/tmp/server.log 2>&1 &
    server=$!
    sleep 3
}

stop() {
    child=$(pgrep -P "$server")
    kill "$child"
    for _ in 1 2 3 4 5 6; do
        kill -0 "$server" 2>/dev/null || return 0
        sleep 0.5
    done
    echo "$name: stays" >&2
    kill -KILL "$child"
}

fetch() {
    curl -m 9 --retry 9 --retry-connrefused --retry-delay 1 -s -o /dev/null -r 0-99 "$@"
    curl -m 5 -s -o /dev/null -I "$@"
    curl -m 5 -s "$@"
}

run() {
    case $1 in
    ls) t ls -lR /etc; t ls /usr/bin; t ls -la --color=always -i /tmp; t ls -Z /tmp ;;
    cp) t cp -a /etc/. a; t cp --reflink=auto -r a b; t cp --sparse=always /usr/bin/bash c; t cp -lr a d; t install -m 755 c e; t cp -f c e ;;
    files)
        t mkdir -p x/y/z; t touch x/f x/g; t ln -s f x/l; t ln x/f x/h; t mv x/g x/i; t mv x/i /dev/shm/i; t chmod -R u+w,g-w x
        t chown -R 0:0 x; t rmdir x/y/z; t rm -rf x; t mktemp -d; t mkfifo p; t truncate -s 99 q; t rm -f p q /dev/shm/i ;;
    text)
        t sort -o s /etc/passwd /etc/group; t sh -c 'cut -d: -f1 s | tr a-z A-Z | uniq | head -n 3 | tail -n 1'; t wc s; t cat s
        t split -l 1 s part; t tee u <s; t sort --parallel=2 -S 1M s; t sha256sum s; t shuf s; t comm s s; t paste s s ;;
    info)
        t stat /etc/passwd /; t df; t du -s /etc; t id; t id nobody; t date; t uname -a; t readlink -f /bin/sh; t sleep 0.1; t nproc
        t sync s; t timeout 5 true; t nohup true; t env true; t nice true; t whoami; t who; t uptime; t dd if=/dev/zero of=z bs=4k count=9 conv=fsync ;;
    dash) t dash -c 'cd /; for i in 1 2 3; do echo $i | cat; done; (exit 3); sleep 0.1 & wait; read x </etc/passwd; ulimit -n; trap : TERM; kill $$' ;;
    bash) t bash -c 'cd /; set -m; for i in 1 2; do echo $i | cat; done; x=$(date); sleep 0.1 & wait; cat <<<$x; cat <(ls); [ -w / ]; ulimit -a; printf "%(%F)T"; coproc cat; kill %%'; t bash -i -c 'history' ;;
    grep) t grep -r root /etc; t grep -c x /etc/passwd; t grep -P '\w+' /etc/passwd; t sh -c 'cat /etc/passwd | grep root' ;;
    sed) cp /etc/passwd w; t sed -i s/daemon/nomead/ w; t sed -n 1p w; t sed -i.bak 1d w ;;
    find) t find /etc -type f -name '*s*' -newer /etc/passwd; t find /etc -name passwd -exec cat {} +; t find /etc -perm -u+x -printf '%p %s\n'; t sh -c 'find /etc -print0 | xargs -0 -P 2 -n 20 ls -d'; cp -r /etc e; t find e -delete ;;
    gawk) t gawk -F: '{n += $3} END {print n; "date" | getline d; print d, strftime(); system("true"); print 1 > "/tmp/o"; print 2 | "cat"}' /etc/passwd; t mawk '{print $1}' /etc/passwd ;;
    tar) t tar -cf a.tar /etc; t tar -tf a.tar; mkdir o; t tar -xpf a.tar -C o; t tar -czf a.tgz /etc; t tar -xzf a.tgz -C o; t tar -cJf a.txz /etc/passwd ;;
    cpio) (cd /etc; find . | t cpio -o) >a.cpio; mkdir o; (cd o; t cpio -id) <a.cpio ;;
    packers) cp /etc/services f 2>/dev/null || cp /usr/bin/bash f; for p in gzip bzip2 xz zstd; do t $p -k f; t $p -d -c f.[gbxz]* >/dev/null; rm -f f.*; done; t zstd -T2 f; t xz -T2 -k f; t zip z.zip f; t unzip -o z.zip ;;
    diff) sed s/daemon/nomead/ /etc/passwd >v; t diff -u /etc/passwd v >v.patch; cp /etc/passwd w; t patch w v.patch; t cmp w v; t diff -r /etc /etc; t sh -c 'printf "1d\nw\nq\n" | ed w' ;;
    make) printf 'all: a b\na b:\n\techo $@ >$@\n\tsleep 0.1\n' >Makefile; t make -j2; t make; t m4 Makefile; echo '2^99' | t bc; t file Makefile /usr/bin/bash; t less -E Makefile ;;
    python) t python3 -c '
import os, subprocess, threading, socket, tempfile, shutil, sqlite3, ssl, time, multiprocessing, json, glob
subprocess.run(["true"]); os.system("true")
x = [threading.Thread(target=time.sleep, args=(0.05,)) for _ in range(3)]
[y.start() for y in x]; [y.join() for y in x]
d = tempfile.mkdtemp(); open(d + "/f", "w").write("x"); os.rename(d + "/f", d + "/g"); os.symlink("g", d + "/h"); os.stat(d + "/g"); os.access(d, os.R_OK)
os.chmod(d + "/g", 0o600); shutil.copytree(d, d + "2"); os.listdir(d); list(os.scandir(d)); shutil.rmtree(d)
s = socket.socketpair(); s[0].send(b"x"); s[1].recv(1); os.urandom(4); os.pipe(); time.sleep(0.01)
c = sqlite3.connect("/tmp/p.db"); c.execute("create table t(a)"); c.commit(); c.close()' ;;
    pyserver)
        serve python3 -m http.server 8000; fetch http://127.0.0.1:8000/; stop
        t python3 -c '
import asyncio, socket
async def main():
    s = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 8001)
    r, w = await asyncio.open_connection("127.0.0.1", 8001); await r.read(); await asyncio.sleep(0.05)
    p = await asyncio.create_subprocess_exec("true"); await p.wait()
    await asyncio.to_thread(socket.getaddrinfo, "localhost", 80)
asyncio.run(main())' ;;
    perl) t perl -MFile::Temp -MPOSIX -MSocket -e 'my $d = File::Temp::tempdir(CLEANUP => 1); open F, ">", "$d/f"; print F 1; close F; stat "$d/f"; rename "$d/f", "$d/g"; chmod 0600, "$d/g"; utime 1, 1, "$d/g"; print -s "$d/g"; system "true"; my $x = `date`; pipe R, W; if (!fork) { exit } wait; select undef, undef, undef, 0.05; opendir D, "/etc"; readdir D; socket S, AF_INET, SOCK_STREAM, 0; unlink "$d/g"; mkdir "$d/x"; rmdir "$d/x"; sleep 1' ;;
    ruby) t ruby -e 'require "socket"; require "tmpdir"; require "fileutils"; system "true"; Thread.new { sleep 0.05 }.join; Dir.mktmpdir { |d| File.write(d + "/f", "x"); File.rename(d + "/f", d + "/g"); FileUtils.cp_r(d, d + "2"); File.stat(d + "/g"); Dir.children(d) }; `date`; fork { exit }; Process.wait; s = TCPServer.new("127.0.0.1", 0); TCPSocket.new("127.0.0.1", s.addr[1]).close; s.accept.close; GC.start' ;;
    php) php=$(basename /usr/bin/php[0-9]*); t $php -r '$d = sys_get_temp_dir() . "/php"; mkdir($d); file_put_contents("$d/f", "x"); rename("$d/f", "$d/g"); stat("$d/g"); echo shell_exec("date"); unlink("$d/g"); rmdir($d); foreach (scandir("/etc") as $f) is_dir("/etc/$f"); usleep(1000); touch("/tmp/t"); random_bytes(4); fsockopen("127.0.0.1", 1, $e, $s, 1);'; serve $php -S 127.0.0.1:8002 -t /etc; fetch http://127.0.0.1:8002/passwd; stop ;;
    lua) t lua5.4 -e 'local f = io.open("/tmp/l", "w"); f:write("x"); f:close(); os.rename("/tmp/l", "/tmp/m"); os.remove("/tmp/m"); print(os.time(), os.tmpname()); os.execute("true"); print(io.popen("date"):read())' ;;
    sqlite) t sqlite3 s.db 'pragma journal_mode=wal; create table t(a, b); insert into t values(1, 2); select * from t; vacuum;'; t sqlite3 r.db 'create table t(a); insert into t values(1); update t set a = 2;'; t sqlite3 s.db .dump ;;
    jq) echo '{"a": [1, 2]}' >j; t jq .a j; echo 1 | t jq -r . ;;
    git) git config --global user.email a@b; git config --global user.name a; t git init -q g; cd g; echo 1 >f; t git add f; t git commit -q -m 1; echo 2 >f; t git diff; t git status; t git commit -q -a -m 2; t git log -p; t git checkout -q -b x; t git gc; cd ..; t git clone -q g h; t git -C h pull ;;
    openssl) t openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=a; t openssl rand -hex 8; serve openssl s_server -accept 8003 -key k.pem -cert c.pem -www; fetch -k https://127.0.0.1:8003/; stop ;;
    gpg) export GNUPGHOME=/tmp/gpg; mkdir -m 700 gpg; gpg-connect-agent /bye; t gpg --batch --passphrase '' --quick-gen-key a@b default default never; echo 1 | t gpg -a --batch --passphrase '' --sign; t gpg --list-keys; gpgconf --kill all ;;
    sshkeygen) t ssh-keygen -q -t ed25519 -N '' -f key; t ssh-keygen -l -f key; t ssh -o BatchMode=yes -p 1 127.0.0.1 true ;;
    curl) python3 -m http.server 8004 >/dev/null 2>&1 & fetch http://localhost:8004/; t curl -s -O http://127.0.0.1:8004/; t curl -s http://localhost:8004/; t wget -q -O w http://localhost:8004/; t wget -q -r -l 1 -nH -P tree http://127.0.0.1:8004/ ;;
    rsync) t rsync -a /etc/ r/; t rsync -a --delete --checksum /etc/ r/; t rsync -az --inplace /etc/passwd r2 ;;
    socat) serve socat TCP-LISTEN:8005,fork,reuseaddr EXEC:cat; echo x | t socat -t 1 - TCP:127.0.0.1:8005; echo x | nc.openbsd -q 1 127.0.0.1 8005; stop; serve nc.openbsd -l -p 8006; echo x | t nc.openbsd -q 1 127.0.0.1 8006; stop ;;
    redis) serve redis-server --port 8007 --save 1 1 --appendonly yes --dir /tmp; for i in 1 2 3; do redis-cli -p 8007 set k$i v; done; t redis-cli -p 8007 get k1; redis-cli -p 8007 bgsave; redis-cli -p 8007 bgrewriteaof; sleep 1; redis-cli -p 8007 flushall; t redis-benchmark -p 8007 -n 200 -q -t get; stop ;;
    nginx) mkdir -p n/logs; printf 'daemon off; worker_processes 2; pid n.pid; error_log e.log; events {} http { access_log a.log; sendfile on; client_body_temp_path b; proxy_temp_path b; fastcgi_temp_path b; uwsgi_temp_path b; scgi_temp_path b; server { listen 8008; root /etc; location /q/ { proxy_pass http://127.0.0.1:8008/passwd; } } }' >n/n.conf; serve nginx -p /tmp/n -c n.conf; fetch http://127.0.0.1:8008/passwd; fetch http://127.0.0.1:8008/q/; fetch http://127.0.0.1:8008/none; stop ;;
    lighttpd) printf 'server.document-root = "/etc"\nserver.port = 8009\n' >l.conf; serve lighttpd -D -f l.conf; fetch http://127.0.0.1:8009/passwd; fetch http://127.0.0.1:8009/none; stop ;;
    memcached) serve memcached -u nobody -p 8010 -t 2; for i in 1 2; do printf 'set k 0 0 1\r\nx\r\nget k\r\nstats\r\nquit\r\n' | nc.openbsd -q 1 127.0.0.1 8010; done; stop ;;
    haproxy) python3 -m http.server 8011 >/dev/null 2>&1 & printf 'global\n maxconn 99\ndefaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\nlisten a\n bind 127.0.0.1:8012\n server b 127.0.0.1:8011 check\n' >h.cfg; t haproxy -c -f h.cfg; serve haproxy -W -f h.cfg; fetch http://127.0.0.1:8012/; stop ;;
    dnsmasq) serve dnsmasq -k -u root -p 8013 --no-resolv --address=/a/127.0.0.1 --log-facility=-; python3 -c 'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1); s.sendto(b"\1\2\1\0\0\1\0\0\0\0\0\0\1a\0\0\1\0\1", ("127.0.0.1", 8013)); print(s.recv(99))'; stop ;;
    mosquitto) serve mosquitto -p 8014; mosquitto_sub -p 8014 -t a -C 1 & sleep 1; t mosquitto_pub -p 8014 -t a -m x; sleep 1; stop ;;
    postgres)
        bin=$(echo /usr/lib/postgresql/*/bin); mkdir -m 700 pg; chown nobody pg; as="setpriv --reuid 65534 --regid 65534 --clear-groups"
        t $as $bin/initdb -D /tmp/pg -A trust -U a >/dev/null; serve $as $bin/postgres -D /tmp/pg -k /tmp -p 8015
        t psql -h /tmp -p 8015 -U a postgres -c 'create table t(a int); insert into t select generate_series(1, 1000); select count(*) from t; checkpoint' -c 'vacuum t'; psql -h 127.0.0.1 -p 8015 -U a postgres -c 'select 1'; stop ;;
    tmux) t tmux -L x new-session -d 'sleep 1'; t tmux -L x ls; sleep 2; t vim.tiny -u NONE -es -c 'normal ihello' -c 'w! /tmp/v' -c q ;;
    procps) t ps aux; t pgrep -l sh; t free; t vmstat; t top -b -n 1; t pstree; t sysctl kernel.ostype; t w ;;
    utillinux) t mount; t lsblk; t flock l true; t setsid -w true; t script -q -c true y; t dmesg; t lscpu; t getopt a -a; t uuidgen; t fallocate -l 9 z; t chrt -p $$; t taskset -p $$; t ionice -p $$; t prlimit; t lsns; t findmnt; t hexdump z; t renice 5 $$ ;;
    attributes) touch f; t setfacl -m u:nobody:r f; t getfacl f; t setfattr -n user.a -v b f; t getfattr -d f; (t inotifywait -t 2 f &); sleep 1; touch f; sleep 2; t expect -c 'spawn cat; send "x\r"; expect x; close'; t ip addr; t ss -l ;;
    fio) t fio --name=a --size=1M --rw=randrw --ioengine=psync --runtime=1 --filename=/tmp/fio; t fio --name=a --size=1M --rw=randrw --ioengine=mmap --numjobs=2 --thread --filename=/tmp/fio ;;
    busybox) for c in 'ls -lR /etc' 'find /etc' 'cp -a /etc e' 'tar cf e.tar e' 'sed -n 1p /etc/passwd' 'awk 1 /etc/passwd' 'grep -r root /etc' 'ps' 'df' 'stat /' 'id' 'date' 'sleep 0.1' 'rm -r e' 'vi -h' 'gzip -k e.tar' 'sha256sum e.tar' 'sort /etc/passwd' 'sh -c true|cat;true'; do t busybox $c; done; mkdir -p d; echo x >d/f; serve busybox httpd -f -p 8016 -h /tmp/d; t busybox wget -q -O - http://127.0.0.1:8016/f; stop ;;

    # Those of "build", for record libcs.
    ash) t sh -c 'cd /; for i in 1 2 3; do echo $i | cat; done; x=$(date); sleep 0.1 & wait; read x </etc/passwd; [ -w / ]; ulimit -n; cat <(ls); umask; trap : TERM; kill $$' ;;
    mawk) t mawk -F: '{n += $3} END {print n; "date" | getline d; print d; system("true"); print 1 > "/tmp/o"; print 2 | "cat"; srand(); print rand()}' /etc/passwd ;;
    ed) printf '1d\nw /tmp/e\n!true\nr !date\nq\nq\n' | t ed /etc/passwd ;;
    bbhttpd) mkdir -p d; echo x >d/f; serve busybox httpd -f -p 8016 -h /tmp/d; t busybox wget -q -O - http://127.0.0.1:8016/f; t busybox nc -w 1 127.0.0.1 8016; fetch http://127.0.0.1:8016/f; stop ;;
    bbfiles) t busybox cp -a /etc e; t busybox tar cf e.tar e; t busybox tar xf e.tar -C /var/tmp; t busybox find e -type f -exec cat {} +; t busybox rm -r e; t busybox ls -laR /etc; t busybox du /etc; t busybox df; t busybox touch t; t busybox mv t u; t busybox ln -s u l; t busybox chmod 600 u; t busybox mkfifo p; t busybox dd if=/dev/zero of=z count=9; t busybox unzip -l z ;;
    bbtext) t busybox sed -i s/a/b/ /etc/group; t busybox awk 1 /etc/passwd; t busybox grep -r root /etc; t busybox sort /etc/passwd; t busybox diff /etc/passwd /etc/group; t busybox vi -h; t busybox xargs echo </etc/group; t busybox bc -e 1+1; t busybox md5sum /etc/group ;;
    bbsystem) t busybox ps; t busybox id; t busybox date; t busybox uptime; t busybox free; t busybox mount; t busybox ip addr; t busybox netstat -l; t busybox top -b -n 1; t busybox timeout 1 sleep 2; t busybox nice true; t busybox setsid true; t busybox nslookup localhost 127.0.0.1; t busybox script -q -c true y; t busybox flock l true ;;
    lzfour) cp /usr/bin/bash f; t lz4 -k f; t lz4 -t f.lz4; t lz4 -d -f f.lz4 g ;;
    bziptwo) cp /usr/bin/bash f; t bzip2 -k f; t bzip2 -t f.bz2; t bzip2 -d f.bz2 ;;
    tree) t tree -a -s -p /etc; t tree -J /etc ;;
    luafive) t lua5.4 -e 'local f = io.open("/tmp/l", "w"); f:write("x"); f:close(); os.rename("/tmp/l", "/tmp/m"); os.remove("/tmp/m"); print(os.time(), os.tmpname()); os.execute("true"); print(io.popen("date"):read()); print(os.getenv("HOME"), os.clock())' ;;
    redisserver) serve redis-server --port 8007 --save 1 1 --appendonly yes --dir /tmp; for i in 1 2 3; do redis-cli -p 8007 set k$i v; done; redis-cli -p 8007 bgsave; redis-cli -p 8007 bgrewriteaof; sleep 1; redis-cli -p 8007 flushall; redis-benchmark -p 8007 -n 200 -q -t get; stop ;;
    dprint) echo '{"json": {}, "plugins": []}' >dprint.json; t dprint help; t dprint output-file-paths; t dprint fmt; t dprint license ;;
    biome) echo 'let a  = 1' >a.js; t biome format --write a.js; t biome lint a.js; t biome rage ;;
    *) exit 2 ;;
    esac
}

name=$1
run "$name" </dev/null >"/out/$name.said" 2>&1
