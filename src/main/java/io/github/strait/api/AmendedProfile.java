package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.ConfigPart;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.ReadableFormat;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.format.Settings;
import io.github.strait.format.oci.ContainerConfig;
import io.github.strait.profile.Action;
import io.github.strait.profile.Amendment;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.report.DifferenceReport;
import io.github.strait.syscall.Arch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A profile that allows what evidence shows, too: with the conditions of the values that were seen where the profile
 * compares them, or does not allow the call and compares others; and else by name. What it says otherwise stays, in its own format.
 */
public final class AmendedProfile {
    private final ProfileFile file;
    private final ProfileFormat format;
    private final Profile before;
    private final Profile after;
    private final ProfileResolver resolver;
    private final Optional<Arch> declared;

    private AmendedProfile(
            ProfileFile file,
            ProfileFormat format,
            Profile before,
            Profile after,
            ProfileResolver resolver,
            Optional<Arch> declared) {
        this.file = file;
        this.format = format;
        this.before = before;
        this.after = after;
        this.resolver = resolver;
        this.declared = declared;
    }

    /** The format of the document, with what it says beside the profile; the usual one if that says it all. */
    static ProfileFormat format(ProfileFile file, Reading reading) {
        if (Formats.usual() instanceof ReadableFormat usual) {
            try {
                usual.read(file.name(), file.content());
                return usual;
            } catch (RefusalException e) {
                // it has what only another form has
            }
        }
        ReadableFormat format = Formats.detect(file.content());
        return format.with(reading.settings().orElseGet(() -> Settings.USUAL.namedAfter(Path.of(file.name()))));
    }

    /**
     * Amends a profile.
     *
     * @param declared the machine that the user names
     * @throws RefusalException when the document cannot be read, or has too many conditions to be compared
     */
    public static AmendedProfile of(
            ProfileFile file, List<Evidence> evidence, ProfileResolver resolver, Optional<Arch> declared) {
        Reading reading =
                file.reading(new Reader(Engine.DOCKER, declared.orElseGet(Machine::here)), resolver.listener());
        Profile before = reading.profile();
        AmendedProfile amended = new AmendedProfile(file, format(file, reading), before, before, resolver, declared);
        for (Evidence more : evidence) {
            amended = amended.with(more);
        }
        return amended;
    }

    /** A profile and what it was amended to, as documents. */
    static AmendedProfile between(ProfileFile before, ProfileFile after, ProfileResolver resolver) {
        Reader reader = new Reader(Engine.DOCKER, Machine.here());
        Reading reading = before.reading(reader, resolver.listener());
        return new AmendedProfile(
                before,
                format(before, reading),
                reading.profile(),
                after.profile(reader, resolver.listener()),
                resolver,
                Optional.empty());
    }

    private AmendedProfile with(Evidence evidence) {
        Profile amended = after;
        Difference.Side side = Difference.Side.ofDocument(inForce(amended));
        ObservedSide seen = ObservedSide.of(evidence.observation(), resolver.listener());
        boolean isConditional = after.rules().stream().anyMatch(Rule::isConditional);
        Map<Arch, Profile> byValues = isConditional ? seen.byValues().profiles().byAbi() : Map.of();
        for (Map.Entry<Arch, Profile> each :
                seen.facing(side).profiles().byAbi().entrySet()) {
            Arch arch = each.getKey();
            if (!isListed(arch)) {
                resolver.listener()
                        .diagnostic(Diagnostic.warning(
                                "arch-not-listed",
                                file.position(),
                                "does not list " + arch.label() + ", whose calls the evidence shows; they are not"
                                        + " added; generate a profile for both"));
                continue;
            }
            Amendment amendment = new Amendment(amended, arch);
            Map<String, List<ImmutableList<Condition>>> calls = calls(each.getValue());
            Profile values = byValues.get(arch);
            if (values != null) {
                calls.putAll(Maps.filterKeys(calls(values), name -> calls.containsKey(name) && !isNamed(name)));
            }
            for (Map.Entry<String, List<ImmutableList<Condition>>> call : calls.entrySet()) {
                amendment.allow(call.getKey(), call.getValue(), inForce(amendment.profile()));
            }
            amended = amendment.profile();
        }
        return new AmendedProfile(file, format, before, amended, resolver, declared);
    }

    /** Whether the profile allows the call, with all arguments or with some. */
    private boolean isNamed(String name) {
        return before.rules().stream()
                .anyMatch(rule -> rule.action().permits() && rule.names().contains(name));
    }

    /** Without a list, runtimes filter the machine's own ABI, and that of a 64-bit machine in any case. */
    private boolean isListed(Arch arch) {
        return before.architectures().isEmpty()
                || before.architectures().contains(arch)
                || before.architectures().stream().anyMatch(listed -> listed.nativeArch() == arch);
    }

    private static TreeMap<String, List<ImmutableList<Condition>>> calls(Profile seen) {
        TreeMap<String, List<ImmutableList<Condition>>> calls = new TreeMap<>();
        for (Rule rule : seen.rules()) {
            for (String name : rule.names()) {
                calls.computeIfAbsent(name, key -> new ArrayList<>()).add(rule.conditions());
            }
        }
        return calls;
    }

    /** On the machine, where what is only logged is not allowed yet. */
    private Profile inForce(Profile document) {
        Profile resolved = resolver.resolve(file.name(), document, declared);
        return resolved.defaultAction() == Action.LOG
                ? Profile.builder(Action.ERRNO)
                        .architectures(resolved.architectures())
                        .build()
                        .withRules(resolved.rules())
                : resolved;
    }

    /** Whether it allows what it allowed, and nothing else. */
    public boolean isUnchanged() {
        return after.equals(before);
    }

    /** The document, in its own format. An unchanged one is what it was, byte for byte. */
    public byte[] write() {
        if (isUnchanged()) {
            return file.content();
        }
        if (!Arrays.equals(document(before), file.content())) {
            resolver.listener()
                    .diagnostic(Diagnostic.note(
                            "laid-out-again",
                            file.position(),
                            "is written as strait lays profiles out; comments, and whatever else its format has no"
                                    + " place for, are not kept"));
        }
        return document(after);
    }

    /** The profile in the document's place: that of a container's configuration is a part of it, and the rest stays. */
    private byte[] document(Profile profile) {
        byte[] document = format.write(profile);
        return format instanceof ConfigPart part && ContainerConfig.isOne(file.name(), file.content())
                ? part.into(file.name(), file.content(), document)
                : document;
    }

    /**
     * The document in another format.
     *
     * @throws RefusalException when it cannot express the profile
     */
    public byte[] write(OutputFormat other) {
        return other.write(after, resolver.listener());
    }

    /** What it allows now and did not allow before. */
    public DifferenceReport difference() {
        String label = Printable.of(file.name());
        return new DifferenceReport(
                label,
                label + " (merged)",
                Difference.of(Difference.Side.ofDocument(inForce(before)), Difference.Side.ofDocument(inForce(after))));
    }
}
