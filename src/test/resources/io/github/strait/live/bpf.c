/* Compiles a profile for this machine's own architecture with libseccomp. Input: lines "ERRNO NAME", where errno 0
   allows the call and the name * stands for all others. Output: the filter, as an array of struct sock_filter. */
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	scmp_filter_ctx filter = NULL;
	unsigned error;
	char name[64];
	while (scanf("%u %63s", &error, name) == 2) {
		unsigned action = error ? SCMP_ACT_ERRNO(error) : SCMP_ACT_ALLOW;
		if (strcmp(name, "*") == 0) {
			filter = seccomp_init(action);
			continue;
		}
		int number = seccomp_syscall_resolve_name(name);
		/* As runc and crun do, it leaves out what this libseccomp does not know. */
		if (number == __NR_SCMP_ERROR)
			continue;
		int status = seccomp_rule_add(filter, action, number, 0);
		if (status < 0) {
			fprintf(stderr, "%s: %s\n", name, strerror(-status));
			return 1;
		}
	}
	return filter == NULL || seccomp_export_bpf(filter, STDOUT_FILENO) < 0;
}
