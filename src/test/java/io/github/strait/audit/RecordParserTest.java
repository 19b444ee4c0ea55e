package io.github.strait.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.audit.SeccompRecord.Outcome;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.SyscallTable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {
    private static final String RECORD = "auid=1000 uid=0 gid=0 ses=2 subj=docker-default (enforce) pid=7 comm=\"sh\""
            + " exe=\"/bin/sh\" sig=0 arch=c000003e syscall=257 compat=0 ip=0x7f code=0x7ffc0000";

    @Test
    void saysWhatWasCalledByWhom() {
        assertEquals(
                Optional.of(new SeccompRecord(Arch.X86_64, "openat", Outcome.LOGGED, "sh", "/bin/sh", 7)),
                RecordParser.parse(RECORD));
    }

    @ParameterizedTest
    @CsvSource({
        "0x7ffc0000, LOGGED",
        "0x50001, FAILED",
        "0x00050026, FAILED",
        "0x30000, TRAPPED",
        "0x80000000, KILLED",
        "0x0, KILLED",
        "0x7ff00000, OTHER",
        "0x7fc00000, OTHER",
        "0x12340000, OTHER"
    })
    void saysWhatTheFilterDid(String code, Outcome outcome) {
        assertEquals(
                Optional.of(outcome),
                RecordParser.parse(RECORD.replace("0x7ffc0000", code)).map(SeccompRecord::outcome));
    }

    /** Cut, damaged, or with a field twice, as a hostile name makes it under {@code ausearch -i}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pid=7",
                "arch=c000003e syscall=25",
                "arch=c000003e syscall=257 compat=0 ip=0x7f",
                "arch=c000003e syscall=257 code=",
                "arch=c000003e syscall=257 code=0x",
                "arch=c000003e syscall=257 code=0x7ffc00000",
                "arch=c000003e syscall=257 code=7ffc0000",
                "arch=c000003e syscall= code=0x0",
                "arch=c000003e syscall=- code=0x0",
                "arch=c000003e syscall=99999999999 code=0x0",
                "arch=c000003e syscall=nothing code=0x0",
                "arch= syscall=257 code=0x0",
                "arch=c000003 syscall=257 code=0x0",
                "arch=1c000003e syscall=257 code=0x0",
                "syscall=257 code=0x0",
                "comm=\"x arch=c000003e syscall=257 code=0x0",
                "comm=\"x\"y arch=c000003e syscall=257 code=0x0",
                "comm=a syscall=1 exe=/x arch=x86_64 syscall=openat code=log",
                "comm=a arch=i386 exe=/x arch=x86_64 syscall=openat code=log",
                "comm=a code=log exe=/x arch=x86_64 syscall=openat code=kill",
                "comm=a exe=/bin/other exe=/x arch=x86_64 syscall=openat code=log",
                "pid=7 comm=a pid=8 exe=/x arch=x86_64 syscall=openat code=log",
            })
    void brokenRecordsAreNoCalls(String fields) {
        assertEquals(Optional.empty(), RecordParser.parse(fields));
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void everyNumberOfEveryAbiHasItsName(Arch arch) {
        SyscallTable.of(arch).numbers().forEach((name, number) -> {
            // tables may have two names for a number
            String expected = NamelessCall.nameOf(number, arch);
            String fields = "pid=7 comm=\"x\" exe=\"/x\" sig=0 arch=" + Integer.toHexString(arch.auditToken())
                    + " syscall=" + number + " compat=0 ip=0x0 code=0x7ffc0000";
            assertEquals(
                    Optional.of(arch.label() + " " + expected),
                    RecordParser.parse(fields).map(record -> record.arch().label() + " " + record.name()));
        });
    }

    @Test
    void whatOlderKernelsLeaveOutIsNotNeeded() {
        assertEquals(
                Optional.of(new SeccompRecord(Arch.X86, "socketcall", Outcome.KILLED, "", "", -1)),
                RecordParser.parse("sig=31 arch=40000003 syscall=102 compat=1 ip=0x0 code=0x0"));
        assertEquals(
                Optional.of(new SeccompRecord(Arch.X86_64, "syscall_4294967295", Outcome.LOGGED, "", "", -1)),
                RecordParser.parse("sig=0 arch=c000003e syscall=-1 code=0x7ffc0000"));
    }
}
