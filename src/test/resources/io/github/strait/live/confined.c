/* Starts a program under the filter of the header or source of app. */
#include <stdio.h>
#include <unistd.h>

#ifdef HEADER
#include "app_seccomp.h"
#include "app_seccomp.h"
#elif defined(__cplusplus)
extern "C" int app_seccomp_load(void);
#else
int app_seccomp_load(void);
#endif

int main(int count, char **words)
{
	if (count < 2)
		return 2;
	if (app_seccomp_load() != 0) {
		perror("app_seccomp");
		return 3;
	}
	execv(words[1], words + 1);
	perror(words[1]);
	return 4;
}
