# gcc: a program, one of C++, optimisation across files, the parts one by one, an error, a static library with a test.
packages=(gcc g++ libc6-dev)

setup() {
    printf '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n' >a.c
    printf '#include <string>\n#include <iostream>\nint main() { std::cout << std::string("hello"); }\n' >b.cc
    printf 'int f(int x) { return x + 1; }\n' >c.c
    printf 'int f(int);\nint main(void) { return f(-1); }\n' >d.c
    printf 'int main(void) { return x; }\n' >e.c
}

run() {
    record gcc-1 gcc -O1 -Wall -o a a.c
    finish vfork
    record gcc-2 g++ -O0 -o b b.cc
    finish vfork
    record gcc-3 gcc -O2 -flto=2 -o c c.c d.c
    finish vfork
    record gcc-4 gcc -save-temps -g -pipe -S -o a.s a.c
    finish vfork
    record_typed '' gcc-5 gcc -o e e.c
    ends=1 finish vfork
    record gcc-6 sh -e -c 'gcc -c c.c; ar rcs libc1.a c.o; gcc -static -o d d.c -L. -lc1; ./d; strip d; objdump -d c.o | tail -n 1; nm libc1.a'
    finish vfork
}
