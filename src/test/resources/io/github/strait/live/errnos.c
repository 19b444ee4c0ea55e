/* Prints the errno of some calls, made with arguments that no kernel accepts; with an argument it starts and ends only. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than some C libraries; the number is the same on all architectures. */
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

#define PROBE(name) probe(#name, SYS_##name)

static void probe(const char *name, long number)
{
	errno = 0;
	syscall(number, -1L, -1L, -1L, -1L, -1L, -1L);
	printf("%s %d\n", name, errno);
}

int main(int count, char **arguments)
{
	(void)arguments;
	if (count > 1) {
		puts("none");
		return 0;
	}
	PROBE(clone3);
	PROBE(close_range);
	PROBE(faccessat2);
	PROBE(fchmodat2);
	PROBE(futex_waitv);
	PROBE(mount);
	PROBE(openat2);
	PROBE(ptrace);
	PROBE(renameat2);
	PROBE(statx);
	return 0;
}
