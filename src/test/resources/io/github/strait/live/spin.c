/* A program that makes no call: it runs under any filter, so that others can look at it. */
void _start(void) {
    for (;;) {
    }
}
