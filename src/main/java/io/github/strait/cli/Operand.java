package io.github.strait.cli;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.api.Machine;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.format.Reading;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.trace.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A profile or evidence, whichever a file turns out to be. */
final class Operand {
    private static final int HEAD = 1 << 14;

    private final String argument;
    private final BufferedInputStream stdin;
    private final boolean isProfile;
    private int exitStatus = ExitStatus.DONE;

    private Operand(String argument, BufferedInputStream stdin, boolean isProfile) {
        this.argument = argument;
        this.stdin = stdin;
        this.isProfile = isProfile;
    }

    /** The operands of a command, at most one of which is standard input. */
    static List<Operand> of(List<String> arguments, Console console) {
        if (arguments.contains("")) {
            throw RefusalException.usage("an empty argument names no file; is a variable unset?");
        }
        if (arguments.stream().filter(ProfileFile.STDIN::equals).count() > 1) {
            throw RefusalException.usage("standard input can be one argument only; name files for the others");
        }
        BufferedInputStream stdin = new BufferedInputStream(console.in(), 2 * HEAD);
        List<Operand> operands = new ArrayList<>();
        for (String argument : arguments) {
            operands.add(new Operand(argument, stdin, isProfile(argument, stdin)));
        }
        return operands;
    }

    /** JSON that is no observation, and whatever a format recognises; what cannot be opened is left to the reader of evidence. */
    private static boolean isProfile(String argument, BufferedInputStream stdin) {
        try {
            if (argument.equals(ProfileFile.STDIN)) {
                return isProfile(Compression.peek(stdin, HEAD));
            }
            Path path = Path.of(argument);
            if (!Files.isRegularFile(path)) {
                return false;
            }
            try (InputStream in = Files.newInputStream(path)) {
                return isProfile(in.readNBytes(HEAD));
            }
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static boolean isProfile(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean json =
                text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
        return json ? !text.contains("\"strait\"") : Formats.recognise(head).isPresent();
    }

    boolean isProfile() {
        return isProfile;
    }

    String label() {
        return Printable.of(argument);
    }

    /** The evidence. */
    Evidence evidence(EvidenceOptions options, Console console) {
        Evidence evidence = options.read(List.of(argument), stdin, console);
        exitStatus = options.exitStatus(evidence, console);
        return evidence;
    }

    /** The exit status that evidence asks for; known when it was read. */
    int exitStatus() {
        return exitStatus;
    }

    /** The profile, as it counts on the machine. */
    Profile profile(EvidenceOptions options, MachineOptions machine, Console console) {
        Profile profile = ProfileFile.read(argument, stdin).profile(reader(options), console);
        return machine.resolve(argument, profile, options.declared(), console).withNativeAbis();
    }

    /** What it allows on each ABI; evidence allows the calls that it shows. */
    Difference.Side side(EvidenceOptions options, MachineOptions machine, Console console) {
        if (!isProfile) {
            return observed(evidence(options, console), console);
        }
        ProfileFile file = ProfileFile.read(argument, stdin);
        Reading reading = Formats.read(file.name(), file.content(), reader(options));
        if (reading.byAbi().isPresent()) {
            return Difference.Side.withoutAnswers(reading.byAbi().get());
        }
        console.diagnostics(reading.diagnostics());
        Profile profile = machine.resolve(argument, reading.profile(), options.declared(), console);
        return Difference.Side.ofDocument(
                options.declared().map(Arch::nativeArch).map(profile::on).orElse(profile));
    }

    private static Reader reader(EvidenceOptions options) {
        return new Reader(Engine.DOCKER, options.declared().orElseGet(Machine::here));
    }

    private static Difference.Side observed(Evidence evidence, Console console) {
        ImmutableSortedMap.Builder<Arch, Profile> sides = ImmutableSortedMap.naturalOrder();
        evidence.observation().architectures().forEach((arch, seen) -> {
            ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
            seen.syscalls().forEach((name, call) -> {
                if (NamelessCall.isOne(name)) {
                    console.diagnostic(Diagnostic.warning(
                            "nameless-call",
                            call.first(),
                            "number " + NamelessCall.digits(name) + " has no name on " + arch.label()
                                    + "; it is not compared, because no profile can name it"));
                } else {
                    names.add(name).addAll(call.alternatives());
                }
            });
            sides.put(arch, allowing(arch, names.build()));
        });
        return Difference.Side.withoutAnswers(new AbiProfiles(sides.build()));
    }

    private static Profile allowing(Arch arch, Collection<String> names) {
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(arch);
        return names.isEmpty()
                ? profile.build()
                : profile.rule(Rule.builder(Action.ALLOW).names(names).build()).build();
    }
}
