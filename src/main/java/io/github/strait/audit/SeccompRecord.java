package io.github.strait.audit;

import io.github.strait.syscall.Arch;

/**
 * One call that seccomp logged.
 *
 * @param name its libseccomp name, or {@code syscall_N}
 * @param outcome what the filter did
 * @param comm the name of the task; empty where the line has none
 * @param exe the path of its executable; empty where the line has none
 * @param pid the number of the task, in the first namespace; -1 where the line has none
 */
record SeccompRecord(Arch arch, String name, Outcome outcome, String comm, String exe, long pid) {
    /** What a filter does with a call that it reports, in the order of messages. */
    enum Outcome {
        /** The call ran: the profile allows it with a line in the log. */
        LOGGED("logged and run"),
        /** The call returned an error. */
        FAILED("denied with an error"),
        /** The program got SIGSYS. */
        TRAPPED("trapped with SIGSYS"),
        /** The task or its process was killed. */
        KILLED("fatal"),
        /** A tracer or a supervisor decides, or the action is a new one. */
        OTHER("decided elsewhere");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
