/* Makes the calls of the file on standard input, a line each: the number and six arguments in hex. A filter answers ENOSYS
 * to all of them, so that nothing happens but what strace prints. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ARGUMENTS = 6, MOST = 200000 };

struct call {
    unsigned long number;
    unsigned long arguments[ARGUMENTS];
};

int main(void)
{
    struct call *calls = calloc(MOST, sizeof *calls);
    size_t count = 0;
    unsigned long long words[ARGUMENTS + 1];
    while (count < MOST && scanf("%llx %llx %llx %llx %llx %llx %llx", words, words + 1, words + 2, words + 3, words + 4, words + 5, words + 6) == ARGUMENTS + 1) {
        calls[count].number = words[0];
        for (int i = 0; i < ARGUMENTS; i++)
            calls[count].arguments[i] = words[i + 1];
        count++;
    }
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 38),
    };
    struct sock_fprog program = { sizeof filter / sizeof *filter, filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        return 1;
    for (size_t i = 0; i < count; i++) {
        unsigned long *a = calls[i].arguments;
        syscall(calls[i].number, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
    syscall(SYS_exit_group, 0);
}
