# openssl: each run is one command, those of every day first.
packages=(openssl)

setup() {
    . "$workloads/common"
    seq 20000 >text
}

run() {
    task openssl version -a
    task openssl rand -hex 16
    task openssl dgst -sha256 text
    task openssl genrsa -out key.pem 2048
    task openssl req -x509 -new -key key.pem -days 2 -subj /CN=localhost -out cert.pem
    task openssl x509 -in cert.pem -noout -text
    task openssl req -new -key key.pem -subj /CN=other -out csr.pem
    task openssl rsa -in key.pem -pubout -out pub.pem
    task openssl enc -aes-256-cbc -pbkdf2 -k secret -in text -out text.enc
    task openssl enc -d -aes-256-cbc -pbkdf2 -k secret -in text.enc -out text.dec
    task openssl base64 -in text -out text.b64
    task openssl verify -CAfile cert.pem cert.pem
    task openssl dgst -sha256 -sign key.pem -out sig text
    task openssl dgst -sha256 -verify pub.pem -signature sig text
    task openssl passwd -6 secret
    task openssl genpkey -algorithm ed25519 -out ed.pem
    task openssl ecparam -name prime256v1 -genkey -noout -out ec.pem
    task openssl pkcs12 -export -in cert.pem -inkey key.pem -passout pass:x -out a.p12
    task openssl pkcs12 -in a.p12 -passin pass:x -nodes
    task openssl x509 -req -in csr.pem -CA cert.pem -CAkey key.pem -CAcreateserial -out other.pem
    helper openssl s_server -accept 127.0.0.1:28241 -cert cert.pem -key key.pem -www
    await_port 28241
    task openssl s_client -connect 127.0.0.1:28241
    task openssl s_client -connect localhost:28241 -tls1_2
    task openssl s_client -connect 127.0.0.1:28999
    task openssl s_client -connect nowhere.invalid:443
    # the first connection is that of await_port
    begin openssl s_server -accept 127.0.0.1:28242 -cert cert.pem -key key.pem -www -naccept 2
    await_port 28242
    client curl -sS -k https://127.0.0.1:28242/
    end
    task openssl speed -seconds 1 -bytes 64 sha256
    task openssl speed -seconds 1 -bytes 64 -multi 2 sha256
    task openssl ciphers -v
    task openssl asn1parse -in cert.pem
    task openssl crl2pkcs7 -nocrl -certfile cert.pem
    task openssl cms -sign -in text -signer cert.pem -inkey key.pem -out text.cms
    task openssl prime -generate -bits 128
    task openssl dhparam -out dh.pem 256
    task openssl rand -writerand seed -out out 100000
    task openssl list -providers
    task openssl engine -t
    mkdir certs
    cp cert.pem certs
    task openssl rehash certs
    task openssl nothing
    task openssl s_time -connect 127.0.0.1:28241 -time 1 -new
    task openssl ocsp -issuer cert.pem -cert cert.pem -url http://127.0.0.1:28998/
}
