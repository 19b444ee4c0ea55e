package io.github.strait.start;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.runtime.RuntimeArgument;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.SyscallTable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The replies of a profile to calls of a machine's native ABI with any arguments. A conditional rule that might allow a
 * call leaves the reply open: a false alarm would be worse than none.
 */
final class Replies {
    private final Arch arch;
    private final Decision byDefault;
    private final ImmutableListMultimap<String, Rule> rules;
    private final OptionalInt highest;

    Replies(Profile profile, Arch machine, Start start) {
        this.arch = machine;
        this.byDefault = profile.defaultDecision();
        ImmutableListMultimap.Builder<String, Rule> byName = ImmutableListMultimap.builder();
        for (Rule rule : profile.rules()) {
            if (rule.scope().applies(machine, start.capabilities(), start.kernel())
                    || (!start.readsScopes() && of(rule.decision()) == Reply.OPEN)) {
                rule.names().forEach(name -> byName.put(name, rule));
            }
        }
        this.rules = byName.build();
        SyscallTable table = SyscallTable.of(machine);
        this.highest = rules.keySet().stream()
                .filter(table::contains)
                .mapToInt(name -> table.number(name).orElseThrow())
                .max();
    }

    boolean exists(String syscall) {
        return SyscallTable.of(arch).contains(syscall);
    }

    /**
     * The reply to the call under the best of the names that the ABI has for it; open when it has none.
     *
     * @param stub whether the runtime returns ENOSYS for numbers above the highest that the profile names, as runc does
     */
    Reply to(Collection<String> names, boolean stub) {
        return names.stream()
                .filter(this::exists)
                .map(name -> to(name, stub))
                .min(Reply::compareTo)
                .orElse(Reply.OPEN);
    }

    private Reply to(String name, boolean stub) {
        if (stub && isAboveAll(name)) {
            return Reply.NO_SUCH_CALL;
        }
        List<Rule> own = rules.get(name).stream()
                .filter(rule -> !rule.decision().equals(byDefault))
                .toList();
        for (Rule rule : own) {
            if (rule.isUnconditional(arch)) {
                return of(rule.decision());
            }
        }
        Reply reply = of(byDefault);
        for (Rule rule : own) {
            Reply other = of(rule.decision());
            reply = other.compareTo(reply) < 0 ? other : reply;
        }
        return reply;
    }

    /** The reply to the call with a value that its runtime needs, under the best of its names; open when it has none. */
    Reply to(Collection<String> names, RuntimeArgument value) {
        Optional<Reply> best = Optional.empty();
        for (String name : names) {
            if (exists(name)) {
                Reply reply = to(name, value);
                best = best.filter(other -> other.compareTo(reply) <= 0).or(() -> Optional.of(reply));
            }
        }
        return best.orElse(Reply.OPEN);
    }

    /** Open, where the ABI has another number of registers for it, or none for the name of the value. */
    private Reply to(String name, RuntimeArgument value) {
        for (Place place : Catalogue.places(name, arch)) {
            Optional<ImmutableList<Long>> tuple = Catalogue.tuple(value.value(), arch);
            if (place.toString().equals(value.at()) && tuple.isPresent()) {
                return to(name, place, tuple.get());
            }
        }
        return Reply.OPEN;
    }

    /** The reply to the call with these values at a place, the best that any values in the other registers get. */
    private Reply to(String name, Place place, List<Long> values) {
        boolean isDecided = false;
        Reply best = Reply.REFUSED;
        for (Rule rule : rules.get(name)) {
            Match match = Match.of(rule, arch, place, values);
            if (match != Match.NO && !rule.decision().equals(byDefault)) {
                Reply reply = of(rule.decision());
                best = reply.compareTo(best) < 0 ? reply : best;
                isDecided |= match == Match.YES;
            }
        }
        Reply other = of(byDefault);
        return isDecided || best.compareTo(other) < 0 ? best : other;
    }

    /** Whether runc's stub decides. runc puts it in front of filters whose default is an error other than ENOSYS. */
    private boolean isAboveAll(String name) {
        return switch (byDefault.action()) {
            case ALLOW, LOG, TRACE, NOTIFY -> false;
            default -> highest.isPresent() && SyscallTable.of(arch).number(name).orElseThrow() > highest.getAsInt();
        };
    }

    private Reply of(Decision decision) {
        return switch (decision.action()) {
            case ALLOW, LOG, NOTIFY -> Reply.OPEN;
            case TRACE -> Reply.NO_SUCH_CALL;
            case KILL_PROCESS, KILL_THREAD, TRAP -> Reply.REFUSED;
            case ERRNO -> errno(decision.errno());
        };
    }

    /** An error of 0 is none: the caller takes the call as done, and what comes of it is open. */
    private Reply errno(int number) {
        if (number == 0) {
            return Reply.OPEN;
        }
        return Errno.number("ENOSYS", arch).equals(OptionalInt.of(number)) ? Reply.NO_SUCH_CALL : Reply.REFUSED;
    }
}
