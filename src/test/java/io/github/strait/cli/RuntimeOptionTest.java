package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of a container runtime are a layer that the user asks for. */
class RuntimeOptionTest {
    @TempDir
    Path directory;

    private Path trace;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
    }

    private Result names(Object... options) {
        Object[] all = new Object[options.length + 4];
        all[0] = "generate";
        all[1] = trace;
        all[2] = "--format";
        all[3] = "names";
        System.arraycopy(options, 0, all, 4, options.length);
        return Strait.run(all);
    }

    @Test
    void withoutItNothingIsAdded() {
        assertEquals(names().out(), names("--runtime", "none").out());
        assertFalse(names().out().contains("epoll_ctl"));
    }

    @Test
    void runcNeedsMoreThanCrunAndBothLessWithNoNewPrivileges() {
        long runc = names("--runtime", "runc").out().lines().count();
        long quietRunc =
                names("--runtime", "runc", "--no-new-privs").out().lines().count();
        long quietCrun =
                names("--runtime", "crun", "--no-new-privs").out().lines().count();
        assertTrue(runc > quietRunc && quietRunc > quietCrun, runc + " " + quietRunc + " " + quietCrun);
        assertTrue(names("--runtime", "docker").out().contains("x86_64\tfstatfs\n"));
    }

    @Test
    void theSummaryAndExplainNameTheLayer() {
        assertTrue(names("--runtime", "runc").err().contains("layer runtime: "));
        String why =
                Strait.run("explain", trace, "fstatfs", "--runtime", "runc").out();
        assertTrue(why.contains("layer runtime: needed by runc"), why);
    }

    @Test
    void theRuntimeIsNativeAndGivesThe32BitAbiBesideItNothing() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        String out = Strait.run("generate", trace, companion, "--runtime", "runc", "--format", "names")
                .out();
        assertTrue(out.contains("x86_64\tepoll_ctl\n"), out);
        assertFalse(out.contains("x86\tepoll_ctl\n"), out);
    }

    @Test
    void anUnknownRuntimeIsOneLine() {
        Result result = names("--runtime", "dcoker");
        assertEquals(2, result.status());
        assertEquals(1, result.err().lines().count());
        assertTrue(result.err().contains("did you mean 'docker'?"), result.err());
    }
}
