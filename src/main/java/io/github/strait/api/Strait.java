package io.github.strait.api;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The entry point for Java: turns evidence into a profile, with the defaults of the program. */
public final class Strait {
    private static final String STDIN = "-";

    private Strait() {}

    /**
     * Reads evidence: traces, directories of traces and observations, compressed or not, as one.
     *
     * @param files at least one
     * @throws RefusalException when one of them cannot be used
     */
    public static Evidence read(Path... files) {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            // the name "-" is a file here
            names.add(file.toString().equals(STDIN) ? "./-" : file.toString());
        }
        return EvidenceRequest.DEFAULT.read(names, InputStream.nullInputStream());
    }

    /**
     * Reads a trace or an observation from a stream, which is not closed. Positions have {@code -} for its name.
     *
     * @throws RefusalException when it cannot be used
     */
    public static Evidence read(InputStream trace) {
        return EvidenceRequest.DEFAULT.read(List.of(STDIN), trace);
    }

    /**
     * Derives the narrowest profile that allows what the evidence shows, as {@code strait generate} does.
     *
     * @throws RefusalException when the evidence cannot give one
     */
    public static DerivedProfile derive(Evidence evidence) {
        return DerivationRequest.builder().build().derive(evidence);
    }
}
