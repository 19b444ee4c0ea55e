/* Writes the filter of each source into a file of its name, in the current folder. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#undef seccomp_load
#include <seccomp.h>

static const char *name;

int export(scmp_filter_ctx filter)
{
	int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	int status = file < 0 ? -errno : seccomp_export_bpf(filter, file);

	close(file);
	return status;
}

#define LOADER(profile) int profile##_seccomp_load(void);
#include "loaders.h"
#undef LOADER

int main(void)
{
#define LOADER(profile) \
	name = #profile; \
	if (profile##_seccomp_load() != 0) { \
		perror(name); \
		return 1; \
	}
#include "loaders.h"
	return 0;
}
