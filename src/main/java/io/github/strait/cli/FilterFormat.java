package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.ProfileFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The formats that are no document but the compiled filter. {@code bpf} is {@code struct sock_filter[]} in the byte order
 * of the target, as {@code bwrap --seccomp} takes it; {@code bpf-asm} is a listing of it.
 *
 * @param name what {@code --format} calls it
 * @param isBinary whether it is no text
 */
record FilterFormat(String name, boolean isBinary) implements ProfileFormat {
    private static final ImmutableList<FilterFormat> ALL =
            ImmutableList.of(new FilterFormat("bpf", true), new FilterFormat("bpf-asm", false));

    /** All of them. */
    static ImmutableList<FilterFormat> all() {
        return ALL;
    }

    /** The format of that name. */
    static Optional<ProfileFormat> find(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .map(ProfileFormat.class::cast)
                .findFirst();
    }

    /** The layout of that name. */
    static Layout layout(String name) {
        for (Layout layout : Layout.values()) {
            if (layout.name().toLowerCase(Locale.ROOT).equals(name)) {
                return layout;
            }
        }
        throw RefusalException.usage("'" + name + "' is none of auto, linear, tree");
    }

    /** How often the evidence shows each call, for the layout. */
    static Frequencies frequencies(Derivation derivation) {
        Map<Arch, Map<String, Long>> counts = new EnumMap<>(Arch.class);
        derivation.rationales().forEach((arch, rationale) -> {
            ImmutableMap.Builder<String, Long> calls = ImmutableMap.builder();
            rationale
                    .reasons()
                    .forEach((name, reasons) -> reasons.stream()
                            .filter(Reason.Observed.class::isInstance)
                            .map(Reason.Observed.class::cast)
                            .findFirst()
                            .ifPresent(
                                    observed -> calls.put(name, observed.seen().count())));
            counts.put(arch, calls.buildOrThrow());
        });
        return Frequencies.ofNames(counts);
    }

    /**
     * The bytes of a filter of this profile, when nothing is known of its calls.
     *
     * @throws RefusalException when it has no filter
     */
    @Override
    public byte[] write(Profile profile) {
        return write(FilterCompiler.compile(profile), profile.architectures());
    }

    /** The bytes of a filter for these ABIs. */
    byte[] write(Program program, Set<Arch> arches) {
        if (!isBinary) {
            return Disassembler.print(program).getBytes(StandardCharsets.UTF_8);
        }
        boolean isBigEndian = arches.stream().anyMatch(Arch::isBigEndian);
        return program.encode(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** Refuses to write bytes to a terminal. */
    static void checkNoTerminal(@Nullable ProfileFormat format, OutputOption output, Console console) {
        boolean isBinary = format instanceof FilterFormat filter && filter.isBinary();
        if (isBinary && output.isTerminal(console)) {
            throw RefusalException.usage("a filter is binary; name a file with -o, or use --format bpf-asm");
        }
    }

    /** A profile in any format, what it cannot say being a failure of the command. */
    static byte[] write(ProfileFormat format, Profile profile) {
        return format.write(profile);
    }
}
