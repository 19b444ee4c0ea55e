package io.github.strait.follow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Traces of many short tasks that fork, execute programs of several ABIs, load libraries, fail and end, in any order of
 * their lines. They need not make sense: any line may follow any other.
 */
final class RandomSession {
    private static final String[] CALLS = {
        "brk(NULL|0x555512345000|0x8888000|0x2aa00001000|0",
        "brk(0|0x8888000",
        "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0|0x7f1234560000|0xf7f00000|0xffff80000000|0x3ff80000000|0x3f80000000"
                + "|0x10000000000|0|-1 ENOMEM (Cannot allocate memory)|-1 EBADF (Bad file descriptor)",
        "mremap(0x7f1234560000, 4096, 8192, MREMAP_MAYMOVE|0x7f1234560000<a>|0x7f1234560000 (flags 1)|0xffff80000000 "
                + "|0xfffffffffffff000|0x000000007f00",
        "mmap2(NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0|0xf7f00000|0x7f1234560000",
        "old_mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0|0xf7f00000",
        "mprotect(0x7f1234560000, 4096, PROT_READ|0",
        "mprotect(0xf7f00000, 4096, PROT_READ|0",
        "munmap(0xffff80000000, 4096|0",
        "set_robust_list(0x7f1234560a20, 24|0",
        "set_robust_list(0xf7f00a20, 12|0",
        "set_robust_list(0xf7f00a20, 24|0|-1 EINVAL (Invalid argument)",
        "set_robust_list(0x7f1234560a20, 12|0|-1 EINVAL (Invalid argument)",
        "set_robust_list(0xffff80000a20, 0x18|0",
        "set_robust_list(0x3ff80000a20, 24|0",
        "madvise(0x3f80000000, 4096, MADV_DONTNEED|0",
        "mprotect(NULL, 4096, PROT_READ|0",
        "set_tid_address(0x7f1234560a20|TID|77",
        "gettid(|TID|5",
        "getpid(|5|TID",
        "arch_prctl(0x1002 /* ARCH_SET_FS */, 0x7f1234560740|0|-1 EINVAL (Invalid argument)",
        "set_thread_area({entry_number=-1}|0|-1 ENOSYS (Function not implemented)",
        "openat(AT_FDCWD, \"/etc/ld.so.cache\", O_RDONLY|3",
        "openat(AT_FDCWD, \"/lib/x86_64-linux-gnu/libc.so.6\", O_RDONLY|3|-1 ENOENT (No such file or directory)",
        "openat(AT_FDCWD, \"/lib/alpha-linux-gnu/libc.so.6\", O_RDONLY|3|-1 ENOENT (No such file or directory)",
        "open(\"/usr/lib/libm.so\", O_RDONLY|3",
        "read(3, \"\\177ELF\\2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0>\\0\", 832|832",
        "read(3, \"\\177ELF\\1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\3\\0\", 832|512",
        "read(3, \"\\177ELF\\2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\26\\220\", 832|832",
        "read(3, \"\", 10|0|-1 EAGAIN (Resource temporarily unavailable)|? ERESTARTSYS (To be restarted)",
        "pread64(3, \"\\6\\0\\0\\0\", 784, 64|784|-1 EIO (Input/output error)",
        "access(\"/etc/ld.so.preload\", R_OK|-1 ENOENT (No such file or directory)|0",
        "readlink(\"/proc/self/exe\", \"/bin/x\", 99|6",
        "close(3|0|-1 EBADF (Bad file descriptor)",
        "write(1, \"7 open(\\\"x\\\") = 3\\n\", 16|16|-1 EPIPE (Broken pipe)",
        "socket(AF_INET, SOCK_STREAM, 0|3",
        "ioctl(0, TCGETS, 0x7ffd1234|-1 ENOTTY (Inappropriate ioctl for device)|0",
        "waitpid(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0|5",
        "socketcall(1, 0xff800000|3",
        "_llseek(3, 0, [0], SEEK_SET|0",
        "riscv_hwprobe([], 0, 0, NULL, 0|0",
        "cacheflush(0, 0, 0|0",
        "syscall_0x1c8(0x1, 0x2|0",
        "umount(\"/mnt\"|0",
        "umount(\"/mnt\", 0|0",
        "umount2(\"/mnt\", 0|-1 EPERM (Operation not permitted)",
        "pivot_root(\".\", \".\"|0",
        "rt_sigqueueinfo(5, SIGSYS, {si_signo=SIGSYS}|0",
        "rt_sigaction(SIGCHLD, NULL, NULL, 8|0",
        "frobnicate(1|0",
        "_exit(0|?",
        "exit(0|?",
        "exit_group(0|?|?|0|-1 EIO (Input/output error)",
    };
    private static final String[] EVENTS = {
        "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=5, si_uid=0} ---",
        "--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---",
        "--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7f12, si_syscall=__NR_close,"
                + " si_arch=AUDIT_ARCH_X86_64} ---",
        "--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7f12, si_syscall=__NR_rt_sigqueueinfo,"
                + " si_arch=AUDIT_ARCH_X86_64} ---",
        "+++ superseded by execve in pid TID +++",
        " > /lib/libc.so.6(read+0x1) [0x1234]",
        "close(3",
        "read(3, \"a",
        "nothing of strace",
        "strace: Process TID attached",
        "[ Process PID=TID runs in 32 bit mode. ]",
        "[ Process PID=TID runs in 64 bit mode. ]",
        "[ Process PID=TID runs in x32 mode. ]"
    };
    private static final String[] PREFIXES = {"TID ", "[pid TID] ", "", "TID 12:00:01 "};
    private static final String[] PROGRAMS = {"/bin/sh", "/bin/ls", "/usr/bin/qemu-arm", "x", "/opt/a b"};
    private static final String[] FORKS = {
        "clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f1234560a10",
        "clone(child_stack=0x7f12, flags=CLONE_VM|CLONE_THREAD",
        "clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD",
        "clone3({flags=0x10000 /* CLONE_THREAD */, exit_signal=0}, 88",
        "vfork(",
        "fork(",
        "clone(child_stack=0x7f1200810000, flags=CLONE_VM|CLONE_VFORK|SIGCHLD",
        "clone(0x1010011, 0x7f1200810000, 0, 0, 0",
        "clone3({flags=CLONE_UNTRACED, exit_signal=SIGCHLD}, 88"
    };

    private static final String[] ODDLY_TOLD = {
        "5",
        "5",
        "0",
        "TID<a 7>",
        "TID <0.000031>",
        "TID ",
        "0x65",
        "0TID",
        "99999999999",
        "-1 EAGAIN (Resource temporarily unavailable)",
        "-38",
        "? ERESTARTNOINTR (To be restarted)"
    };

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> tids = new ArrayList<>();
    private final String[] pending = new String[64];
    private final String prefix;
    private final boolean withNumbers;
    private final int oddity;
    private int next = 100;

    private RandomSession(Random random) {
        this.random = random;
        this.prefix = PREFIXES[random.nextInt(1 + random.nextInt(PREFIXES.length))];
        this.withNumbers = random.nextInt(4) == 0;
        this.oddity = 1 << random.nextInt(9);
    }

    /** The files of a trace, mostly one, each of which has at most so many lines. */
    static List<byte[]> files(Random random, int lines) {
        List<byte[]> files = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        for (int i = 0; i < count; i++) {
            RandomSession session = new RandomSession(random);
            session.write(1 + random.nextInt(lines));
            String text = session.out.toString();
            files.add((random.nextInt(4) == 0 ? text + text : text).getBytes(StandardCharsets.ISO_8859_1));
        }
        return files;
    }

    private void write(int lines) {
        if (random.nextInt(4) != 0) {
            line(next, "execve(\"/bin/sh\", [\"sh\"], 0x7ffd1234 /* 9 vars */) = 0");
        }
        tids.add(next++);
        if (random.nextInt(8) == 0) {
            // so many that the version of strace is known, or nearly
            for (int i = 3900 + random.nextInt(300); i >= 0; i--) {
                line(
                        100,
                        i % 16 == 0
                                ? "getuid( <unfinished ...>"
                                : i % 16 == 1 ? "<... getuid resumed>) = 0" : "getuid() = 0");
            }
        }
        int kinds = 1 + random.nextInt(CALLS.length);
        int from = random.nextInt(CALLS.length);
        for (int i = 0; i < lines; i++) {
            int tid = tids.get(random.nextInt(tids.size()));
            int choice = random.nextInt(16);
            if (choice == 0 && tids.size() < 40) {
                fork(tid);
            } else if (choice == 1) {
                execute(tid);
            } else if (choice == 2) {
                end(tid);
            } else if (choice == 3 && random.nextInt(256) < oddity) {
                event(tid);
            } else {
                call(tid, CALLS[(from + random.nextInt(kinds)) % CALLS.length]);
            }
        }
        if (random.nextInt(3) == 0) {
            // an open end
            out.setLength(out.length() - 1 - (random.nextBoolean() ? 0 : random.nextInt(8)));
        }
    }

    private void call(int tid, String call) {
        String[] parts = call.split("\\|(?=[-?0-9T])");
        String result = parts[1 + random.nextInt(parts.length - 1)];
        both(tid, parts[0], result);
    }

    private void both(int tid, String call, String result) {
        String open = pending[tid % pending.length];
        if (open != null && random.nextInt(4) != 0) {
            pending[tid % pending.length] = null;
            line(tid, open);
        }
        String name = call.substring(0, call.indexOf('('));
        if (random.nextInt(5) == 0) {
            line(tid, call + " <unfinished ...>");
            pending[tid % pending.length] = "<... " + name + " resumed>) = " + result;
        } else {
            line(tid, call + ") = " + result);
        }
    }

    private void fork(int tid) {
        int child = random.nextInt(8) == 0 && next > 104 ? 100 + random.nextInt(4) : next++;
        tids.add(child);
        String told = random.nextInt(6) == 0 ? ODDLY_TOLD[random.nextInt(ODDLY_TOLD.length)] : String.valueOf(child);
        both(tid, FORKS[random.nextInt(random.nextInt(FORKS.length) + 1)], told.replace("TID", String.valueOf(child)));
    }

    private void execute(int tid) {
        String path = PROGRAMS[random.nextInt(PROGRAMS.length)];
        String environment = random.nextInt(4) == 0 ? "0xffd01234" : "0x7ffd12345678";
        String result = random.nextInt(6) == 0 ? "-1 ENOENT (No such file or directory)" : "0";
        both(tid, "execve(\"" + path + "\", [\"p\"], " + environment + " /* 9 vars */", result);
    }

    private void end(int tid) {
        if (random.nextBoolean()) {
            line(tid, "exit_group(0) = ?");
        }
        line(tid, random.nextInt(4) == 0 ? "+++ killed by SIGKILL +++" : "+++ exited with 0 +++");
        if (tids.size() > 1) {
            tids.remove(Integer.valueOf(tid));
        }
    }

    private void event(int tid) {
        String event = EVENTS[random.nextInt(EVENTS.length)];
        if (event.startsWith("[ Process") || random.nextInt(8) == 0) {
            out.append(event.replace("TID", String.valueOf(tid))).append('\n');
        } else {
            line(tid, event);
        }
    }

    private void line(int tid, String text) {
        String column =
                withNumbers && text.startsWith("read(") ? "[   " + (random.nextInt(16) == 0 ? 3 : 0) + "] " : "";
        String front = random.nextInt(1 << 11) < oddity ? "" : prefix;
        out.append((front + column + text).replace("TID", String.valueOf(tid))).append('\n');
    }
}
