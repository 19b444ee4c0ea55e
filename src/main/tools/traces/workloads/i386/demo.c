/* Files, threads, sockets and a child process: what a 32-bit program asks of a 64-bit kernel. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS 3

static struct sockaddr_in address;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int served;

static int check(int result, const char *what) {
    if (result < 0)
        err(1, "%s", what);
    return result;
}

static void files(void) {
    char buffer[512] = "text\n";
    struct stat status;
    int file = check(open("file", O_RDWR | O_CREAT | O_TRUNC, 0644), "open");
    check(write(file, buffer, sizeof buffer), "write");
    check(pwrite(file, buffer, 1, (off_t)3 << 30), "pwrite");
    check(lseek(file, 0, SEEK_SET), "lseek");
    check(read(file, buffer, sizeof buffer), "read");
    check(ftruncate(file, 4096), "ftruncate");
    check(fstat(file, &status), "fstat");
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    check(fcntl(file, F_SETLK, &whole), "fcntl");
    char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map == MAP_FAILED)
        err(1, "mmap");
    map[0] = 'T';
    check(msync(map, 4096, MS_SYNC), "msync");
    check(munmap(map, 4096), "munmap");
    check(fsync(file), "fsync");
    check(close(file), "close");
    check(mkdir("directory", 0755), "mkdir");
    check(rename("file", "directory/renamed"), "rename");
    check(stat("directory/renamed", &status), "stat");
    DIR *directory = opendir("directory");
    while (readdir(directory))
        continue;
    closedir(directory);
    check(unlink("directory/renamed"), "unlink");
    check(rmdir("directory"), "rmdir");
}

static void *client(void *unused) {
    char answer;
    int connection = check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    check(connect(connection, (struct sockaddr *)&address, sizeof address), "connect");
    check(send(connection, "x", 1, 0), "send");
    check(recv(connection, &answer, 1, 0), "recv");
    close(connection);
    pthread_mutex_lock(&lock);
    served++;
    pthread_mutex_unlock(&lock);
    return unused;
}

static void sockets_and_threads(void) {
    socklen_t length = sizeof address;
    int on = 1;
    int listener = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
    check(getsockname(listener, (struct sockaddr *)&address, &length), "getsockname");
    check(listen(listener, CLIENTS), "listen");

    int events = check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    check(epoll_ctl(events, EPOLL_CTL_ADD, listener, &event), "epoll_ctl");
    pthread_t threads[CLIENTS];
    for (int i = 0; i < CLIENTS; i++)
        if (pthread_create(&threads[i], NULL, client, NULL))
            errx(1, "pthread_create");
    for (int done = 0; done < CLIENTS; done++) {
        char byte;
        if (check(epoll_wait(events, &event, 1, 10000), "epoll_wait") == 0)
            errx(1, "no client came");
        int connection = check(accept4(listener, NULL, NULL, SOCK_CLOEXEC), "accept4");
        struct pollfd input = {.fd = connection, .events = POLLIN};
        check(poll(&input, 1, 10000), "poll");
        check(recv(connection, &byte, 1, 0), "recv");
        check(send(connection, &byte, 1, MSG_NOSIGNAL), "send");
        close(connection);
    }
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    close(events);
    close(listener);

    int pair[2];
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    struct iovec part = {.iov_base = "message", .iov_len = 7};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    check(sendmsg(pair[0], &message, 0), "sendmsg");
    fd_set set;
    FD_ZERO(&set);
    FD_SET(pair[1], &set);
    struct timeval limit = {.tv_sec = 1};
    check(select(pair[1] + 1, &set, NULL, NULL, &limit), "select");
    close(pair[0]);
    close(pair[1]);
}

static void ignore(int signal) { (void)signal; }

static void child(void) {
    struct sigaction action = {.sa_handler = ignore};
    check(sigaction(SIGCHLD, &action, NULL), "sigaction");
    pid_t pid = check(fork(), "fork");
    if (pid == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(127);
    }
    int status;
    check(TEMP_FAILURE_RETRY(waitpid(pid, &status, 0)), "waitpid");
    if (status)
        errx(1, "the child failed");
    struct timespec moment = {.tv_nsec = 10 * 1000 * 1000};
    nanosleep(&moment, NULL);
}

int main(void) {
    alarm(60);
    files();
    sockets_and_threads();
    child();
    printf("%d clients, user %d\n", served, (int)getuid());
    return 0;
}
