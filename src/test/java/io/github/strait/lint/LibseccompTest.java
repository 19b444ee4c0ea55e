package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Libseccomp;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LibseccompTest {
    @Test
    void laterVersionsKnowMore() {
        List<Libseccomp> all = Libseccomp.all();
        for (int i = 1; i < all.size(); i++) {
            assertTrue(
                    all.get(i - 1).kernel().compareTo(all.get(i).kernel()) <= 0,
                    all.get(i).version());
        }
        assertEquals("2.5.2", Libseccomp.oldest().version());
    }

    @Test
    void callsAreKnownFromTheVersionThatHasThem() {
        assertEquals(
                Optional.of("2.5.2"), Libseccomp.firstToKnow("memfd_secret").map(Libseccomp::version));
        assertEquals(
                Optional.of("2.5.3"), Libseccomp.firstToKnow("process_mrelease").map(Libseccomp::version));
        assertEquals(Optional.of("2.5.4"), Libseccomp.firstToKnow("futex_waitv").map(Libseccomp::version));
        assertEquals(Optional.of("2.5.6"), Libseccomp.firstToKnow("setxattrat").map(Libseccomp::version));
        assertEquals(Optional.empty(), Libseccomp.firstToKnow("fchroot"));
        assertTrue(Libseccomp.oldest().knows("afs_syscall"), "a name that no kernel version introduced is old");
    }

    @Test
    void debiansSecurityUpdateKnowsMoreThanItsVersionSays() {
        Libseccomp debian = Libseccomp.find("2.5.4-1+deb12u1").orElseThrow();
        assertTrue(debian.knows("futex_requeue"));
        assertFalse(debian.knows("statmount"));
        assertFalse(Libseccomp.find("2.5.4").orElseThrow().knows("cachestat"));
        assertEquals(Optional.empty(), Libseccomp.find("3.0"));
    }

    @Test
    void tablesNameCallsThatExist() {
        for (List<String> row :
                TableResource.read(Lint.class, "other-names.tsv").rows()) {
            assertFalse(Syscalls.names().contains(row.get(0)), row.get(0) + " is a call of its own");
            assertTrue(Syscalls.names().contains(row.get(1)), row.get(1));
        }
    }
}
