/*
 * Lets libseccomp compile filters. A filter on stdin is
 *
 *     filter DEFAULT OPTIMIZE ARCH...
 *     rule ACTION NAME [INDEX OPERATOR VALUE VALUETWO]...
 *     end
 *
 * with actions and operators as numbers. The answer is one line: the program in base 16, or what failed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define LONGEST 1024

static scmp_filter_ctx context;
static char failure[256];

static void fail(const char *what, const char *which, int code)
{
	if (!failure[0])
		snprintf(failure, sizeof failure, "failed: %s %s: %s", what, which, strerror(-code));
}

static void begin(void)
{
	uint32_t action = strtoul(strtok(NULL, " "), NULL, 0);
	int optimize = atoi(strtok(NULL, " "));
	char *arch;

	failure[0] = 0;
	context = seccomp_init(action);
	seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, optimize);
	seccomp_arch_remove(context, SCMP_ARCH_NATIVE);
	while ((arch = strtok(NULL, " ")) != NULL) {
		uint32_t token = seccomp_arch_resolve_name(arch);
		int rc = token == 0 ? -EINVAL : seccomp_arch_add(context, token);

		if (rc < 0 && rc != -EEXIST)
			fail("arch", arch, rc);
	}
}

static void rule(void)
{
	uint32_t action = strtoul(strtok(NULL, " "), NULL, 0);
	char *name = strtok(NULL, " ");
	int number = seccomp_syscall_resolve_name(name);
	struct scmp_arg_cmp args[6];
	unsigned count = 0;
	char *word;
	int rc;

	if (failure[0])
		return;
	if (number == __NR_SCMP_ERROR)
		return;
	while (count < 6 && (word = strtok(NULL, " ")) != NULL) {
		args[count].arg = strtoul(word, NULL, 0);
		args[count].op = strtoul(strtok(NULL, " "), NULL, 0);
		args[count].datum_a = strtoull(strtok(NULL, " "), NULL, 0);
		args[count].datum_b = strtoull(strtok(NULL, " "), NULL, 0);
		count++;
	}
	rc = seccomp_rule_add_array(context, action, number, count, args);
	if (rc < 0 && rc != -EEXIST)
		fail("rule", name, rc);
}

static void end(void)
{
	static unsigned char bytes[4096 * 8 * 4];
	int file = memfd_create("filter", 0);
	ssize_t length;
	int rc = failure[0] ? 0 : seccomp_export_bpf(context, file);

	if (rc < 0)
		fail("export", "", rc);
	if (failure[0]) {
		puts(failure);
	} else {
		length = pread(file, bytes, sizeof bytes, 0);
		for (ssize_t i = 0; i < length; i++)
			printf("%02x", bytes[i]);
		putchar('\n');
	}
	fflush(stdout);
	close(file);
	seccomp_release(context);
}

/* In a process of its own, because some rules make libseccomp crash or never end. */
static void answer(char lines[][LONGEST], int count)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		/* of its own time: some sets of rules it adds for ever */
		setitimer(ITIMER_VIRTUAL, &(struct itimerval){.it_value.tv_usec = 500000}, NULL);
		for (int i = 0; i < count; i++) {
			char *word = strtok(lines[i], " ");

			if (!strcmp(word, "filter"))
				begin();
			else
				rule();
		}
		end();
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status)) {
		printf("failed: signal %d\n", WTERMSIG(status));
		fflush(stdout);
	}
}

int main(void)
{
	const struct scmp_version *version = seccomp_version();
	static char lines[8192][LONGEST];
	int count = 0;

	printf("%u.%u.%u\n", version->major, version->minor, version->micro);
	fflush(stdout);
	while (fgets(lines[count], LONGEST, stdin)) {
		lines[count][strcspn(lines[count], "\n")] = 0;
		if (strcmp(lines[count], "end")) {
			count = count < 8191 ? count + 1 : count;
		} else {
			answer(lines, count);
			count = 0;
		}
	}
	return 0;
}
