package io.github.strait.record;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The child that remains when strace ends before it has executed the command. The child is stopped, waits for a tracer,
 * and holds the standard streams open. It still has strace's own command line.
 */
final class Orphans {
    private static final Path PROC = Path.of("/proc");

    private Orphans() {}

    /**
     * Ends them.
     *
     * @param command strace's command line, with an output file that no other strace has
     */
    static void end(List<String> command) {
        // without the traced command, whose arguments need not be text
        List<String> ours = command.subList(0, command.indexOf("-o") + 2);
        for (long pid : Tracees.numbers(PROC)) {
            if (isBegunBy(pid, ours)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static boolean isBegunBy(long pid, List<String> words) {
        try {
            Path line = PROC.resolve(Long.toString(pid)).resolve("cmdline");
            List<String> found =
                    Splitter.on('\0').splitToList(new String(Files.readAllBytes(line), StandardCharsets.UTF_8));
            return found.size() > words.size() && found.subList(0, words.size()).equals(words);
        } catch (IOException e) {
            // it has ended
            return false;
        }
    }
}
