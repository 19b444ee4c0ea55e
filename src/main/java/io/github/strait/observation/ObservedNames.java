package io.github.strait.observation;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.NamelessCall;
import io.github.strait.syscall.OldStraceName;
import io.github.strait.syscall.StraceName;
import io.github.strait.syscall.Syscalls;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The call names that an observation may hold: those that strait gives to some spelling of strace. Each may have the
 * alternatives that some spelling leaves open on that ABI.
 */
final class ObservedNames {
    private static final List<String> MULTIPLEXERS = List.of("socketcall", "ipc");

    private final Map<Arch, ImmutableSetMultimap<String, String>> alternatives = new EnumMap<>(Arch.class);
    private final Set<String> known = new HashSet<>();

    /**
     * The name of a call. A number that a later table has a name for is that call.
     *
     * @throws RefusalException when no call of any ABI is called so
     */
    String name(ObservationNode at, String text, Arch arch) {
        if (NamelessCall.isOne(text)) {
            OptionalInt number = NamelessCall.number(text);
            if (number.isEmpty()) {
                throw at.fault(ObservationNode.shown(text) + " does not end in a syscall number");
            }
            return NamelessCall.nameOf(number.getAsInt(), arch);
        }
        if (!known.contains(text)) {
            // strace marks names of a foreign ABI: readv#64, o32:open
            if (!text.matches("[\\w#:]{1,64}")) {
                throw at.fault(ObservationNode.shown(text) + " is not a syscall name");
            }
            if (!Syscalls.names().contains(text) && !isSpelling(text)) {
                throw at.fault("'" + text + "' is in no syscall table"
                        + Nearest.of(text, Syscalls.names())
                                .map(name -> "; did you mean '" + name + "'?")
                                .orElse(""));
            }
            known.add(text);
        }
        return text;
    }

    /** Whether strace prints this name on some ABI, today or in an old version. */
    private static boolean isSpelling(String text) {
        if (StraceName.ofNumberSpelling(text, Arch.X86_64).isPresent()) {
            return true;
        }
        boolean isSubcall = MULTIPLEXERS.stream()
                .anyMatch(multiplexer -> Multiplexer.subcalls(multiplexer).contains(text));
        return Arrays.stream(Arch.values())
                .anyMatch(arch -> StraceName.toLibseccomp(text, arch).isPresent()
                        || (isSubcall && Multiplexer.of(text, arch).isPresent())
                        || OldStraceName.of(text, arch).isPresent());
    }

    /** Whether the text of some strace may mean the one call as well as the other. */
    boolean isAmbiguous(String name, String alternative, Arch arch) {
        return alternatives.computeIfAbsent(arch, ObservedNames::alternatives).containsEntry(name, alternative);
    }

    private static ImmutableSetMultimap<String, String> alternatives(Arch arch) {
        ImmutableSetMultimap.Builder<String, String> all = ImmutableSetMultimap.builder();
        for (String printed : printedNames()) {
            CallName today = CallName.today(printed, arch);
            all.putAll(today.name(), today.alternatives());
            OldStraceName.of(printed, arch)
                    .filter(old -> !old.name().equals(today.name()))
                    .ifPresent(old -> all.put(today.name(), old.name()));
        }
        return all.build();
    }

    private static Set<String> printedNames() {
        ImmutableSet.Builder<String> all = ImmutableSet.builder();
        all.addAll(Syscalls.names()).addAll(OldStraceName.spellings());
        MULTIPLEXERS.forEach(multiplexer -> all.addAll(Multiplexer.subcalls(multiplexer)));
        return all.build();
    }
}
