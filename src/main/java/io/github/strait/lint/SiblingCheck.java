package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** A denied call whose work another one does is not denied. */
final class SiblingCheck implements Check {
    /** Calls that do the same. */
    private record Act(String name, ImmutableList<String> calls, ImmutableList<String> also) {
        static Act of(List<String> row) {
            return new Act(row.get(0), TableResource.words(row.get(1)), TableResource.words(row.get(2)));
        }
    }

    private static final ImmutableList<Act> ACTS =
            TableResource.read(SiblingCheck.class, "acts.tsv").rows(Act::of);

    @Override
    public String id() {
        return "sibling-allowed";
    }

    @Override
    public String source() {
        return "measured: glibc 2.36 and musl 1.2.3; read: their sources and the man pages";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.permitsByDefault()) {
            ACTS.forEach(act -> denylist(subject, act, findings));
        } else if (subject.deniesByDefault() && subject.mayPermit("clone3") && !subject.mayPermit("clone")) {
            Set<String> denied = Set.of("clone");
            findings.add(
                    Severity.NOTE,
                    subject.defaultLine(),
                    OptionalInt.empty(),
                    denied,
                    "'clone3' is allowed and 'clone' is not: musl, Go, and glibc before 2.34 or on other architectures"
                            + " than x86 make tasks with clone alone",
                    "allow clone");
        }
    }

    /** One finding for each rule and act; what a denied call does in part only does not count against others. */
    private static void denylist(Subject subject, Act act, Findings findings) {
        Map<Site, List<String>> bySite = new LinkedHashMap<>();
        for (String name : act.calls()) {
            if (subject.exists(name) && !subject.mayPermit(name)) {
                subject.rules(name).stream()
                        .filter(site -> site.isUnconditional() && !isEnosys(site))
                        .findFirst()
                        .ifPresent(site -> bySite.computeIfAbsent(site, key -> new ArrayList<>())
                                .add(name));
            }
        }
        List<String> open = Stream.concat(act.calls().stream(), act.also().stream())
                .filter(name -> subject.exists(name) && subject.mayPermit(name))
                .toList();
        if (bySite.isEmpty() || open.isEmpty()) {
            return;
        }
        Site first = bySite.keySet().iterator().next();
        List<String> named = bySite.values().stream().flatMap(List::stream).toList();
        findings.add(
                Severity.WARNING,
                first,
                named,
                Wording.list(named) + " " + Wording.verb(named, "is", "are") + " denied, but not "
                        + String.join(", ", open) + ", which " + Wording.verb(open, "does", "do") + " the same ("
                        + act.name() + "): programs and libc call one or the other",
                "deny " + Wording.verb(open, "it", "them") + " as well, or allow by name and deny the rest");
    }

    /** Sends callers on to another call, and is meant to. */
    private static boolean isEnosys(Site site) {
        Decision decision = site.rule().decision();
        return decision.action() == Action.ERRNO && decision.errno() == 38;
    }
}
