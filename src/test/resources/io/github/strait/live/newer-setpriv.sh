#!/bin/sh
# Puts a setpriv that loads filters into FOLDER/bin: util-linux 2.41, of Debian 13 where this machine's is older. It runs
# beside the libraries of its own release.
# Usage: newer-setpriv.sh FOLDER
set -e
mkdir -p "$1/bin" "$1/root" "$1/state/lists/partial" "$1/cache/archives/partial"
cd "$1"
if setpriv --help | grep -q -- --seccomp-filter; then
    ln -s "$(command -v setpriv)" bin/setpriv
    exit
fi
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main" >sources.list
set -- -q -o "Dir::Etc::sourcelist=$PWD/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o "Dir::State::lists=$PWD/state/lists" -o "Dir::Cache=$PWD/cache" -o Dir::State::status=/dev/null \
    -o APT::Sandbox::User=root
apt-get "$@" update
apt-get "$@" download util-linux libcap-ng0 libc6
for package in *.deb; do
    dpkg-deb -x "$package" root
done
cat >bin/setpriv <<END
#!/bin/sh
for lib in $PWD/root/usr/lib/*-linux-gnu; do
    exec "\$lib"/ld-linux-*.so.* --library-path "\$lib" $PWD/root/usr/bin/setpriv "\$@"
done
END
chmod +x bin/setpriv
