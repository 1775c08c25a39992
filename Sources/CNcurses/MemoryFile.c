#include "CNcurses.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int cn_memory_file(void) { return memfd_create("tenantry", MFD_CLOEXEC); }

bool cn_redirect(int descriptor, int target) { return dup3(target, descriptor, O_CLOEXEC) >= 0; }
