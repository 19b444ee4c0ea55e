package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Iterables;
import io.github.strait.bpf.Assembler.Label;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compiles a profile to a filter: a program that decides about every call as {@link Profile#decide} does. It tests the
 * architecture first and kills the thread on one that the profile lacks, as libseccomp does. It then tests the number,
 * with x32's bit, and then the arguments.
 */
public final class FilterCompiler {
    private final ImmutableList<Section> sections;
    private final Frequencies frequencies;

    private FilterCompiler(AbiProfiles profiles, Frequencies frequencies) {
        this.frequencies = frequencies;
        // the most frequent architecture is tested first
        Comparator<Section> byFrequency = Comparator.comparingLong(section -> -section.frequency(frequencies));
        this.sections = Section.of(profiles).stream().sorted(byFrequency).collect(ImmutableList.toImmutableList());
    }

    /** The filter in the layout that takes fewer instructions when all named calls are equally frequent. */
    public static Program compile(Profile profile) {
        return compile(profile, Layout.AUTO, Frequencies.UNKNOWN);
    }

    /**
     * The filter.
     *
     * @throws IllegalStateException when a rule has a scope; {@link Profile#resolve} first
     * @throws RefusalException when there can be no such filter: the profile has ABIs of both byte orders, which no machine
     *     has, or the filter is longer than the kernel takes
     */
    public static Program compile(Profile profile, Layout layout, Frequencies frequencies) {
        return compile(AbiProfiles.of(profile), layout, frequencies);
    }

    /**
     * The filter that applies a separate profile to each ABI. No document can express that, because its rules name
     * calls for all of its ABIs. The ABIs that a profile lists do not matter here. A skipped call belongs to x86_64, or
     * else to x32.
     *
     * @throws IllegalStateException when a rule has a scope; {@link Profile#resolve} first
     * @throws RefusalException as of one profile
     */
    public static Program compile(AbiProfiles profiles, Layout layout, Frequencies frequencies) {
        profiles.forEach((abi, profile) -> Preconditions.checkState(
                Iterables.all(profile.rules(), rule -> rule.scope().isEverywhere()),
                "resolve the scopes of the rules first"));
        if (profiles.abis().stream().map(Arch::isBigEndian).distinct().count() > 1) {
            throw RefusalException.of(
                    "no-filter", "no machine has both byte orders among the architectures of the profile");
        }
        FilterCompiler compiler = new FilterCompiler(profiles, frequencies);
        return layout == Layout.AUTO ? compiler.shortest() : compiler.checked(layout);
    }

    /** The layout of fewer steps among those that are not too long. */
    private Program shortest() {
        Frequencies weights = frequencies.isEmpty() ? uniform() : frequencies;
        return Stream.of(Layout.LINEAR, Layout.TREE)
                .map(this::write)
                .filter(instructions -> instructions.size() <= Program.LIMIT)
                .map(Program::new)
                .min(Comparator.comparingDouble(
                        program -> InstructionCount.of(program, weights).mean()))
                .orElseGet(() -> checked(Layout.TREE));
    }

    private Frequencies uniform() {
        ImmutableTable.Builder<Arch, Integer, Long> counts = ImmutableTable.builder();
        for (Section section : sections) {
            section.calls().forEach((number, plan) -> counts.put(plan.arch(), number.intValue(), 1L));
        }
        return new Frequencies(counts.buildOrThrow());
    }

    private Program checked(Layout layout) {
        List<Instruction> instructions = write(layout);
        if (instructions.size() > Program.LIMIT) {
            throw RefusalException.of(
                    "no-filter",
                    "the filter has " + instructions.size() + " instructions and the kernel takes " + Program.LIMIT
                            + "; drop architectures, or conditions that differ only in their value");
        }
        return new Program(ImmutableList.copyOf(instructions));
    }

    private ImmutableList<Instruction> write(Layout layout) {
        Assembler code = new Assembler();
        Label start = code.answer(Decision.of(Action.KILL_THREAD).returnValue());
        ImmutableList.Builder<Label> labels = ImmutableList.builder();
        for (Section section : sections.reverse()) {
            labels.add(SectionCode.write(code, section, layout, frequencies));
        }
        List<Label> entries = labels.build();
        for (int i = 0; i < entries.size(); i++) {
            start = code.branch(Comparison.EQ, sections.reverse().get(i).token(), entries.get(i), start);
        }
        return code.program(sections.isEmpty() ? start : code.load(DataWord.ARCH, start));
    }
}
