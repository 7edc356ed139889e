#include <fcntl.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/// Two files or folders take each other's names, at once and for good or not at all. Returns 0, or
/// -1 and sets errno: renameat2 with RENAME_EXCHANGE, which glibc shows to few.
static inline int exchange_names(const char *one, const char *other) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2);
}

/// One heap for all threads. Where there is no such setting (a C library other than glibc), nothing.
static inline void share_one_heap(void) {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
#endif
}
