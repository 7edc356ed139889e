/* A disk that fails, and one that nobody waits for. Loaded before the system's own library.
 *
 * FAIL_AT=N FAIL_WITH=ERRNO [FAIL_ON=1] [FAIL_ARMED=PATH] [FAIL_NOTE=PATH]
 *     The N-th write to a file or flush fails with this error, and with FAIL_ON every one after it. A full disk
 *     (ENOSPC) fails writes alone. Calls count from the moment at which the file FAIL_ARMED is there. When one fails,
 *     the file FAIL_NOTE is made.
 * RELAXED=1
 *     SQLite's connections get synchronous=NORMAL after they have asked for FULL.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { A_WRITE, A_FLUSH };

static int fails(enum kind kind) {
    static atomic_int calls;
    const char *at = getenv("FAIL_AT"), *armed = getenv("FAIL_ARMED"), *note = getenv("FAIL_NOTE");
    if (!at || (armed && access(armed, F_OK) != 0)) return 0;
    int error = atoi(getenv("FAIL_WITH")), from = atoi(at);
    if (error == ENOSPC && kind == A_FLUSH) return 0;
    int call = ++calls;
    if (getenv("FAIL_ON") ? call < from : call != from) return 0;
    if (note) close((int)syscall(SYS_openat, AT_FDCWD, note, O_CREAT | O_WRONLY, 0600));
    errno = error;
    return 1;
}

int fsync(int file) { return fails(A_FLUSH) ? -1 : (int)syscall(SYS_fsync, file); }

int fdatasync(int file) { return fails(A_FLUSH) ? -1 : (int)syscall(SYS_fdatasync, file); }

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return fails(A_WRITE) ? -1 : syscall(SYS_pwrite64, file, bytes, count, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    return pwrite64(file, bytes, count, offset);
}

/* Sockets, pipes and what the program prints are no disk. */
static int is_on_disk(int file) {
    struct stat status;
    return file > 2 && fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
    return is_on_disk(file) && fails(A_WRITE) ? -1 : syscall(SYS_write, file, bytes, count);
}

int posix_fallocate(int file, off_t start, off_t count) {
    if (fails(A_WRITE)) return errno;
    return syscall(SYS_fallocate, file, 0, start, count) == 0 ? 0 : errno;
}

/* The store asks for FULL in the statement before this one. */
int sqlite3_prepare_v3(
    void *db, const char *text, int bytes, unsigned flags, void **statement, const char **tail) {
    int (*prepare)(void *, const char *, int, unsigned, void **, const char **) =
        dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
    int (*execute)(void *, const char *, void *, void *, void *) = dlsym(RTLD_NEXT, "sqlite3_exec");
    const char *start = text + strspn(text, " \n");
    if (getenv("RELAXED") && strncmp(start, "PRAGMA wal_autocheckpoint", 25) == 0)
        execute(db, "PRAGMA synchronous = NORMAL", 0, 0, 0);
    return prepare(db, text, bytes, flags, statement, tail);
}
