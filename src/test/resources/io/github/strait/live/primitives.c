/*
 * Values of arguments that open what no ordinary program needs, tried one by one: prints the name of each and the errno.
 * They do no harm where a filter lets them through: the descriptor, the path or another argument is one that the kernel
 * refuses, with another error than EPERM. With an argument it makes the same calls as an ordinary program would.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <sys/prctl.h>
#include <linux/sched.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define HIGH (1L << 32)
#define NOWHERE "/nowhere/file"
#define GET_FLAGS 0x80086601UL
#define SET_FLAGS 0x40086602UL
#define NOTIFICATION_PIPE O_EXCL
/* Checked before the family, whose own check would be one of capabilities. */
#define NO_TYPE 15L
/* With either of these no new user namespace is made. */
#define NO_THREAD 1L
#define SHARED_FILES CLONE_FS

#define TRY(name, ...) report(name, syscall(__VA_ARGS__))

static struct clone_args shared = {.flags = CLONE_NEWUSER | SHARED_FILES, .exit_signal = SIGCHLD};

static void report(const char *name, long result)
{
	printf("%s %d\n", name, result < 0 ? errno : 0);
}

static void try(void)
{
	int ends[2];
	TRY("AF_ALG", SYS_socket, 38L, SOCK_SEQPACKET, 0L);
	TRY("AF_ALG-dirty", SYS_socket, 38L | HIGH, SOCK_SEQPACKET, 0L);
	TRY("AF_VSOCK", SYS_socket, 40L, SOCK_STREAM, 0L);
	TRY("AF_VSOCK-dirty", SYS_socket, 40L | HIGH, SOCK_STREAM, 0L);
	TRY("AF_PACKET", SYS_socket, (long)AF_PACKET, NO_TYPE, 0L);
	TRY("AF_TIPC", SYS_socket, 30L, SOCK_SEQPACKET, 0L);
	TRY("SOCK_DCCP", SYS_socket, (long)AF_INET, 6L, 33L);
	TRY("NETLINK_NETFILTER", SYS_socket, (long)AF_NETLINK, SOCK_RAW, (long)NETLINK_NETFILTER);
	TRY("clone-NEWUSER", SYS_clone, (long)(CLONE_NEWUSER | SHARED_FILES | SIGCHLD), 0L, 0L, 0L, 0L);
	TRY("clone-NEWUSER-dirty", SYS_clone, CLONE_NEWUSER | SHARED_FILES | SIGCHLD | HIGH, 0L, 0L, 0L, 0L);
	TRY("clone3-NEWUSER", SYS_clone3, &shared, sizeof shared);
	TRY("unshare-NEWUSER", SYS_unshare, CLONE_NEWUSER | NO_THREAD);
	TRY("TIOCSTI", SYS_ioctl, -1L, (long)TIOCSTI, "x");
	TRY("TIOCSTI-dirty", SYS_ioctl, -1L, TIOCSTI | HIGH, "x");
	TRY("TIOCLINUX", SYS_ioctl, -1L, (long)TIOCLINUX, "\2");
	TRY("TIOCSETD", SYS_ioctl, -1L, (long)TIOCSETD, ends);
	TRY("FS_IOC_SETFLAGS", SYS_ioctl, -1L, SET_FLAGS, ends);
	TRY("PR_SET_MM", SYS_prctl, (long)PR_SET_MM, -1L, -1L, -1L, -1L);
	TRY("PR_SET_PTRACER", SYS_prctl, (long)PR_SET_PTRACER, -2L, 0L, 0L, 0L);
	TRY("PR_SET_SECCOMP", SYS_prctl, (long)PR_SET_SECCOMP, -1L, 0L, 0L, 0L);
	TRY("F_SETPIPE_SZ", SYS_fcntl, -1L, (long)F_SETPIPE_SZ, 4096L);
	TRY("F_NOTIFY", SYS_fcntl, -1L, (long)F_NOTIFY, (long)DN_CREATE);
	TRY("F_SETLEASE", SYS_fcntl, -1L, (long)F_SETLEASE, (long)F_RDLCK);
	TRY("TCP_ULP", SYS_setsockopt, -1L, (long)IPPROTO_TCP, (long)TCP_ULP, "tls", 3L);
	TRY("SO_ATTACH_FILTER", SYS_setsockopt, -1L, (long)SOL_SOCKET, (long)SO_ATTACH_FILTER, ends, 16L);
	TRY("SO_ATTACH_BPF", SYS_setsockopt, -1L, (long)SOL_SOCKET, 50L, ends, 4L);
	TRY("IPT_SO_SET_REPLACE", SYS_setsockopt, -1L, (long)IPPROTO_IP, (long)IPT_SO_SET_REPLACE, ends, 8L);
	TRY("O_NOTIFICATION_PIPE", SYS_pipe2, NULL, (long)NOTIFICATION_PIPE);
	TRY("chmod-setuid", SYS_chmod, NOWHERE, 04755L);
	TRY("chmod-setuid-dirty", SYS_chmod, NOWHERE, 04755L | HIGH);
	TRY("fchmodat-setgid", SYS_fchmodat, (long)AT_FDCWD, NOWHERE, 02755L);
	TRY("READ_IMPLIES_EXEC", SYS_personality, (long)(READ_IMPLIES_EXEC | ADDR_NO_RANDOMIZE));
	TRY("SHM_EXEC", SYS_shmat, -1L, NULL, (long)SHM_EXEC);
}

static void *nothing(void *argument)
{
	return argument;
}

static void live(void)
{
	pthread_t thread;
	int ends[2];
	int one = 1;
	int family = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(family, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	close(family);
	pthread_create(&thread, NULL, nothing, NULL);
	pthread_join(thread, NULL);
	if (syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L) == 0)
		_exit(0);
	wait(NULL);
	syscall(SYS_unshare, (long)CLONE_FS);
	ioctl(STDIN_FILENO, FIONREAD, &one);
	ioctl(STDIN_FILENO, GET_FLAGS, ends);
	prctl(PR_SET_NAME, "ordinary", 0L, 0L, 0L);
	fcntl(STDIN_FILENO, F_GETFL);
	if (pipe2(ends, O_CLOEXEC) == 0) {
		close(ends[0]);
		close(ends[1]);
	}
	syscall(SYS_chmod, NOWHERE, 0644L);
	syscall(SYS_fchmodat, (long)AT_FDCWD, NOWHERE, 0755L);
	personality(0xffffffff);
	shmat(-1, NULL, SHM_RDONLY);
}

int main(int count, char **arguments)
{
	(void)arguments;
	if (count > 1)
		live();
	else
		try();
	puts("done 0");
	return 0;
}
