# An HTTP server of the JDK on a small heap: a pool of threads, a file, garbage collections, and the stop
# by SIGTERM with a shutdown hook.
packages=(openjdk-17-jdk-headless curl)
port=28086

setup() {
    free_port "$port"
    # By its own path: /usr/bin/java is whichever Java was chosen last.
    java_home=$(printf '%s\n' /usr/lib/jvm/java-17-openjdk-*)
    client "$java_home/bin/javac" -d classes "$inputs/Server.java"
}

run() {
    local url=http://127.0.0.1:$port
    record java "$java_home/bin/java" -Xshare:auto -Xmx32m -XX:+UseG1GC -cp classes Server "$port"
    await_port "$port"
    client curl -sS -f "$url/"
    client curl -sS -f --parallel "$url/" "$url/garbage" "$url/"
    client curl -sS -f --data 'name=value' "$url/store"
    client curl -sS "$url/missing"
    terminate server.pid
    finish accept epoll_wait clone3 futex madvise sched_getaffinity
}
