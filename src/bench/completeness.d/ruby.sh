# ruby: each run is one script, with what scripts do every day first.
packages=(ruby)

setup() {
    . "$workloads/common"
    mkdir there
    seq 5000 >there/numbers.txt
    echo '{"a": 1}' >a.json
}

script() { task /usr/bin/ruby -e "$1"; }

run() {
    script 'puts "hello"'
    script 'puts File.read("there/numbers.txt").size'
    script 'File.write("out", "text")'
    script 'puts Dir["*"], Dir.pwd, ENV["HOME"]'
    script 'require "json"; p JSON.parse(File.read("a.json"))'
    task /usr/bin/ruby -ne 'print if /99/' there/numbers.txt
    script 'puts `ls`'
    script 'p Time.now, rand'
    script 'system "ls"'
    script 'require "fileutils"; FileUtils.cp "a.json", "b.json"; FileUtils.mv "b.json", "c.json"'
    script 'p (1..9).map { |x| x * 2 }.sum'
    script 'require "yaml"; puts [1, {"a" => 2}].to_yaml'
    script 'Dir.mkdir "x"; Dir.rmdir "x"; File.delete "out"'
    script 'require "optparse"; OptionParser.new.parse!'
    script 'sleep 0.1'
    script 'require "csv"; p CSV.parse("a,b\n1,2")'
    script 'Thread.new { puts 1 }.join'
    script 'raise "wrong"'
    script 'require "net/http"; begin; Net::HTTP.get(URI("http://127.0.0.1:28999/")); rescue => e; p e; end'
    script 'require "tempfile"; p Tempfile.new("x").path'
    script 'require "digest"; p Digest::SHA256.hexdigest("x")'
    script 'require "socket"; s = TCPServer.new("127.0.0.1", 28271); c = TCPSocket.new("127.0.0.1", 28271); s.accept.puts 1; p c.gets'
    script 'require "open3"; p Open3.capture2("cat", stdin_data: "x")'
    script 'p fork { exit 3 }; Process.wait'
    script 'File.chmod 0600, "c.json"; File.symlink "c.json", "link"; p File.stat("link"), File.lstat("link")'
    script 'Signal.trap("USR1") { puts 1 }; Process.kill "USR1", $$; sleep 0.1'
    script 'require "timeout"; Timeout.timeout(0.1) { sleep 3 } rescue p $!'
    script 'require "zlib"; Zlib::GzipWriter.open("a.gz") { |z| z.write "x" }'
    script 'require "logger"; Logger.new("log").warn "x"'
    script 'require "etc"; p Etc.getpwuid, Process.uid, Etc.nprocessors'
    script 'File.open("lock", "w") { |f| f.flock File::LOCK_EX; f.truncate 9; f.fsync }'
    script 'r, w = IO.pipe; w.puts 1; IO.select([r]); p r.gets'
    script 'require "socket"; p Addrinfo.getaddrinfo("localhost", 80), Socket.gethostname'
    script 'require "openssl"; p OpenSSL::PKey::RSA.new(512)'
    script 'require "pty"; PTY.spawn("true") { |r, w, p| r.read rescue 1 }'
    script 'exec "true"'
    script 'require "pstore"; PStore.new("s").transaction { |s| s[1] = 2 }'
    script 'Process.daemon(true); sleep 0.1'
    script 'File.link "c.json", "hard"; File.utime 1, 1, "hard"; File.chown 1, 1, "hard"; File.umask 0; File.mkfifo "p"'
    script 'Process.setsid rescue 1; Process.setpriority 0, 0, 1; Process.setrlimit 7, 99; p Process.clock_gettime(1)'
    script 'require "socket"; a, b = UNIXSocket.pair; a.send_io $stdout; b.recv_io.puts 1; UDPSocket.new.send "x", 0, "127.0.0.1", 28998'
    script 'p Ractor.new { 1 }.take; GC.start; GC.compact rescue 1'
    script 'IO.copy_stream "there/numbers.txt", "copy"; p File.realpath("copy"), IO.popen("ls").read'
    task /usr/bin/ruby --version
}
