package io.github.strait.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportReaderTest {
    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

    @TempDir
    Path root;

    private Path place(String name) {
        return root.resolve(name.substring(1));
    }

    private ProgramImports read(String name) {
        return new ImportReader(root).read(name);
    }

    private static ElfSample program(String... needed) {
        return ElfSample.usual().interpreter(LOADER).needs("libc.so.6").needs(needed);
    }

    private static ElfSample library(String... imports) {
        return ElfSample.usual().needs("libc.so.6").imports(imports);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(place(name).getParent());
        Files.writeString(place(name), text);
    }

    @Test
    void takesWhatTheProgramAndItsLibrariesImport() {
        program("libone.so").imports("setsid", "strlen", "kill").write(place("/usr/bin/app"));
        library("kill", "chown").needs("libtwo.so").write(place("/usr/lib/x86_64-linux-gnu/libone.so"));
        library("chown", "flock").needs("libone.so").write(place("/lib64/libtwo.so"));
        assertEquals(
                new ProgramImports(
                        "/usr/bin/app",
                        ProgramImports.Kind.DYNAMIC,
                        Optional.of(Arch.X86_64),
                        Libc.GLIBC,
                        set("kill", "setsid"),
                        ImmutableSortedMap.of("libone.so", set("chown"), "libtwo.so", set("flock")),
                        set()),
                read("/usr/bin/app"));
    }

    private static ImmutableSortedSet<String> set(String... names) {
        return ImmutableSortedSet.copyOf(names);
    }

    private Map<String, ?> libraries(String name) {
        return read(name).libraries();
    }

    @Test
    void looksInTheFoldersOfTheLoaderInItsOrder() throws IOException {
        program("libx.so").write(place("/app"));
        library("kill").write(place("/usr/lib/libx.so"));
        assertEquals(Map.of("libx.so", Set.of("kill")), libraries("/app"));
        library("chown").write(place("/opt/b/libx.so"));
        write("/etc/ld.so.conf", "# a comment\ninclude /etc/ld.so.conf.d/*.conf\n");
        write("/etc/ld.so.conf.d/b.conf", "/opt/b # here\ninclude /etc/ld.so.conf\n");
        assertEquals(Map.of("libx.so", Set.of("chown")), libraries("/app"));
    }

    @Test
    void matchesPatternsOfAnyForm() {
        assertTrue(LoaderFolders.matches("*.conf", "b.conf"));
        assertTrue(LoaderFolders.matches("*", ""));
        assertTrue(LoaderFolders.matches("?*b*c", "xaabbc"));
        assertFalse(LoaderFolders.matches("*.conf", "b.conf~"));
        assertFalse(LoaderFolders.matches("[{(*", "b"));
        assertFalse(LoaderFolders.matches("", "b"));
    }

    @Test
    void knowsRunpathAndRpathAndOrigin() {
        program("libx.so").runpath("$ORIGIN/../lib/app").rpath("/never").write(place("/opt/bin/app"));
        library("kill").needs("liby.so").write(place("/opt/lib/app/libx.so"));
        library("chown").write(place("/opt/lib/app/liby.so"));
        library("flock").write(place("/never/libx.so"));
        assertEquals(Map.of("libx.so", Set.of("kill")), libraries("/opt/bin/app"), "a RUNPATH is for the file alone");
        assertEquals(set("liby.so"), read("/opt/bin/app").missing());
        program("libx.so").rpath("${ORIGIN}/../lib/app").write(place("/opt/bin/app"));
        assertEquals(Set.of("libx.so", "liby.so"), libraries("/opt/bin/app").keySet(), "an RPATH is for all");
    }

    @Test
    void passesOverLibrariesOfAnotherMachine() {
        program("libx.so").runpath("/a:/b").write(place("/app"));
        new ElfSample(false, ByteOrder.LITTLE_ENDIAN, 3).imports("flock").write(place("/a/libx.so"));
        library("kill").write(place("/b/libx.so"));
        assertEquals(Map.of("libx.so", Set.of("kill")), libraries("/app"));
    }

    @Test
    void looksWhereMuslLooks() throws IOException {
        ElfSample.usual()
                .interpreter("/lib/ld-musl-x86_64.so.1")
                .needs("libx.so", "libc.musl-x86_64.so.1")
                .write(place("/app"));
        library("kill").write(place("/usr/lib/libx.so"));
        library("chown").write(place("/opt/libx.so"));
        assertEquals(Map.of("libx.so", Set.of("kill")), libraries("/app"));
        write("/etc/ld-musl-x86_64.path", "/opt:/usr/lib\n");
        assertEquals(Map.of("libx.so", Set.of("chown")), libraries("/app"));
        assertEquals(Libc.MUSL, read("/app").libc());
    }

    @Test
    void followsLinksInsideTheRootAlone() throws IOException {
        program("libx.so").imports("kill").write(place("/usr/bin/app"));
        Files.createSymbolicLink(place("/bin"), Path.of("/usr/bin"));
        assertEquals(Set.of("kill"), read("/bin/app").own());
        Files.createSymbolicLink(place("/usr/bin/up"), Path.of("../../../../../../../../../../usr/bin/app"));
        assertEquals(Set.of("kill"), read("/bin/up").own());
        Files.createSymbolicLink(place("/loop"), Path.of("loop"));
        assertRefused("/loop", "is not there");
        Files.createSymbolicLink(place("/outside"), Path.of("/bin/sh"));
        assertRefused("/outside", "is not there");
    }

    private void assertRefused(String name, String why) {
        String message = String.valueOf(
                assertThrows(RefusalException.class, () -> read(name)).getMessage());
        assertTrue(message.startsWith(why), message);
    }

    @Test
    void takesTheInterpreterOfAScript() throws IOException {
        program().imports("fork").write(place("/bin/sh"));
        write("/start", "#!/bin/sh\nexec app\n");
        ProgramImports imports = read("/start");
        assertEquals("/bin/sh", imports.path());
        assertEquals(Set.of("fork"), imports.own());
        write("/again", "#!/again\n");
        assertRefused("/again", "is a script of a script");
    }

    @Test
    void saysWhatHasNoImports() throws IOException {
        ElfSample.usual().linkedStatically().write(place("/static"));
        assertEquals(ProgramImports.Kind.STATIC, read("/static").kind());
        program().ofGo().imports("kill").write(place("/go"));
        assertEquals(ProgramImports.Kind.GO, read("/go").kind());
        write("/text", "hello");
        assertRefused("/text", "is not an ELF file");
        assertEquals(Optional.empty(), new ImportReader(root).find("/text"));
    }

    /** Each library asks for many that are nowhere, by many folders. */
    @Test
    void endsSoonWhateverIsAskedFor() {
        String folders = "/a/b/c/d/e:".repeat(300);
        for (int i = 0; i < 30; i++) {
            ElfSample library = library().rpath(folders);
            for (int j = 0; j < 50; j++) {
                library.needs("lib" + (i + 1) + ".so", "no" + i + "x" + j + ".so");
            }
            library.write(place("/usr/lib/lib" + i + ".so"));
        }
        program("lib0.so").rpath(folders).write(place("/app"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertTrue(read("/app").missing().size() > 10));
    }

    @Test
    void doesNotWalkManyLinksForever() throws IOException {
        Files.createDirectories(place("/a"));
        for (int i = 0; i < 39; i++) {
            Files.createSymbolicLink(place("/l" + i), Path.of("a/../".repeat(125) + "l" + (i + 1)));
        }
        String[] needed = new String[500];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = "/l0/lib" + i + ".so";
        }
        program(needed).write(place("/app"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertEquals(needed.length, read("/app").missing().size()));
        program("libone.so").write(place("/next"));
        library("kill").write(place("/lib64/libone.so"));
        assertEquals(Map.of("libone.so", Set.of("kill")), libraries("/next"));
    }

    @Test
    void passesOverFoldersThatAreTooLongForTheKernel() throws IOException {
        String deep = ("/" + "d".repeat(200)).repeat(10);
        program("libone.so").runpath("$ORIGIN".repeat(500) + ":$ORIGIN").write(place(deep + "/app"));
        library("kill").write(place(deep + "/libone.so"));
        assertEquals(Map.of("libone.so", Set.of("kill")), libraries(deep + "/app"));
    }
}
