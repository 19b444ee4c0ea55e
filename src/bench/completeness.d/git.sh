# git: each run is one command, those of every day first.
packages=(git less)

setup() {
    . "$workloads/common"
    cat >"$scratch/home/.gitconfig" <<'CONFIG'
[user]
    name = Demo
    email = demo@example.org
[init]
    defaultBranch = main
[protocol "file"]
    allow = always
CONFIG
    client git init -q there
    seq 5000 >there/numbers.txt
    client git -C there add .
    client git -C there commit -q -m first
    mkdir served
    client git clone -q --bare there served/there
}

run() {
    task git clone -q there work
    task git -C work status
    echo a >work/a
    task git -C work add a
    task git -C work commit -q -m a
    task git -C work log --stat
    echo b >>work/numbers.txt
    task git -C work diff
    task git -C work switch -q -c other
    task git -C work commit -q -a -m b
    task git -C work switch -q main
    task git -C work merge -q --no-ff -m merge other
    task git -C work push -q origin other
    task git -C work fetch -q
    task git -C work pull -q --rebase origin main
    task git -C work branch -a -v
    task git -C work tag -a -m t t
    task git init -q new
    task git -C work show HEAD~1
    echo c >>work/numbers.txt
    task git -C work stash -q
    task git -C work stash pop -q
    task git -C work checkout -q numbers.txt
    task git -C work rebase -q other
    task git -C work grep -c 9
    task git -C work blame numbers.txt
    task git -C work reset -q --hard HEAD~1
    task git -C work clean -fdx
    task git -C work mv numbers.txt moved.txt
    task git -C work config user.email other@example.org
    task git -C work remote -v
    task git -C work archive -o "$PWD/a.tar.gz" HEAD
    task git -C work gc -q --prune=now
    task git -C work fsck
    task git -C work worktree add -q "$PWD/tree"
    helper git daemon --base-path="$PWD/served" --export-all --listen=127.0.0.1 --port=28201 --reuseaddr
    await_port 28201
    task git clone -q --depth 1 git://127.0.0.1:28201/there shallow
    task git -C work bundle create -q "$PWD/bundle" main
    task git -C work format-patch -1
    task git -C work ls-remote https://127.0.0.1:28996/x
    task git -C work repack -q -a -d -b
    task git -C work bisect start
    task git -C work submodule add -q "$PWD/there" sub
    task git -C work sparse-checkout set sub
    task git -C work fsmonitor--daemon status
    task git help -a
}
