/* The program that runs in the container: it calls write, ppoll when it has an argument, exit_group, and nothing else,
   so that whatever else is seen or needed is the runtime's own. Built without a C library. */
#include <asm/unistd.h>

static long call(long number, long a, long b, long c)
{
	long result;
#if defined(__x86_64__)
	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
#elif defined(__aarch64__)
	register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
	result = x0;
#else
#error "how does this machine make a system call?"
#endif
	return result;
}

__attribute__((used, noreturn)) static void begin(long *stack)
{
	call(__NR_write, 1, (long)"ran\n", 4);
	/* ppoll without descriptors waits for ever, and every architecture has it. */
	if (stack[0] > 1)
		call(__NR_ppoll, 0, 0, 0);
	for (;;)
		call(__NR_exit_group, 0, 0, 0);
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall begin\n");
#elif defined(__aarch64__)
__asm__(".globl _start\n_start:\n\tmov x0, sp\n\tb begin\n");
#endif
