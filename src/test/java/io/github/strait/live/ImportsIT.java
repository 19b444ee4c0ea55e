package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs do under the layer of imports what was held out from the evidence, and fail without it. */
@RequiresTool(
        value = {"strace", "sqlite3", "perl", "tar"},
        asRoot = true)
class ImportsIT {
    @TempDir
    Path folder;

    private Outcome strait(Path where, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.strait.cli.Main"));
        command.addAll(List.of(words));
        return Outcome.of(where, command);
    }

    private Outcome work(String layer, String heldOut) throws Exception {
        String profile = folder.resolve(layer + ".json").toString();
        String[] generate = layer.equals("none")
                ? new String[] {"generate", "run.strace", "-o", profile}
                : new String[] {"generate", "run.strace", "--layer", layer, "-o", profile};
        assertEquals(0, strait(folder, generate).status());
        Path here = Files.createDirectory(folder.resolve(layer));
        return strait(here, "run", "--profile", profile, "--", "sh", "-c", heldOut);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "sqlite3 :memory: 'select 1', `sqlite3 t.db 'create table a(b); insert into a values (1); pragma"
                        + " journal_mode=wal; insert into a values (2); select count(*) from a; vacuum'`",
                "perl -e 'print 1', `perl -e 'mkdir \"d\" or die $!; rename \"d\", \"e\" or die $!; my $p = fork // die $!;"
                        + " exit 0 if !$p; waitpid $p, 0; symlink \"e\", \"l\" or die $!; chmod 0700, \"e\" or die $!; utime 1, 2,"
                        + " \"e\" or die $!; kill 0, $$ or die $!; rmdir \"e\" or die $!'`",
                "tar -cf a.tar f, `tar -xf ../a.tar --one-top-level=d && test -s d/f`"
            })
    void worksOnWhatWasHeldOut(String evidence, String heldOut) throws Exception {
        Files.writeString(folder.resolve("f"), "text\n");
        Outcome recorded = strait(folder, "record", "-o", "run.strace", "--", "sh", "-c", evidence);
        assertEquals(0, recorded.status(), recorded.text());
        Outcome with = work("imports-all", heldOut);
        assertEquals(0, with.status(), with.text());
        Outcome without = work("none", heldOut);
        assertTrue(without.status() != 0, without.text());
        assertTrue(without.text().contains("[denied]"), without.text());
    }
}
