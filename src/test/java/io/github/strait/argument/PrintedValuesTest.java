package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values at the places of the catalogue, from what strace printed. */
class PrintedValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\u0001',
            value = {
                "x86_64 ! socket ! 0 1 2 ! 32 ! AF_UNIX; SOCK_STREAM; 0 ! 1 1 0",
                "x86_64 ! socket ! 0 1 2 ! 32 ! 0x2 /* AF_INET */; 0x1234567800000001; 6 ! 2 1 6",
                "x86_64 ! socket ! 0 1 2 ! 32 ! AF_UNIX; SOCK_STREAM ! _",
                "x86_64 ! socket ! 0 1 2 ! 32 ! AF_UNIX; SOCK_STRANGE; 0 ! _",
                "x86_64 ! clone ! 0 ! 32 ! child_stack=NULL; flags=0x1200011; child_tidptr=0x7f12 ! 1200011",
                "x86_64 ! clone ! 0 ! 32 ! 0x1200011; 0; 0; 0x7f12; 0 ! 1200011",
                "x86_64 ! clone ! 0 ! 32 ! child_stack=NULL; 0x1200011 ! _",
                "x86_64 ! clone ! 0 ! 32 ! flags=0x10; flags=0x11 ! _",
                "s390x ! clone ! 1 ! 32 ! child_stack=0x10; flags=0x11 ! 11",
                "s390x ! clone ! 1 ! 32 ! 0x10; 0x11; 0; 0 ! 11",
                "x86_64 ! clone3 ! flags ! 64 ! {flags=CLONE_VM|0x100000000, exit_signal=SIGCHLD}; 88 ! 100000100",
                "x86_64 ! clone3 ! flags ! 64 ! {flags=0x100 /* CLONE_VM */}; 88 ! 100",
                "x86_64 ! clone3 ! flags ! 64 ! {flags=0; 88 ! _",
                "x86_64 ! clone3 ! flags ! 64 ! {exit_signal=17, flags=0x100}; 88 ! _",
                "x86_64 ! clone3 ! flags ! 64 ! 0x7ffc12345678; 88 ! _",
                "x86_64 ! clone3 ! flags ! 64 ! 0x7ffc12345678; 0x58 ! _",
                "x86_64 ! clone3 ! flags ! 64 ! 0x7ffc12345678 ! _",
                "x86_64 ! clone3 ! flags ! 64 ! 0x7ffc12345678; 8 ! 0",
                "x86_64 ! clone3 ! flags ! 64 ! NULL; 88 ! 0",
                "x86_64 ! clone3 ! flags ! 64 ! cl_args={flags=CLONE_VM, stack=NULL} => {pidfd=[11]}; size=88 ! 100",
                "x86_64 ! clone3 ! flags ! 64 ! cl_args=0x7ffc12345678; size=63 ! 0",
                "x86_64 ! quotactl ! 0 ! 32 ! 0x8000 /* Q_??? */|GRPQUOTA; NULL ! 800001",
                "x86_64 ! quotactl ! 0 ! 32 ! Q_SYNC|USRQUOTA; NULL ! 80000100",
                "x86_64 ! quotactl ! 0 ! 32 ! QCMD(Q_SYNC, GRPQUOTA); NULL ! 80000101",
                "x86_64 ! quotactl ! 0 ! 32 ! 0x80000101 /* QCMD(Q_SYNC, GRPQUOTA) */; NULL ! 80000101",
                "x86_64 ! quotactl ! 0 ! 32 ! 8388609 /* QCMD(0x8000 /* Q_??? */, GRPQUOTA) */; NULL ! 800001",
                "x86_64 ! quotactl ! 0 ! 32 ! 8388609 /* QCMD(0x8000 /* Q_??? */, GRPQUOTA); NULL ! _",
                "x86_64 ! quotactl ! 0 ! 32 ! 0x80000101; 0 ! 80000101",
                "x86_64 ! clone3 ! flags ! 64 ! ; ! _",
                "x86_64 ! chmod ! 1 ! 16 ! \"f\"; 04755 ! 9ed",
                "x86_64 ! chmod ! 1 ! 16 ! \"f\"; 0xffff09ed ! 9ed",
                "x86_64 ! prlimit64 ! 2 ! pointer ! 0; 7; NULL; 0x7ffc ! 0",
                "x86_64 ! prlimit64 ! 2 ! pointer ! 0; 7; {rlim_cur=1024, rlim_max=1024}; NULL ! 1",
                "x86_64 ! prlimit64 ! 2 ! pointer ! 0; 7; 0x7ffc; 0 ! 1",
                "x86_64 ! prlimit64 ! 2 ! pointer ! 0; 0x7; 0; 0x7ffc ! 0",
                "x86_64 ! prlimit64 ! 2 ! pointer ! 0; 7 ! _",
                "x86_64 ! mmap ! 2 ! 64 ! NULL; 4096; PROT_READ|PROT_WRITE; MAP_PRIVATE; -1; 0 ! 3",
                "x86_64 ! mprotect ! 2 ! 64 ! 0x1000; 4096; 0x100000005 ! 100000005",
                "x86_64 ! openat ! 2 3 ! 32 ! AT_FDCWD; \"f\"; O_RDONLY ! 0 0",
                "x86_64 ! openat ! 2 3 ! 32 ! AT_FDCWD; \"f\"; O_RDONLY; 06755 ! 0 0",
                "x86_64 ! openat ! 2 3 ! 32 ! 0xffffff9c; 0x7ff; 0; 0x7fb81a9a6a07 ! 0 0",
                "x86_64 ! openat ! 2 3 ! 32 ! AT_FDCWD; \"f\"; O_WRONLY|O_CREAT; 04644 ! 41 9a4",
                "x86_64 ! openat ! 2 3 ! 32 ! AT_FDCWD; \"f\"; O_WRONLY|O_CREAT ! _",
                "x86_64 ! openat ! 2 3 ! 32 ! AT_FDCWD; \"f\"; O_STRANGE ! _",
                "x86_64 ! open ! 1 2 ! 32 ! \"f\"; 0x410002; 0600 ! 410002 180",
                "x86_64 ! openat ! 2 3 ! 32 ! AT_FDCWD; \"f\" ! _",
                "x86 ! mmap ! 2 ! 64 ! NULL; 4096; PROT_READ|PROT_WRITE; MAP_PRIVATE; -1; 0 ! _",
                "x86_64 ! ioctl ! 1 ! 32 ! 0; _IOC(_IOC_READ|_IOC_WRITE, 0x54, 0x30, 0x4); 0x7f ! c0045430",
                "mips ! ioctl ! 1 ! 32 ! 0; _IOC(_IOC_READ|_IOC_WRITE, 0x54, 0x30, 0x4); 0x7f ! c0045430",
                "mips ! ioctl ! 1 ! 32 ! 0; _IOC(_IOC_READ, 0x54, 0x30, 0x4); 0x7f ! 40045430",
                "x86_64 ! ioctl ! 1 ! 32 ! 0; _IOC(_IOC_READ, 0x54, 0x30, 0x4); 0x7f ! 80045430",
                "ppc ! ioctl ! 1 ! 32 ! 0; _IOC(_IOC_NONE, 0x54, 0x30, 0); 0x7f ! 20005430",
                "s390 ! ioctl ! 1 ! 32 ! 0; _IOC(_IOC_NONE, 0x54, 0x30, 0); 0x7f ! 5430",
            })
    void areRead(String arch, String call, String at, String bits, String texts, String values) {
        assertEquals(values, values(Arch.parse(arch), call, Place.parse(at, bits), texts), texts);
    }

    @Test
    void ofCallsThatPrintNothing() {
        for (Arch arch : Arch.values()) {
            for (String call : Catalogue.calls()) {
                for (Place place : Catalogue.places(call, arch)) {
                    assertEquals("_", values(arch, call, place, ImmutableList.of()), call);
                    assertEquals("_", values(arch, call, place, ImmutableList.of("", "", "", "", "", "")), call);
                }
            }
        }
    }

    private static String values(Arch arch, String call, Place place, String texts) {
        return values(
                arch,
                call,
                place,
                Arrays.stream(texts.split(";")).map(String::strip).toList());
    }

    private static String values(Arch arch, String call, Place place, List<String> texts) {
        return PrintedArguments.values(arch, call, texts, place)
                .map(values -> values.stream().map(Long::toHexString).collect(Collectors.joining(" ")))
                .orElse("_");
    }
}
