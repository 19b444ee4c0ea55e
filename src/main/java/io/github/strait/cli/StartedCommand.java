package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.record.RecordException;
import java.io.IOException;

/** The exit status where it is that of a command that was started: strait's own failures are told as env does. */
final class StartedCommand {
    private StartedCommand() {}

    /** Starts it, and returns its status. */
    interface Start {
        int run() throws Failure, RecordException, IOException;
    }

    static int exitStatus(Start start, Console console) {
        try {
            return start.run();
        } catch (RecordException e) {
            console.diagnostic(e.diagnostic());
            return e.exitStatus();
        } catch (Failure e) {
            console.diagnostic(e.diagnostic());
            return RecordException.FAILED;
        } catch (IOException e) {
            console.diagnostic(Diagnostic.error("cannot-write", null, String.valueOf(e.getMessage())));
            return RecordException.FAILED;
        }
    }
}
