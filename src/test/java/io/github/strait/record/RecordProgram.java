package io.github.strait.record;

import io.github.strait.api.Arguments;
import io.github.strait.api.Machine;
import io.github.strait.api.ProfileOrEvidence;
import io.github.strait.api.ProfileResolver;
import io.github.strait.api.Settled;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.Observing;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The recorder as a process of its own, for tests that send it signals or give it standard streams:
 * {@code TRACE COMMAND...}, {@code TRACE --known FILE COMMAND...}, {@code TRACE --max-size BYTES COMMAND...} or {@code TRACE --attach PID MILLISECONDS}. It prints
 * nothing but diagnostics.
 */
final class RecordProgram {
    private RecordProgram() {}

    public static void main(String[] arguments) {
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        Path trace = Path.of(arguments[0]);
        RecordOptions options = options(trace, rest);
        try {
            System.exit(new Recorder(System.err::println, CallerEnvironment.ofThisProcess(false))
                    .record(options)
                    .exitStatus());
        } catch (RefusalException e) {
            System.err.println(e.diagnostic());
            System.exit(StartStatus.of(e));
        }
    }

    private static RecordOptions options(Path trace, List<String> rest) {
        if (rest.get(0).equals("--max-size")) {
            return RecordOptions.ofCommand(trace, rest.subList(2, rest.size())).upTo(Long.parseLong(rest.get(1)));
        }
        if (rest.get(0).equals("--known")) {
            return RecordOptions.ofCommand(trace, rest.subList(2, rest.size())).leavingOut(leftOut(rest.get(1)));
        }
        return rest.get(0).equals("--attach")
                ? RecordOptions.ofAttached(trace, List.of(Long.valueOf(rest.get(1))))
                        .within(Duration.ofMillis(Long.parseLong(rest.get(2))))
                : RecordOptions.ofCommand(trace, rest);
    }

    private static LeftOut leftOut(String known) {
        return Settled.leftOut(
                ProfileOrEvidence.of(List.of(known), InputStream.nullInputStream()),
                (files, in) -> Observing.files(files.stream().map(Path::of).toArray(Path[]::new)),
                new ProfileResolver(Machine.DEFAULT, diagnostics -> {}),
                Arguments.SAFE);
    }
}
