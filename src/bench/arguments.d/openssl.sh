# openssl: keys and certificates, a server and a client of TLS, files, a benchmark of processes, a UNIX socket, names that do not resolve.
packages=(openssl)

setup() {
    client openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem
    seq 100000 >numbers.txt
}

run() {
    record openssl-1 openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=demo -keyout other.pem -out out.pem
    finish openat

    helper openssl s_server -accept 127.0.0.1:28202 -cert cert.pem -key key.pem -www
    await_port 28202
    record openssl-2 openssl s_client -connect localhost:28202 -CAfile cert.pem
    finish connect

    record openssl-3 openssl s_server -accept 127.0.0.1:28203 -cert cert.pem -key key.pem -www -naccept 2
    await_port 28203
    client curl -sS -k -f https://127.0.0.1:28203/
    finish accept

    record openssl-4 openssl enc -aes-256-cbc -pbkdf2 -pass pass:secret -in numbers.txt -out secret.bin
    finish write

    record openssl-5 openssl speed -seconds 1 -bytes 1024 -multi 2 sha256
    finish clone

    record openssl-6 openssl s_client -connect nowhere.invalid:443
    ends=1 finish connect

    helper openssl s_server -unix "$PWD/tls.sock" -cert cert.pem -key key.pem -www
    await test -S tls.sock
    record openssl-7 openssl s_client -unix tls.sock
    finish connect

    record_typed $'secret\nsecret\n' openssl-8 openssl enc -aes-128-ctr -pbkdf2 -in numbers.txt -out typed.bin
    finish ioctl
}
