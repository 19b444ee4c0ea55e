/* Compiles a profile for this machine's own architecture with libseccomp. Input: lines "ERRNO NAME [INDEX MASK VALUE]...",
   where errno 0 allows the call and the name * stands for all others; of each argument that an INDEX names, the bits under
   the MASK must have the VALUE. Output: the filter, as an array of struct sock_filter. */
#include <inttypes.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	scmp_filter_ctx filter = NULL;
	char line[512];
	while (fgets(line, sizeof line, stdin) != NULL) {
		struct scmp_arg_cmp comparisons[6];
		unsigned error, count = 0, index;
		uint64_t mask, value;
		char name[64];
		int read, more;
		if (sscanf(line, "%u %63s%n", &error, name, &read) != 2)
			return 1;
		while (sscanf(line + read, "%u %" SCNu64 " %" SCNu64 "%n", &index, &mask, &value, &more) == 3 && count < 6) {
			comparisons[count++] = SCMP_CMP64(index, SCMP_CMP_MASKED_EQ, mask, value);
			read += more;
		}
		unsigned action = error ? SCMP_ACT_ERRNO(error) : SCMP_ACT_ALLOW;
		if (strcmp(name, "*") == 0) {
			filter = seccomp_init(action);
			continue;
		}
		int number = seccomp_syscall_resolve_name(name);
		/* As runc and crun do, it leaves out what this libseccomp does not know. */
		if (number == __NR_SCMP_ERROR)
			continue;
		int status = seccomp_rule_add_array(filter, action, number, count, comparisons);
		if (status < 0) {
			fprintf(stderr, "%s: %s\n", name, strerror(-status));
			return 1;
		}
	}
	return filter == NULL || seccomp_export_bpf(filter, STDOUT_FILENO) < 0;
}
