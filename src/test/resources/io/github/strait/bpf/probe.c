/*
 * Asks the kernel what a filter does with calls: probe FILTER, with "ENTRY NUMBER ARG..." on stdin, and one answer a line:
 * what the call returned, or how the task ended. ENTRY is "native", or "compat": the i386 entry of a 64-bit program.
 *
 * A child installs the filter and makes the calls; under it even write and exit may be refused, so that it answers through
 * shared memory and ends by an illegal instruction. When the filter kills it, the next child goes on with the next call.
 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 20000

struct call {
	int compat;
	unsigned number;
	unsigned long args[6];
};

static struct sock_filter filter[4096];
static struct call calls[MOST];
static struct shared {
	volatile int next;
	volatile long results[MOST];
} *shared;

#ifdef __x86_64__
static long native(const struct call *c)
{
	long result;
	register unsigned long r10 __asm__("r10") = c->args[3];
	register unsigned long r8 __asm__("r8") = c->args[4];
	register unsigned long r9 __asm__("r9") = c->args[5];

	/* the upper half of rax does not matter to the kernel */
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"((unsigned long)c->number), "D"(c->args[0]), "S"(c->args[1]), "d"(c->args[2]),
			   "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}
#endif

static long compat(const struct call *c)
{
	long result;

#ifdef __x86_64__
	__asm__ volatile("push %%rbp\n\tmov %[bp], %%rbp\n\tint $0x80\n\tpop %%rbp"
			 : "=a"(result)
			 : "a"(c->number), "b"(c->args[0]), "c"(c->args[1]), "d"(c->args[2]), "S"(c->args[3]),
			   "D"(c->args[4]), [bp] "r"(c->args[5])
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
#else
	/* with all registers taken, from memory */
	const unsigned long block[7] = {c->args[0], c->args[1], c->args[2], c->args[3],
					c->args[4], c->args[5], c->number};

	__asm__ volatile("push %%ebp\n\tpush %%ebx\n\tmov %%eax, %%ebp\n\t"
			 "mov (%%ebp), %%ebx\n\tmov 4(%%ebp), %%ecx\n\tmov 8(%%ebp), %%edx\n\t"
			 "mov 12(%%ebp), %%esi\n\tmov 16(%%ebp), %%edi\n\tmov 24(%%ebp), %%eax\n\t"
			 "mov 20(%%ebp), %%ebp\n\tint $0x80\n\tpop %%ebx\n\tpop %%ebp"
			 : "=a"(result)
			 : "a"(block)
			 : "ecx", "edx", "esi", "edi", "memory");
	return result;
#endif
}

static void child(struct sock_fprog *program, int count)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program)) {
		perror("seccomp");
		_exit(3);
	}
	while (shared->next < count) {
		const struct call *c = &calls[shared->next];
#ifdef __x86_64__
		long result = c->compat ? compat(c) : native(c);
#else
		long result = compat(c);
#endif
		shared->results[shared->next] = result;
		shared->next++;
	}
	__builtin_trap();
}

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	struct sock_fprog program = {0, filter};
	char entry[16];
	int count = 0;
	int status;

	if (!file)
		return 2;
	program.len = fread(filter, sizeof filter[0], 4096, file);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	while (count < MOST && scanf("%15s %u", entry, &calls[count].number) == 2) {
		for (int i = 0; i < 6; i++) {
			unsigned long long value = 0;

			if (scanf("%llu", &value) != 1)
				return 2;
			calls[count].args[i] = value;
		}
		calls[count++].compat = !strcmp(entry, "compat");
	}
	while (shared->next < count) {
		pid_t pid;

		fflush(stdout);
		pid = fork();
		if (pid == 0)
			child(&program, count);
		waitpid(pid, &status, 0);
		if (WIFEXITED(status))
			return 3;
		if (shared->next < count) {
			/* far from every errno */
			shared->results[shared->next] = -100000 - WTERMSIG(status);
			shared->next++;
		}
	}
	for (int i = 0; i < count; i++)
		printf("%ld\n", shared->results[i]);
	return 0;
}
