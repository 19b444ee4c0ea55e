package io.github.strait.lint;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import io.github.strait.format.Reader;
import io.github.strait.format.oci.Draft;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Libseccomp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The documents of {@code checks.txt}, and the shorthands of the tests. */
final class Cases {
    private Cases() {}

    /** A document, and the lines that the check of that id must give. */
    record Case(String id, String title, String document, List<String> expected) {
        static Case of(String block) {
            int line = block.indexOf('\n');
            int end = block.indexOf("\n--\n");
            List<String> title = Splitter.on(": ").limit(2).splitToList(block.substring(0, line));
            return new Case(
                    title.get(0),
                    title.get(1),
                    block.substring(line + 1, end + 1),
                    block.substring(end + 4).strip().lines().toList());
        }
    }

    static ImmutableList<Case> all() {
        return Splitter.on("\n== ")
                .splitToStream(text("checks.txt"))
                .skip(1)
                .map(Case::of)
                .collect(ImmutableList.toImmutableList());
    }

    static String text(String resource) {
        try {
            return Resources.toString(Resources.getResource(Cases.class, resource), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImmutableList<Finding> lint(String document) {
        return lint(document, Libseccomp.oldest());
    }

    static ImmutableList<Finding> lint(String document, Libseccomp libseccomp) {
        return lint(document, libseccomp, Start.DEFAULT);
    }

    static ImmutableList<Finding> lint(String document, Libseccomp libseccomp, Start start) {
        return Lint.of(Draft.read("f", document.getBytes(StandardCharsets.UTF_8), Reader.USUAL), libseccomp, start);
    }

    /** The lines of one check. */
    static List<String> lines(List<Finding> findings, String id) {
        return findings.stream()
                .filter(finding -> finding.id().equals(id))
                .map(finding -> finding.diagnostic("f").toString())
                .toList();
    }
}
