# bash: pipelines, the jobs of a terminal, TCP and names that do not resolve, coprocesses and traps, files and their tools, limits, text.
packages=(bash coreutils findutils)

script() { record "$1" /bin/bash -c "$2"; }

setup() { mkdir -p there/deep; seq 5000 >there/deep/numbers.txt; }

run() {
    script bash-1 'seq 100 | grep 9 | while read -r n; do ((s += n)); echo "$s"; done | tail -n 1; x=$(echo a; (echo b)); echo "$x" >out
        diff <(seq 3) <(seq 4); cat <<<"$x"; printf "%(%Y)T\n" -1'
    finish clone

    record_typed $'sleep 1 & jobs\nfg\nstty size\necho a | cat\nset -o vi\nkill -0 $$\nexit\n' bash-2 /bin/bash --norc -i
    finish ioctl

    helper /usr/bin/python3 -m http.server --bind 127.0.0.1 28180
    await_port 28180
    script bash-3 'exec 3<>/dev/tcp/127.0.0.1/28180; printf "GET / HTTP/1.0\r\n\r\n" >&3; read -r line <&3; echo "$line"
        : </dev/tcp/127.0.0.1/28994; : </dev/udp/127.0.0.1/28994; : </dev/tcp/nowhere.invalid/80; getent hosts localhost; true'
    finish connect

    script bash-4 'coproc cat; echo hello >&"${COPROC[1]}"; read -r line <&"${COPROC[0]}"; echo "$line"; trap "echo told" USR1 EXIT
        kill -USR1 $$; sleep 0.3 & wait -n; (trap "" TERM; kill -TERM $BASHPID; exit 3); echo $?; timeout 0.2 sleep 5; nice -n 1 true'
    finish wait4

    script bash-5 'find there -name "*.txt" -exec wc -l {} +; cp -a there copy; sort -r there/deep/numbers.txt | uniq -c | tail -n 1
        chmod -R g+w copy; ln -s there link; mv copy moved; ls -lR moved; du -s moved; rm -r moved; touch -d yesterday new; stat new; df .'
    finish getdents64

    script bash-6 'ulimit -n 200; ulimit -c 0; umask 027; mkfifo fifo; (echo hello >fifo &); read -r -t 5 line <fifo; echo "$line"
        exec 9>lock; flock 9; install -m 4755 /bin/true planted; test -u planted; hostname; id -un; uname -a; nproc; date'
    finish prlimit64

    script bash-7 '[[ abc123 =~ ([a-z]+)([0-9]+) ]]; echo "${BASH_REMATCH[@]}"; declare -A map=([a]=1 [b]=2); echo "${!map[@]}"
        mapfile -t lines <there/deep/numbers.txt; echo "${#lines[@]}"; for f in there/*/*; do echo "${f##*/}"; done; select x in a; do break; done'
    ends=1 finish read
}
