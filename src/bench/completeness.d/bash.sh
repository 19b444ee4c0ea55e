# bash: each run is one script, with what scripts do every day first.
packages=(bash coreutils findutils)

setup() {
    . "$workloads/common"
    mkdir -p there/deep
    seq 5000 >there/deep/numbers.txt
}

script() { task /bin/bash -c "$1"; }

run() {
    script 'echo hello'
    script 'ls -l there'
    script 'for i in 1 2 3; do echo $i; done'
    script 'cat there/deep/numbers.txt | grep 9 | wc -l'
    script 'x=$(date); echo "$x"'
    script 'if [ -f names ]; then echo yes; else echo no; fi'
    script 'echo a >out; echo b >>out; cat <out'
    script 'cd there && pwd && cd -'
    script 'while read -r n; do ((s += n)); done <there/deep/numbers.txt; echo $s'
    script 'mkdir -p x/y; touch x/y/z; rm -r x'
    script 'cp -r there copy; mv copy moved'
    script 'f() { local a=$1; echo "$a"; }; f x; f y'
    script 'find there -name "*.txt" | xargs wc -l'
    script 'cat <<EOF
text $HOME
EOF'
    script 'case $0 in *bash) echo bash;; esac; set -- a b; shift; echo "$@"'
    script 'echo there/*/*.txt; shopt -s globstar; echo **/*.txt'
    script 'sleep 0.1 & wait; echo $?'
    script 'sed s/1/2/ there/deep/numbers.txt | sort -r | head -n 2'
    script 'a=(1 2 3); declare -A m=([a]=1); echo "${a[@]}" "${!m[@]}"'
    script 'false || echo failed; set -e; false'
    script 'diff <(seq 3) <(seq 4)'
    script 'trap "echo bye" EXIT; exit 3'
    script 'ln -s there link; readlink -f link; stat link'
    script 'chmod -R g+w there; chown -R 1:1 moved'
    script '. /etc/profile; type ls; which ls'
    script '[[ abc123 =~ ([a-z]+)([0-9]+) ]] && echo "${BASH_REMATCH[1]}"'
    script 'printf "%(%Y)T %s\n" -1 x; cat <<<here'
    script 'exec 3>out; echo x >&3; exec 3>&-'
    script 'tar czf a.tgz there; tar tzf a.tgz'
    script 'df .; du -s there; uname -a; id'
    script 'kill -0 $$; trap "echo told" USR1; kill -USR1 $$'
    script 'mapfile -t l <there/deep/numbers.txt; echo ${#l[@]}'
    script '(exit 3); echo $?; (cd /; pwd)'
    script 'timeout 0.2 sleep 5; echo $?'
    script 'read -r -t 0.2 x; echo "$?"'
    script 'mktemp; mktemp -d; nproc; hostname'
    script 'coproc cat; echo x >&"${COPROC[1]}"; read -r y <&"${COPROC[0]}"; echo $y'
    script 'ulimit -n 200; ulimit -c 0; umask 027; touch new'
    script 'mkfifo fifo; (echo x >fifo &); cat fifo'
    script 'exec 9>lock; flock 9; flock -u 9'
    script 'nice -n 1 true; nohup true; setsid true'
    script ': </dev/tcp/127.0.0.1/28999'
    script ': </dev/udp/127.0.0.1/28999; getent hosts localhost'
    script 'set -m; sleep 5 & kill -STOP %1; kill -CONT %1; kill %1; wait'
    script 'enable -f /nothing x; exec -a name true'
    task /bin/bash --version
    task /bin/bash -l -c true
    task /bin/bash nothing.sh
    task /bin/bash -i -c 'history; echo x'
    script 'split -n 3 there/deep/numbers.txt; shuf -n 1 there/deep/numbers.txt; dd if=/dev/zero of=z bs=1k count=2 conv=fsync; truncate -s 10 z'
}
