# Node.js: a server, worker threads, child processes, files, TLS and names that do not resolve, a cluster on a UNIX socket, a terminal.
packages=(nodejs curl openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
}

node() { record "$1" /usr/bin/node --max-old-space-size=64 -e "$2"; }

run() {
    node node-1 'const server = require("http").createServer((q, r) => r.end("hello")); server.listen(28171, "127.0.0.1");
        setTimeout(() => server.close(), 6000)'
    await_port 28171
    client curl -sS -f http://127.0.0.1:28171/ http://127.0.0.1:28171/
    finish accept4

    node node-2 'const w = require("worker_threads");
        const worker = new w.Worker("require(\"worker_threads\").parentPort.postMessage(process.pid)", { eval: true });
        worker.on("message", m => console.log(m)); require("zlib").gzip("x".repeat(100000), (e, z) => console.log(z.length));
        require("crypto").pbkdf2("a", "b", 1000, 32, "sha256", (e, k) => console.log(k.length))'
    finish futex

    node node-3 'const c = require("child_process"); console.log(c.execSync("date").toString());
        const cat = c.spawn("cat"); cat.stdout.on("data", d => console.log(d.length)); cat.stdin.end("hello");
        c.fork(process.execPath, { execPath: "/bin/true" }); process.on("SIGUSR2", () => console.log("told"));
        process.kill(process.pid, "SIGUSR2"); setTimeout(() => {}, 500)'
    finish pipe2

    node node-4 'const fs = require("fs"); fs.mkdirSync("d/e", { recursive: true }); fs.writeFileSync("d/f", "x");
        const w = fs.watch("d", e => console.log(e)); fs.copyFileSync("d/f", "d/g"); fs.chmodSync("d/g", 0o600);
        fs.renameSync("d/g", "d/h"); fs.promises.readdir("d").then(l => console.log(l)); fs.rmSync("d/e", { recursive: true });
        fs.createReadStream("cert.pem").pipe(fs.createWriteStream("copy.pem")); setTimeout(() => w.close(), 500)'
    finish inotify_add_watch

    node node-5 'const fs = require("fs"), tls = require("tls"), dns = require("dns");
        const server = tls.createServer({ key: fs.readFileSync("key.pem"), cert: fs.readFileSync("cert.pem") }, s => s.end("x"));
        server.listen(28175, "::1", () => { const c = tls.connect(28175, "::1", { rejectUnauthorized: false });
            c.on("data", d => console.log(d.length)); c.on("end", () => server.close()); });
        dns.lookup("nowhere.invalid", e => console.log(e.code)); dns.resolve4("nowhere.invalid", e => console.log(e.code));
        const udp = require("dgram").createSocket("udp4"); udp.send("x", 28999, "127.0.0.1", () => udp.close())'
    finish connect

    cat >cluster.js <<'JS'
const cluster = require("cluster"), net = require("net");
if (cluster.isPrimary) {
    cluster.fork().on("listening", () => net.connect("node.sock").on("data", d => console.log(String(d))).on("end", () => {
        for (const w of Object.values(cluster.workers)) w.kill();
    }));
} else net.createServer(s => s.end("hello")).listen("node.sock");
JS
    record node-6 /usr/bin/node --max-old-space-size=64 cluster.js
    finish accept4

    record_typed $'1 + 1\n.exit\n' node-7 /usr/bin/node --max-old-space-size=64 -i
    finish ioctl
}
