/*
 * Has libseccomp make a seccomp filter for x86_64, x86, s390x. Compile this file with the program, with -lseccomp, and install
 * the filter before the program does its work:
 *
 *     int app_seccomp_load(void);
 *
 *     if (app_seccomp_load() != 0) {
 *         perror("app_seccomp");
 *         return 1;
 *     }
 *
 * The filter cannot be removed. It holds for all threads, and for what they start.
 */
#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if (defined(__x86_64__) && !defined(__ILP32__)) || \
    defined(__i386__)
static const uint32_t abis[] = { SCMP_ARCH_X86_64, SCMP_ARCH_X86 };
#elif defined(__s390x__)
static const uint32_t abis[] = { SCMP_ARCH_S390X };
#else
#error "app_seccomp is for x86_64, x86, s390x only"
#endif

/* Calls, what their arguments must all satisfy, and what then happens to the call. */
struct rule {
	const char *const *names;
	const struct scmp_arg_cmp *conditions;
	unsigned count;
	uint32_t action;
};

static const char *const names_0[] = {
	"read", "write", NULL
};
static const char *const names_1[] = {
	"clone3", NULL
};
static const char *const names_2[] = {
	"ptrace", NULL
};
static const char *const names_3[] = {
	"bpf", NULL
};
static const char *const names_4[] = {
	"lseek", NULL
};
static const struct scmp_arg_cmp conditions_4[] = {
	{ 1, SCMP_CMP_EQ, 0x100000002ULL, 0x0ULL },
	{ 2, SCMP_CMP_MASKED_EQ, 0xffULL, 0x1ULL },
};
static const char *const names_5[] = {
	"personality", NULL
};
static const struct scmp_arg_cmp conditions_5[] = {
	{ 0, SCMP_CMP_EQ, 0x1ULL, 0x0ULL },
};
static const char *const names_6[] = {
	"personality", NULL
};
static const struct scmp_arg_cmp conditions_6[] = {
	{ 0, SCMP_CMP_EQ, 0xffffffffffffffffULL, 0x0ULL },
};
static const struct rule rules[] = {
	{ names_0, NULL, 0, SCMP_ACT_ALLOW },
	{ names_1, NULL, 0, SCMP_ACT_ERRNO(38) },
	{ names_2, NULL, 0, SCMP_ACT_TRACE(7) },
	{ names_3, NULL, 0, SCMP_ACT_LOG },
	{ names_4, conditions_4, 2, SCMP_ACT_ALLOW },
	{ names_5, conditions_5, 1, SCMP_ACT_TRAP },
	{ names_6, conditions_6, 1, SCMP_ACT_TRAP },
	{ NULL, NULL, 0, 0 }
};

static int add(scmp_filter_ctx filter, const struct rule *rule, unsigned *unknown)
{
	const char *const *name;

	for (name = rule->names; *name != NULL; name++) {
		int number = seccomp_syscall_resolve_name(*name);
		int status;

		if (number == __NR_SCMP_ERROR) {
			if ((*unknown)++ == 0)
				fprintf(stderr, "app_seccomp: the default holds for what libseccomp does not know:");
			fprintf(stderr, " %s", *name);
			continue;
		}
		status = seccomp_rule_add_array(filter, rule->action, number, rule->count, rule->conditions);
		if (status < 0 && status != -EEXIST)
			return status;
	}
	return 0;
}

#ifdef __cplusplus
extern "C"
#endif
int app_seccomp_load(void);

/* Returns 0, or -1 with errno. */
int app_seccomp_load(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int status = filter == NULL ? -ENOMEM : 0;
	unsigned unknown = 0;
	size_t i;

	for (i = 0; status == 0 && i < sizeof abis / sizeof abis[0]; i++)
		status = seccomp_arch_exist(filter, abis[i]) == 0 ? 0 : seccomp_arch_add(filter, abis[i]);
	if (status == 0)
		status = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (status == 0)
		status = seccomp_attr_set(filter, SCMP_FLTATR_CTL_LOG, 1);
	if (status == 0)
		status = seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	for (i = 0; status == 0 && rules[i].names != NULL; i++)
		status = add(filter, &rules[i], &unknown);
	if (unknown > 0)
		fputc('\n', stderr);
	if (status == 0)
		status = seccomp_load(filter);
	if (filter != NULL)
		seccomp_release(filter);
	if (status == 0)
		return 0;
	errno = -status;
	return -1;
}
