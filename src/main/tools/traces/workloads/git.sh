# Git on local repositories, as one trace of a shell script.
packages=(git)

setup() {
    cp "$inputs/session.sh" .
    cat >"$scratch/home/.gitconfig" <<'CONFIG'
[user]
    name = Demo
    email = demo@example.org
[init]
    defaultBranch = main
CONFIG
}

run() {
    record git sh session.sh
    finish execve rename link getdents64 vfork
}
