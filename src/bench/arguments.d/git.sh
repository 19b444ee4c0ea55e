# git: a history, clones and merges, repacking, a search by regular expression, the protocols of git and of TLS, a pager.
packages=(git less)

setup() {
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
}

# git_runs TRACE COMMAND...: records commands of one shell script of git.
git_runs() { record "$1" /bin/sh -e -c "$2"; }

run() {
    git_runs git-1 'git init -q one; cd one; echo a >a; git add a; git commit -q -m a; git log --stat; git status; git tag -a -m t t'
    finish rename

    git_runs git-2 'git clone -q there two; cd two; git switch -q -c other; echo b >b; git add b; git commit -q -m b; git switch -q main
        git merge -q --no-ff -m merge other; git push -q origin other; git rebase -q other'
    finish link

    git_runs git-3 'cd there; git repack -q -a -d; git gc -q --prune=now; git fsck; git bundle create -q ../bundle main'
    finish getdents64

    git_runs git-4 'cd there; git grep -P "9(?=9)" | tail -n 1; git stash list; git worktree add -q ../tree; echo c >>numbers.txt; git stash -q
        git stash pop -q; git diff --word-diff; git checkout -q numbers.txt; git blame numbers.txt | tail -n 1'
    finish mmap

    helper git daemon --base-path="$PWD" --export-all --listen=127.0.0.1 --port=28150 --reuseaddr
    await_port 28150
    git_runs git-5 'git clone -q --depth 1 git://127.0.0.1:28150/there five; cd five; git fetch -q --unshallow; git ls-remote'
    finish connect

    git_runs git-6 'cd there; git ls-remote https://nowhere.invalid/x || git ls-remote https://127.0.0.1:28996/x || git submodule -q add ../there sub
        git archive --format=tar.gz HEAD >../a.tar.gz'
    finish connect

    record_typed q git-7 git -C there -c core.pager=less log -p
    ends=141 finish ioctl
}
