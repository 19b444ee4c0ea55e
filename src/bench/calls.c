/*
 * calls KIND TIMES: makes the same system calls again and again, for strace to trace. KIND is one of
 *   getppid, open (openat and close), copy (read and write), structures (fstat and rt_sigprocmask),
 *   fork (a child that ends at once, and wait4), threads (getppid in four threads).
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 4

static long times;

static void *parents(void *unused)
{
	for (long i = 0; i < times; i++)
		syscall(SYS_getppid);
	return unused;
}

static void threads(void)
{
	pthread_t started[THREADS];

	times /= THREADS;
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&started[i], NULL, parents, NULL))
			errx(2, "cannot start a thread");
	for (int i = 0; i < THREADS; i++)
		pthread_join(started[i], NULL);
}

static void repeat(const char *kind)
{
	char bytes[64];
	struct stat status;
	sigset_t mask;
	int in = open("/dev/zero", O_RDONLY), out = open("/dev/null", O_WRONLY);

	for (long i = 0; i < times; i++)
		if (!strcmp(kind, "open")) {
			close(open("/dev/null", O_RDONLY | O_CLOEXEC));
		} else if (!strcmp(kind, "copy")) {
			if (write(out, bytes, read(in, bytes, sizeof bytes)) < 0)
				err(2, "/dev/null");
		} else if (!strcmp(kind, "structures")) {
			fstat(in, &status);
			sigprocmask(SIG_BLOCK, NULL, &mask);
		} else if (!strcmp(kind, "fork")) {
			pid_t child = fork();

			if (child == 0)
				_exit(0);
			waitpid(child, NULL, 0);
		} else {
			errx(2, "no such kind: %s", kind);
		}
}

int main(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "calls KIND TIMES");
	times = atol(argv[2]);
	if (!strcmp(argv[1], "getppid"))
		parents(NULL);
	else if (!strcmp(argv[1], "threads"))
		threads();
	else
		repeat(argv[1]);
}
