package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft;
import io.github.strait.format.Draft.WrittenRule;
import io.github.strait.profile.Action;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An error number goes with two actions, and has a limit. */
final class ErrnoCheck implements Check {
    private static final int MOST = 4095;

    @Override
    public String id() {
        return "misplaced-errno";
    }

    @Override
    public String source() {
        return RUNTIMES;
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Draft draft = subject.draft();
        draft.defaultAction()
                .value()
                .flatMap(action -> fault(action, draft.defaultErrnoRet(), "defaultErrnoRet"))
                .ifPresent(what -> findings.add(Severity.ERROR, subject.defaultLine(), what, fix(what)));
        for (WrittenRule rule : draft.rules()) {
            rule.action()
                    .flatMap(action -> fault(action, rule.errnoRet(), "errnoRet"))
                    .ifPresent(what -> findings.add(
                            Severity.ERROR, rule.line(), OptionalInt.of(rule.index()), List.of(), what, fix(what)));
        }
    }

    private static Optional<String> fault(Action action, OptionalLong errno, String key) {
        if (errno.isEmpty()) {
            return Optional.empty();
        }
        if (!action.takesErrno()) {
            return Optional.of("'" + key + "' with " + action.token()
                    + ": crun refuses to start the container, and runc ignores the number");
        }
        return Long.compareUnsigned(errno.getAsLong(), MOST) <= 0
                ? Optional.empty()
                : Optional.of("'" + key + "' " + Long.toUnsignedString(errno.getAsLong()) + " is beyond " + MOST
                        + ", with which no container starts");
    }

    private static String fix(String what) {
        return what.contains("beyond") ? "write an error number such as 1 (EPERM) or 38 (ENOSYS)" : "remove it";
    }
}
