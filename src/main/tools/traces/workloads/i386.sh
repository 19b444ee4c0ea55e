# A 32-bit program on x86-64; the program it executes, /bin/true, is a 64-bit one.
packages=(gcc libc6-dev libc6-dev-i386 lib32gcc-12-dev)

setup() {
    # The include path is what gcc-multilib is for, but that package conflicts with cross compilers.
    client gcc -m32 -idirafter /usr/include/x86_64-linux-gnu -D_FILE_OFFSET_BITS=64 \
        -O1 -Wall -Wextra -Werror -pthread -o demo "$inputs/demo.c"
}

run() {
    record i386 ./demo
    finish mmap2 _llseek set_thread_area fcntl64 clone3 accept4 arch_prctl
}
