package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each check says: the text is the interface. */
class CheckListTest {
    /** A filter of that size is no document to read; see the test below. */
    private static final String BY_SIZE = "instruction-limit";

    /** Resources are UTF-8; {@code DiagnosticsTest} has such a document. */
    private static final String BY_BYTES = "malformed-text";

    @TestFactory
    Stream<DynamicTest> documents() {
        return Cases.all().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.id() + ": " + one.title(),
                        () -> assertEquals(one.expected(), Cases.lines(Cases.lint(one.document()), one.id()))));
    }

    @TestFactory
    Stream<DynamicTest> windowsLineEndsMakeNoDifference() {
        return Cases.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.id() + ": " + one.title(), () -> {
                    String windows = one.document().replace("\n", "\r\n");
                    assertEquals(Cases.lint(one.document()), Cases.lint(windows));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyCheckHasADocumentThatFailsAndOneThatPasses() {
        return CheckList.all().stream()
                .filter(check -> !check.id().equals(BY_SIZE) && !check.id().equals(BY_BYTES))
                .map(check -> DynamicTest.dynamicTest(check.id(), () -> {
                    List<Cases.Case> own = Cases.all().stream()
                            .filter(one -> one.id().equals(check.id()))
                            .toList();
                    assertTrue(own.stream().anyMatch(one -> !one.expected().isEmpty()), "none fails");
                    assertTrue(own.stream().anyMatch(one -> one.expected().isEmpty()), "none passes");
                }));
    }

    @Test
    void idsAreStableNamesAndSourcesAreGiven() {
        List<String> ids = CheckList.all().stream().map(Check::id).toList();
        assertEquals(ImmutableSet.copyOf(ids).size(), ids.size(), "an id twice: " + ids);
        for (Check check : CheckList.all()) {
            assertTrue(check.id().matches("[a-z]+(-[a-z]+)*"), check.id());
            assertTrue(check.source().matches("(measured|read|judged): .*"), check.id() + ": " + check.source());
        }
        Cases.all().forEach(one -> assertTrue(ids.contains(one.id()), one.id()));
    }

    @Test
    void findingsSaySomethingInOneClauseEach() {
        for (Cases.Case one : Cases.all()) {
            for (Finding finding : Cases.lint(one.document())) {
                assertFalse(finding.explanation().isBlank());
                assertFalse(finding.remediation().isBlank());
                assertFalse(finding.explanation().endsWith("."), finding.explanation());
                assertFalse(finding.remediation().endsWith("."), finding.remediation());
            }
        }
    }

    @Test
    void tooManyConditionsFillTheFilter() {
        assertEquals(List.of(), Cases.lines(Cases.lint(families(600)), BY_SIZE));
        assertEquals(
                List.of("f:1: error: the filter has about 4516 instructions and the kernel takes 4096: no"
                        + " container starts; drop architectures, or conditions that differ only in their value"
                        + " [instruction-limit]"),
                Cases.lines(Cases.lint(families(751)), BY_SIZE));
    }

    @Test
    void findingsOfOneKindAreBounded() {
        String names = String.join(
                ", ", IntStream.range(0, 500).mapToObj(i -> "\"no" + i + "\"").toList());
        List<Finding> findings = Cases.lint("{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [{\"names\": ["
                + names + "], \"action\": \"SCMP_ACT_ALLOW\"}]}");
        List<String> unknown = Cases.lines(findings, "unknown-syscall");
        assertEquals(201, unknown.size());
        assertTrue(unknown.get(0).contains("300 more findings of this kind"), unknown.get(0));
    }

    @Test
    void theOrderIsThatOfTheDocument() {
        List<Finding> findings = Cases.lint(Cases.text("docker-like.json"));
        assertEquals(findings.stream().sorted().toList(), findings);
        assertTrue(findings.get(0).isAtLeast(Severity.NOTE));
    }

    private static String families(int count) {
        List<String> rules = IntStream.range(0, count)
                .mapToObj(i -> "{\"names\": [\"socket\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": [{\"index\": 0,"
                        + " \"value\": " + i + ", \"op\": \"SCMP_CMP_EQ\"}]}")
                .toList();
        return "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_X86_64\"], \"syscalls\": ["
                + String.join(", ", rules) + "]}";
    }
}
