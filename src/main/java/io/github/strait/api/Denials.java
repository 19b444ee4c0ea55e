package io.github.strait.api;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.collect.SetMultimap;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.ReadListener;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.record.TraceTail;
import io.github.strait.report.VerdictText;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.verify.Filter;
import io.github.strait.verify.ObservedCalls;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the calls that a profile denies to a command: each at its first denial, and all of them at the end. */
public final class Denials {
    /** How many arguments of a call are named while the command runs: a program may try any number. */
    private static final int MOST = 4;

    private final Claim claim;
    private final DiagnosticListener listener;
    private final SetMultimap<String, String> named = HashMultimap.create();

    public Denials(Claim claim, DiagnosticListener listener) {
        this.claim = claim;
        this.listener = listener;
    }

    /** Names them while the command runs: one that hangs for a denial does not come to its end. */
    public TraceTail tail() {
        Arch here = Machine.here();
        Set<String> errnos = claim.profiles(Set.of(here)).byAbi().values().stream()
                .flatMap(Denials::answers)
                .flatMap(answer -> Errno.name(answer.errno(), here).stream())
                .collect(Collectors.toSet());
        return new TraceTail(errnos::contains, this::isDenied);
    }

    private static Stream<Decision> answers(Profile profile) {
        return Stream.concat(
                Stream.of(profile.defaultDecision()), profile.rules().stream().map(Rule::decision));
    }

    private boolean isDenied(String lines) {
        try {
            InputStream text = new ByteArrayInputStream(lines.getBytes(StandardCharsets.ISO_8859_1));
            List<Verdict> denied =
                    judged(List.of("-"), text, true).verification().verdicts(Verdict.Kind.GAP);
            for (Verdict verdict : denied) {
                Set<String> arguments = named.get(verdict.arch() + " " + verdict.name());
                if (arguments.size() < MOST && arguments.add(verdict.arguments())) {
                    listener.diagnostic(VerdictText.firstDenial(verdict));
                }
            }
            return !denied.isEmpty();
        } catch (RefusalException e) {
            // Lines that say nothing alone; the whole trace is read in the end.
            return false;
        }
    }

    /** Says which of the calls of a whole trace the filter denied, and how often; the command has run whatever comes of it. */
    public void name(Path trace) {
        try {
            VerdictText.denied(judged(List.of(trace), true).verification()).forEach(listener::diagnostic);
        } catch (RefusalException e) {
            listener.diagnostic(e.diagnostic());
        }
    }

    /** A trace, and what the filter does with its calls. */
    record Judged(Evidence evidence, Verification verification) {}

    /**
     * What the filter does with the calls of whole traces.
     *
     * @param isUnder whether they were made under it; their results say more then
     */
    Judged judged(List<Path> traces, boolean isUnder) {
        return judged(Lists.transform(traces, Path::toString), InputStream.nullInputStream(), isUnder);
    }

    private Judged judged(List<String> files, InputStream stdin, boolean isUnder) {
        ArgumentWatch watch = claim.watch();
        Evidence evidence =
                EvidenceRequest.DEFAULT.recordedOn(Machine.here()).read(files, stdin, ReadListener.NONE, watch);
        Set<Arch> arches =
                ImmutableSet.copyOf(evidence.observation().architectures().keySet());
        ObservedCalls calls = new ObservedCalls(evidence.observation(), watch.samples());
        Map<Arch, Filter> filters = claim.filters(claim.profiles(arches));
        return new Judged(
                evidence, isUnder ? Verification.underFilter(calls, filters) : Verification.of(calls, filters));
    }
}
