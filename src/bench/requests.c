/* Sends a request on each of 8 connections, reads the replies, and begins again: requests PORT COUNT BEGINNING REQUEST.
   Each reply must begin so and fit into one read. Prints the seconds that it took. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 8 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int c, char **v) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(v[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int count = atoi(v[2]) / CONNECTIONS, length = strlen(v[4]), fd[CONNECTIONS];
    char reply[65536];
    for (int i = 0; i < CONNECTIONS; i++) {
        fd[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd[i], (struct sockaddr *)&to, sizeof to)) return perror("connect"), 1;
    }
    double began = now();
    for (int n = 0; n < count; n++) {
        for (int i = 0; i < CONNECTIONS; i++)
            if (write(fd[i], v[4], length) != length) return perror("write"), 1;
        for (int i = 0; i < CONNECTIONS; i++)
            if (read(fd[i], reply, sizeof reply) <= 0 || memcmp(reply, v[3], strlen(v[3]))) return fputs("another reply\n", stderr), 1;
    }
    printf("%f\n", now() - began);
    return 0;
}
