package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.evidence.Corpus.Recording;
import io.github.strait.evidence.CorpusRow.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which versions and options of strace are read exactly, as the page {@code strace-versions.md} tells its readers. */
class StraceVersionsTest {
    private static final Path PAGE = Path.of("src/site/markdown/strace-versions.md");
    private static final List<String> VERSIONS = List.of("4.10", "4.26", "5.10", "6.1", "7.2");
    /** What a trace that shows all must be: to the call, or to the name where it was made in another run. */
    private static final ImmutableMap<String, ImmutableSet<String>> PROMISED = ImmutableMap.of(
            "exact", ImmutableSet.of("exact"),
            "see expected (per tid and arch)", ImmutableSet.of("exact"),
            "names-match,counts-may-differ", ImmutableSet.of("exact", "names"),
            "same-names,counts-differ", ImmutableSet.of("exact", "names"));

    private static final Map<CorpusRow, Comparison> ROWS = new LinkedHashMap<>();

    @BeforeAll
    static void read() {
        Map<String, Recording> witnesses = new TreeMap<>();
        Corpus.kernel().forEach(each -> witnesses.put(each.trace(), each));
        Corpus.partial().forEach(each -> witnesses.put(each.trace(), each));
        Corpus.manifest().forEach(row -> ROWS.put(row, row.compare(witnesses.remove("kernel/" + row.trace()))));
        assertEquals(Map.of(), witnesses, "traces that the manifest does not name");
    }

    @Test
    void traceThatShowsAllIsReadExactly() {
        Map<String, String> exceptions = Corpus.exceptions("undeclared");
        List<String> broken = new ArrayList<>();
        ROWS.forEach((row, seen) -> {
            ImmutableSet<String> promised = PROMISED.getOrDefault(row.relation(), ImmutableSet.of());
            // the few that are not in kernel.tsv have their reason in the manifest
            boolean listed = exceptions.containsKey("kernel/" + row.trace())
                    || (!row.relation().equals("exact") && !row.reason().isEmpty());
            if (!promised.isEmpty() && !listed && !promised.contains(seen.outcome())) {
                broken.add(row.trace() + ": " + seen.outcome() + "; " + seen.details());
            }
        });
        assertEquals(List.of(), broken);
    }

    /** A trace shows part of what the kernel counted, and nothing else. */
    @Test
    void whatIsNotShownIsNotInvented() {
        List<String> invented = new ArrayList<>();
        ROWS.forEach((row, seen) -> {
            if (!seen.besides().isEmpty() && row.reason().isEmpty()) {
                invented.add(row.trace() + ": " + seen.details());
            }
        });
        assertEquals(List.of(), invented);
    }

    @Test
    void reasonIsGivenForWhatIsNotExact() {
        List<String> wrong = new ArrayList<>();
        ROWS.forEach((row, seen) -> {
            if (seen.outcome().equals("exact") != row.reason().isEmpty()) {
                wrong.add(row.trace() + " (" + row.relation() + "): " + seen.outcome() + "; " + seen.details());
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** Write the page anew with {@code -Dstrait.regenerate=true}, and read the diff. */
    @Test
    void pageSaysWhatIsSo() throws IOException {
        String page = page();
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Versions and options of strace

                This page is written by `StraceVersionsTest`, which reads %d recorded traces of five versions of strace. The kernel's
                tracepoints counted the calls of %d of the runs: `exact` is read to the call, each ABI by itself; `names` has every name,
                and the reason why a count differs is below, as for everything that is not `exact`. `in part` shows fewer calls because
                the options leave some out; `read` has no second witness. Nothing was said about the machine (`--arch`).

                ## Options by version

                """.formatted(
                        ROWS.size(),
                        ROWS.values().stream().filter(Comparison::witnessed).count()));
        versions(page);
        page.append("\n## What is not exact, and why\n\n| strace | command | | what differs | reason |\n");
        page.append("|---|---|---|---|---|\n");
        ROWS.forEach((row, seen) -> {
            if (!seen.outcome().equals("exact")) {
                row(page, row.strace(), code(row.options()), seen.outcome(), seen.details(), row.reason());
            }
        });
        machines(page);
        return page.toString();
    }

    private static void versions(StringBuilder page) {
        page.append("| command |");
        VERSIONS.forEach(version -> page.append(' ').append(version).append(" |"));
        page.append("\n|---|").append("---|".repeat(VERSIONS.size())).append('\n');
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        ROWS.forEach((row, seen) -> table.computeIfAbsent(row.options(), options -> new TreeMap<>())
                .merge(Splitter.on('+').splitToList(row.strace()).get(0), seen.outcome(), (a, b) -> a + ", " + b));
        table.forEach((options, cells) -> {
            List<String> columns = new ArrayList<>(List.of(code(options)));
            VERSIONS.forEach(version -> columns.add(cells.getOrDefault(version, "")));
            row(page, columns.toArray(String[]::new));
        });
    }

    private static void machines(StringBuilder page) {
        page.append("""

                ## Machines

                strace 6.13 recorded these on each machine and counted with `-C`. What never returns is not in its table; all else agrees
                to the call. With `--arch` the machine is named, without it the trace must prove it.

                | ABI of the program | traces | agree with `--arch` | agree without |
                |---|---|---|---|
                """);
        Map<String, List<String>> machines = new TreeMap<>();
        Corpus.strace()
                .forEach(each -> machines.computeIfAbsent(
                                Splitter.on('/').splitToList(each.trace()).get(1), machine -> new ArrayList<>())
                        .add(each.trace()));
        machines.forEach((machine, traces) -> row(
                page,
                machine,
                Integer.toString(traces.size()),
                Integer.toString(traces.size() - exceptions("declared", traces)),
                Integer.toString(traces.size() - exceptions("undeclared", traces))));
        page.append("\n| trace | | reason |\n|---|---|---|\n");
        for (String mode : List.of("declared", "undeclared")) {
            Corpus.exceptions(mode).forEach((trace, reason) -> {
                if (trace.startsWith("strace/")) {
                    row(page, code(trace), mode.equals("declared") ? "with `--arch`" : "without", reason);
                }
            });
        }
    }

    private static int exceptions(String mode, List<String> traces) {
        return Sets.intersection(Corpus.exceptions(mode).keySet(), ImmutableSet.copyOf(traces))
                .size();
    }

    private static void row(StringBuilder page, String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell).append(cell.isEmpty() ? "|" : " |");
        }
        page.append('\n');
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
