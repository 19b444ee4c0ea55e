package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.QemuRecorder;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.RecordResult;
import io.github.strait.syscall.Arch;
import java.nio.file.Path;
import java.util.List;

/** The emulator of a command of another machine. */
final class QemuOption extends Options {
    private final Parameter<Arch> qemu = option(
            "--qemu",
            "ARCH",
            ValueType.ARCH,
            "Run CMD, a program of this machine, under qemu-user and record its calls; programs that it executes are"
                    + " not recorded.");

    private final Parameter<Path> root = option(
            "-L",
            "--qemu-root",
            "DIR",
            ValueType.PATH,
            "Where CMD finds the loader and libraries of its machine, for --qemu.");

    boolean isGiven() {
        return qemu.isGiven();
    }

    /**
     * Refuses what cannot be together.
     *
     * @param others options that are of strace, or of another thing to record
     * @param isMore whether there are more of them
     */
    void check(List<Parameter<?>> others, boolean isMore) {
        if (root.isGiven() && !isGiven()) {
            throw RefusalException.usage("--qemu-root is for --qemu ARCH");
        }
        if (isGiven() && (isMore || others.stream().anyMatch(Parameter::isGiven))) {
            throw RefusalException.usage("--qemu takes a command (after --), and none of --under, --known, --attach,"
                    + " --container, --unit, --image and --max-size");
        }
    }

    RecordResult recorded(QemuRecorder recorder, RecordOptions options) {
        return recorder.record(options, qemu.value(), root.given());
    }
}
