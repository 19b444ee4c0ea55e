package io.github.strait.follow;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.Portions;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that can be told of a trace, as text: parsed line by line, or scanned in portions by several threads. */
public final class Transcript {
    private final RunDivider runs = new RunDivider("trace", ArgumentWatch.NONE, ProgramChoice.ALL);
    private long unparsed;

    private Transcript() {}

    /** Each line is parsed, and none is scanned. */
    public static String careful(byte[] trace) {
        Transcript transcript = new Transcript();
        try {
            new TraceReader(new ByteArrayInputStream(trace), "trace", 0, 0).forEach(transcript.runs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return transcript.told();
    }

    /** As the program reads. */
    public static String quick(byte[] trace, int blockSize, int workers) {
        Transcript transcript = new Transcript();
        Portions.read(trace, blockSize, workers, transcript.runs);
        return transcript.told();
    }

    /** How many lines the program counts without parsing them. */
    public static long unparsed(byte[] trace) {
        Transcript transcript = new Transcript();
        Portions.read(trace, 1 << 18, 1, new LineHandler() {
            @Override
            public void accept(Line line) {
                transcript.runs.accept(line);
            }

            @Override
            public boolean isName(byte[] bytes, int from, int to) {
                return transcript.runs.isName(bytes, from, to);
            }

            @Override
            public boolean scanned(int tid, int number, int summary) {
                boolean isEnough = transcript.runs.scanned(tid, number, summary);
                transcript.unparsed += isEnough ? 1 : 0;
                return isEnough;
            }
        });
        return transcript.unparsed;
    }

    private String told() {
        StringBuilder told = new StringBuilder();
        for (UnresolvedRun run : runs.end()) {
            List<Object> all = new ArrayList<>();
            try {
                List<AbiResolver.Decision> decisions = AbiResolver.resolve(run.groups(), Optional.empty(), Arch.X86_64);
                all.add(RunAssembler.assemble("id", run, decisions, ArgumentWatch.NONE));
                all.addAll(TaskNotes.of(run, decisions));
            } catch (RefusalException e) {
                all.add(e.diagnostic().position() + " " + e.getMessage());
            }
            all.add(run.isOfStrace());
            all.add(run.taskAbis().size() + " " + run.moreTaskAbis());
            all.addAll(run.shapes());
            all.add(run.versions());
            all.add(run.completeness());
            all.forEach(each -> told.append(each).append('\n'));
        }
        return told.toString();
    }
}
