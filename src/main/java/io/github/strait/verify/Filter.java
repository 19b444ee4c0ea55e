package io.github.strait.verify;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.strait.argument.Argument;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.PossibleDecisions;
import io.github.strait.bpf.Program;
import io.github.strait.bpf.StackDecisions;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The filter that a profile is on one machine.
 *
 * @param profile with the ABIs of that machine only, and without scopes
 * @param program what the kernel runs; the newest program where it runs several
 * @param loaded the decisions of filters that strait did not compile
 */
public record Filter(Profile profile, Program program, Optional<StackDecisions> loaded) {

    /**
     * The filter on the machine that this ABI belongs to, with the companions that libseccomp adds. ABIs that the profile
     * does not list are not added: their calls end the thread.
     *
     * @param profile without scopes
     * @throws RefusalException when the filter is longer than the kernel takes
     */
    public static Filter of(Profile profile, Arch abi) {
        ImmutableSortedSet<Arch> here = profile.architectures().stream()
                .filter(abi.nativeArch().personalities()::contains)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
        Profile restricted = new Profile(
                profile.defaultAction(),
                profile.defaultErrnoRet(),
                here,
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                profile.rules());
        Profile whole = Companions.exist(here) ? Companions.add(restricted) : restricted;
        return new Filter(
                restricted, FilterCompiler.compile(whole, Layout.TREE, Frequencies.UNKNOWN), Optional.empty());
    }

    /** The arguments, from 0, that the conditions of the rules look at, by the name of the call. */
    public static SetMultimap<String, Integer> arguments(Profile profile) {
        SetMultimap<String, Integer> arguments = LinkedHashMultimap.create();
        for (Rule rule : Companions.add(profile).rules()) {
            List<Integer> indexes =
                    rule.conditions().stream().map(Condition::index).toList();
            rule.names().forEach(name -> arguments.putAll(name, indexes));
        }
        return arguments;
    }

    /** The decisions that the filter may return for a call with unknown arguments. */
    ImmutableSet<Decision> answers(Arch abi, int number) {
        return answers(abi, number, Argument.ALL_UNKNOWN);
    }

    ImmutableSet<Decision> answers(Arch abi, int number, List<Argument> registers) {
        return loaded.isPresent()
                ? loaded.get().of(abi, number, registers)
                : PossibleDecisions.of(program, abi, number, registers);
    }

    /** The calls of an ABI that are made, with all arguments or with some. */
    ImmutableSortedSet<String> allowed(Arch abi) {
        return calls(abi, answers -> answers.stream().anyMatch(Filter::permits));
    }

    /** The calls of an ABI that are made whatever their arguments are. */
    public ImmutableSortedSet<String> alwaysAllowed(Arch abi) {
        return calls(abi, answers -> answers.stream().allMatch(Filter::permits));
    }

    private static boolean permits(Decision answer) {
        return answer.action().permits();
    }

    private ImmutableSortedSet<String> calls(Arch abi, Predicate<ImmutableSet<Decision>> wanted) {
        ImmutableSortedSet.Builder<String> calls = ImmutableSortedSet.naturalOrder();
        SyscallTable.of(abi).numbers().forEach((name, number) -> {
            if (wanted.test(answers(abi, number))) {
                calls.add(name);
            }
        });
        return calls.build();
    }
}
