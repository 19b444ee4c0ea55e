package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ImportReader;
import io.github.strait.elf.ProgramImports;
import io.github.strait.evidence.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs whose imports count beside the evidence.
 *
 * @param root the folder that they see as their root
 * @param files their names, from the root where that is not this machine's own
 */
public record Binaries(Path root, ImmutableList<Path> files) {
    private static final Path OWN = Path.of("/");

    /**
     * The evidence with their imports, and with notes about what those do not say.
     *
     * @throws RefusalException when one of them cannot be read
     */
    public Evidence addTo(Evidence evidence) {
        if (!Files.isDirectory(root)) {
            throw RefusalException.of("unreadable-root", root, "is not a folder; name that of the system with --root");
        }
        ImportReader reader = new ImportReader(root);
        List<ProgramImports> programs = new ArrayList<>();
        List<Diagnostic> notes = new ArrayList<>();
        for (Path file : files) {
            String name = root.equals(OWN) ? file.toAbsolutePath().toString() : "/" + file;
            ProgramImports imports = reader.read(name);
            programs.add(imports);
            notes.addAll(notes(imports));
        }
        return evidence.withImports(programs, notes);
    }

    private static List<Diagnostic> notes(ProgramImports program) {
        SourcePosition at = SourcePosition.ofFile(program.path());
        List<Diagnostic> notes = new ArrayList<>();
        if (program.arch().isEmpty()) {
            notes.add(Diagnostic.warning("imports-elsewhere", at, "is of a machine that strait has no calls of"));
        }
        switch (program.kind()) {
            case STATIC ->
                notes.add(Diagnostic.warning(
                        "static",
                        at,
                        "no dynamic imports: not applicable; it is linked statically, and libc is in it"));
            case GO ->
                notes.add(Diagnostic.warning(
                        "static",
                        at,
                        "no dynamic imports that count: not applicable; Go's runtime makes its calls itself"));
            case DYNAMIC -> {
                if (!program.missing().isEmpty()) {
                    notes.add(Diagnostic.warning(
                            "missing-libraries",
                            at,
                            "libraries not found, so their imports are not known: "
                                    + Printable.of(String.join(" ", program.missing()))
                                    + "; name the folder that holds its system with --root"));
                }
                if (program.imports("dlopen")) {
                    notes.add(Diagnostic.note(
                            "hidden-imports",
                            at,
                            "imports dlopen: what it loads while it runs is invisible here; name such files with --binary"
                                    + " too"));
                }
                if (program.imports("syscall")) {
                    notes.add(Diagnostic.note(
                            "hidden-imports", at, "imports syscall: calls that it makes by number are invisible here"));
                }
            }
        }
        return notes;
    }
}
