package io.github.strait.api;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.runtime.Start;

/** The options for verifying a profile. */
public final class VerifyRequest {
    private final Start start;
    private final boolean isGiven;
    private final EvidenceRequest evidence;
    private final ProfileResolver resolver;

    /**
     * A request.
     *
     * @param listener told what there is to say about the profile
     * @throws RefusalException when there is no such start
     */
    public VerifyRequest(StartRequest start, Machine machine, EvidenceRequest evidence, DiagnosticListener listener) {
        this.start = start.on(machine);
        this.isGiven = start.isGiven();
        this.evidence = evidence;
        this.resolver = new ProfileResolver(machine, listener);
    }

    /**
     * The profile, ready for evidence.
     *
     * @throws RefusalException when it cannot be read
     */
    public Verifier profile(ProfileFile file) {
        Reader reader =
                new Reader(Engine.of(start.runtime()), evidence.machine().orElseGet(Machine::here));
        return new Verifier(Claim.of(file, reader, resolver), start, isGiven, evidence);
    }
}
