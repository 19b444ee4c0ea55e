# node: each run is one script, with what scripts do every day first.
packages=()

setup() {
    . "$workloads/common"
    mkdir there
    seq 5000 >there/numbers.txt
    echo '{"a": 1}' >a.json
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
}

script() { task /usr/bin/node -e "$1"; }

run() {
    script 'console.log("hello")'
    script 'console.log(require("fs").readFileSync("there/numbers.txt", "utf8").length)'
    script 'require("fs").writeFileSync("out", "text")'
    script 'console.log(JSON.parse(require("fs").readFileSync("a.json")))'
    script 'require("fs").readFile("a.json", (e, d) => console.log(d))'
    script 'console.log(require("fs").readdirSync("."), process.cwd(), process.env)'
    script 'setTimeout(() => console.log(1), 100)'
    script 'require("fs").promises.readFile("a.json").then(console.log)'
    script 'const h = require("http"); const s = h.createServer((q, r) => r.end("x")).listen(28261, () => h.get("http://127.0.0.1:28261/", r => { r.resume(); r.on("end", () => s.close()) }))'
    script 'console.log(require("path").resolve("."), require("os").cpus().length)'
    script 'fetch("http://127.0.0.1:28999/").catch(console.log)'
    script 'console.log(require("crypto").createHash("sha256").update("x").digest("hex"))'
    script 'console.log(require("child_process").execSync("ls").toString())'
    script 'require("fs").mkdirSync("x/y", {recursive: true}); require("fs").rmSync("x", {recursive: true})'
    script 'let s = 0; for (let i = 0; i < 3e6; i++) s += i; console.log(s)'
    script 'require("fs").createReadStream("there/numbers.txt").pipe(process.stdout)'
    script 'require("fs").appendFileSync("log", "x"); console.log(require("fs").statSync("log"))'
    script 'throw new Error("wrong")'
    script 'process.exit(3)'
    script 'require("child_process").spawn("ls", {stdio: "inherit"})'
    script 'require("fs").copyFileSync("a.json", "b.json"); require("fs").renameSync("b.json", "c.json")'
    script 'require("dns").lookup("localhost", console.log)'
    script 'console.log(require("zlib").gzipSync("x".repeat(9999)).length)'
    script 'const n = require("net"); const s = n.createServer(c => c.end("x")).listen(28262, () => n.connect(28262).on("data", d => s.close()))'
    script 'require("crypto").randomBytes(99, console.log)'
    script 'require("https").get("https://127.0.0.1:28999/").on("error", console.log)'
    script 'require("fs").existsSync("x"); require("fs").chmodSync("c.json", 0o600); require("fs").symlinkSync("c.json", "link")'
    script 'process.on("SIGUSR2", () => process.exit()); setTimeout(() => process.kill(process.pid, "SIGUSR2"), 50); setTimeout(() => {}, 2000)'
    script 'const w = new (require("worker_threads").Worker)("console.log(1)", {eval: true})'
    script 'require("crypto").pbkdf2("a", "b", 9999, 64, "sha512", console.log)'
    script 'const x = require("fs").watch("."); setTimeout(() => require("fs").writeFileSync("new", ""), 50); setTimeout(() => x.close(), 200)'
    script 'const u = require("dgram").createSocket("udp4"); u.send("x", 28998, "127.0.0.1", () => u.close())'
    script 'require("child_process").fork("/dev/null")'
    script 'const c = require("cluster"); if (c.isPrimary) c.fork(); else process.exit()'
    script 'require("dns").resolve4("nowhere.invalid", console.log)'
    script 'const t = require("tls"), f = require("fs"); const s = t.createServer({key: f.readFileSync("key.pem"), cert: f.readFileSync("cert.pem")}, c => c.end("x")).listen(28263, () => t.connect(28263, {rejectUnauthorized: false}).on("data", () => s.close()))'
    script 'const s = require("net").createServer().listen("s.sock", () => s.close())'
    script 'const f = require("fs"); f.truncateSync("new", 9); f.utimesSync("new", 1, 1); f.linkSync("new", "hard"); f.chownSync("hard", 1, 1); f.fsyncSync(f.openSync("new")); f.mkdtempSync("t")'
    script 'console.log(require("os").networkInterfaces(), require("os").userInfo(), process.memoryUsage(), process.resourceUsage())'
    script 'require("os").setPriority(1); process.umask(0); process.setgid(1); process.setuid(1)'
    script 'require("readline").createInterface({input: process.stdin}).on("line", console.log)'
    task /usr/bin/node --version
    task /usr/bin/node --max-old-space-size=100 -e 'const a = []; for (let i = 0; i < 1e5; i++) a.push({i}); console.log(a.length)'
    task /usr/bin/node nothing.js
    task /usr/bin/node --inspect=28264 -e 1
    script 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); gc = require("v8").getHeapStatistics(); process.report.writeReport()'
}
