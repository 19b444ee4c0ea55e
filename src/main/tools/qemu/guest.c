// What the recorded logs of the tests are of: calls of every kind that qemu prints in its own way, some at the same time.
// With a number as argument: that call alone, with arguments that no call takes.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void handle(int signal) {
    (void)signal;
}

static void *work(void *unused) {
    for (int i = 0; i < 3; i++) {
        usleep(1000);
        close(open("/etc/hostname", O_RDONLY));
    }
    return unused;
}

int main(int count, char **words) {
    if (count > 1) {
        syscall(strtol(words[1], NULL, 0), -1L, -1L, -1L, -1L, -1L, -1L);
        return 0;
    }
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, work, NULL);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    signal(SIGUSR1, handle);
    raise(SIGUSR1);
    lseek(0, 1, SEEK_SET);
    ftruncate(-1, 3);
    fcntl(0, F_GETFL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    semctl(semget(IPC_PRIVATE, 1, 0600), 0, IPC_RMID);
    int pair[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    send(pair[0], "a) = 1", 6, 0);
    shutdown(pair[0], SHUT_RDWR);
    struct sockaddr_un nowhere = {AF_UNIX, "/nowhere"};
    connect(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), (void *)&nowhere, sizeof nowhere);
    open("a name) = 3", O_RDONLY);
    open("two\nlines", O_RDONLY);
    syscall(SYS_openat2, -1, 0, 0, 0);
    syscall(SYS_personality, 0xffffffff);
    if (fork() == 0) {
        execl("/nowhere", "nowhere", "a word", NULL);
        _exit(3);
    }
    wait(NULL);
    if (vfork() == 0) {
        _exit(4);
    }
    wait(NULL);
    write(2, "done", 4);
    return 7;
}
