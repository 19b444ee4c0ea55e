/*
 * app_seccomp: a seccomp filter for x86_64, x86, s390x.
 * Include this file and install the filter before the program does its work; no library is needed:
 *
 *     if (app_seccomp_load() != 0) {
 *         perror("app_seccomp");
 *         return 1;
 *     }
 *
 * The filter cannot be removed. It holds for all threads, and for what they start.
 */
#ifndef APP_SECCOMP_H
#define APP_SECCOMP_H

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if (defined(__x86_64__) && !defined(__ILP32__)) || \
    defined(__i386__)
/* x86_64, x86 */
static const struct sock_filter app_seccomp[] = {
	{ 0x20,   0,   0, 0x00000004 }, /* 0  ld   arch */
	{ 0x15,   1,   0, 0xc000003e }, /* 1  jeq  x86_64 ? 3 : 2 */
	{ 0x15,  11,  21, 0x40000003 }, /* 2  jeq  x86 ? 14 : 24 */
	{ 0x20,   0,   0, 0x00000000 }, /* 3  ld   nr */
	{ 0x15,  15,   0, 0x00000000 }, /* 4  jeq  read (0) ? 20 : 5 */
	{ 0x15,  14,   0, 0x00000001 }, /* 5  jeq  write (1) ? 20 : 6 */
	{ 0x15,   0,   4, 0x00000008 }, /* 6  jeq  lseek (8) ? 7 : 11 */
	{ 0x20,   0,   0, 0x00000018 }, /* 7  ld   arg1.low */
	{ 0x15,   0,  14, 0x00000002 }, /* 8  jeq  2 ? 9 : 23 */
	{ 0x20,   0,   0, 0x0000001c }, /* 9  ld   arg1.high */
	{ 0x15,   9,  12, 0x00000001 }, /* 10  jeq  1 ? 20 : 23 */
	{ 0x15,  10,   0, 0x000001b3 }, /* 11  jeq  clone3 (435) ? 22 : 12 */
	{ 0x35,   0,  10, 0x40000000 }, /* 12  jge  0x40000000 ? 13 : 23 */
	{ 0x35,   9,  10, 0xffffffff }, /* 13  jge  0xffffffff ? 23 : 24 */
	{ 0x20,   0,   0, 0x00000000 }, /* 14  ld   nr */
	{ 0x15,   4,   0, 0x00000003 }, /* 15  jeq  read (3) ? 20 : 16 */
	{ 0x15,   3,   0, 0x00000004 }, /* 16  jeq  write (4) ? 20 : 17 */
	{ 0x15,   0,   3, 0x00000013 }, /* 17  jeq  lseek (19) ? 18 : 21 */
	{ 0x20,   0,   0, 0x00000018 }, /* 18  ld   arg1.low */
	{ 0x15,   0,   3, 0x00000002 }, /* 19  jeq  2 ? 20 : 23 */
	{ 0x06,   0,   0, 0x7fff0000 }, /* 20  ret  ALLOW */
	{ 0x15,   0,   1, 0x000001b3 }, /* 21  jeq  clone3 (435) ? 22 : 23 */
	{ 0x06,   0,   0, 0x00050026 }, /* 22  ret  ERRNO 38 (ENOSYS) */
	{ 0x06,   0,   0, 0x00050001 }, /* 23  ret  ERRNO 1 (EPERM) */
	{ 0x06,   0,   0, 0x00000000 }, /* 24  ret  KILL_THREAD */
};
#elif defined(__s390x__)
/* s390x */
static const struct sock_filter app_seccomp[] = {
	{ 0x20,   0,   0, 0x00000004 }, /* 0  ld   arch */
	{ 0x15,   0,  12, 0x80000016 }, /* 1  jeq  s390x ? 2 : 14 */
	{ 0x20,   0,   0, 0x00000000 }, /* 2  ld   nr */
	{ 0x15,   6,   0, 0x00000003 }, /* 3  jeq  read (3) ? 10 : 4 */
	{ 0x15,   5,   0, 0x00000004 }, /* 4  jeq  write (4) ? 10 : 5 */
	{ 0x15,   0,   5, 0x00000013 }, /* 5  jeq  lseek (19) ? 6 : 11 */
	{ 0x20,   0,   0, 0x0000001c }, /* 6  ld   arg1.low */
	{ 0x15,   0,   5, 0x00000002 }, /* 7  jeq  2 ? 8 : 13 */
	{ 0x20,   0,   0, 0x00000018 }, /* 8  ld   arg1.high */
	{ 0x15,   0,   3, 0x00000001 }, /* 9  jeq  1 ? 10 : 13 */
	{ 0x06,   0,   0, 0x7fff0000 }, /* 10  ret  ALLOW */
	{ 0x15,   0,   1, 0x000001b3 }, /* 11  jeq  clone3 (435) ? 12 : 13 */
	{ 0x06,   0,   0, 0x00050026 }, /* 12  ret  ERRNO 38 (ENOSYS) */
	{ 0x06,   0,   0, 0x00050001 }, /* 13  ret  ERRNO 1 (EPERM) */
	{ 0x06,   0,   0, 0x00000000 }, /* 14  ret  KILL_THREAD */
};
#else
#error "app_seccomp is for x86_64, x86, s390x only"
#endif

#ifndef __cplusplus
long syscall(long number, ...); /* unistd.h does not declare it in strict C */
#endif

/* Returns 0, or -1 with errno. */
static inline int app_seccomp_load(void)
{
	const struct sock_fprog program = {
		(unsigned short)(sizeof app_seccomp / sizeof app_seccomp[0]),
		(struct sock_filter *)app_seccomp
	};
	long result;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0)
		return -1;
	result = syscall(SYS_seccomp, (long)SECCOMP_SET_MODE_FILTER,
		(long)(SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_LOG | SECCOMP_FILTER_FLAG_SPEC_ALLOW), &program);
	if (result > 0)
		errno = ESRCH; /* the thread of this number has another filter */
	return result == 0 ? 0 : -1;
}

#endif
