package io.github.strait.elf;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.elf.LibrarySearch.Loaded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads the imports of programs and of the libraries that their loader would load. */
public final class ImportReader {
    private static final int MOST_LIBRARIES = 512;
    private static final int MOST_SCRIPTS = 4;

    private final RootedFiles files;
    private final Path root;
    private final Predicate<String> wanted;

    /** @param root the folder that the programs see as their root */
    public ImportReader(Path root) {
        this(root, LibcFunction::isKnown);
    }

    ImportReader(Path root, Predicate<String> wanted) {
        this.root = root;
        this.files = new RootedFiles(root);
        this.wanted = wanted;
    }

    /**
     * Reads a program that a user names.
     *
     * @param name as seen from the root
     * @throws RefusalException when it cannot be read, or is not an ELF file
     */
    public ProgramImports read(String name) {
        try {
            return imports(name);
        } catch (IOException e) {
            throw RefusalException.of(
                    "unreadable-binary",
                    root.resolve(name.replaceFirst("^/+", "")),
                    (e instanceof ElfException ? e.getMessage() : "cannot be read")
                            + "; name a program or library with --binary, and with --root the folder that holds its"
                            + " system");
        }
    }

    /** Reads a program that was executed; empty for what is none. */
    public Optional<ProgramImports> find(String name) {
        try {
            return Optional.of(imports(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ProgramImports imports(String name) throws IOException {
        files.begin();
        String asked = name;
        for (int depth = 0; depth < MOST_SCRIPTS; depth++) {
            Optional<String> real = files.resolve(asked);
            if (real.isEmpty()) {
                throw new ElfException("is not there");
            }
            Optional<String> script = ElfReader.script(files.place(real.get()));
            if (script.isEmpty()) {
                ElfFile file = ElfReader.read(files.place(real.get()), wanted);
                return of(asked, new Loaded(asked, real.get(), file, null));
            }
            asked = script.get();
        }
        throw new ElfException("is a script of a script");
    }

    private ProgramImports of(String name, Loaded program) {
        ElfFile file = program.file();
        Libc libc = libc(file);
        ProgramImports.Kind kind = file.isGo()
                ? ProgramImports.Kind.GO
                : file.needed().isEmpty() && file.interpreter().isEmpty()
                        ? ProgramImports.Kind.STATIC
                        : ProgramImports.Kind.DYNAMIC;
        if (file.needed().isEmpty()) {
            return new ProgramImports(
                    name,
                    kind,
                    file.arch(),
                    libc,
                    ImmutableSortedSet.of(),
                    ImmutableSortedMap.of(),
                    ImmutableSortedSet.of());
        }
        TreeMap<String, ImmutableSortedSet<String>> libraries = new TreeMap<>();
        TreeSet<String> missing = new TreeSet<>();
        Set<String> known = new TreeSet<>(file.imports());
        for (Loaded library : libraries(program, libc, missing)) {
            add(library.name(), library.file(), known, libraries);
        }
        return new ProgramImports(
                name,
                kind,
                file.arch(),
                libc,
                file.imports(),
                ImmutableSortedMap.copyOf(libraries),
                ImmutableSortedSet.copyOf(missing));
    }

    /** The libraries in the loader's order, breadth first, without libc itself; each name is looked for once. */
    private List<Loaded> libraries(Loaded program, Libc libc, Set<String> missing) {
        LibrarySearch search = new LibrarySearch(files, wanted, program.file(), libc);
        Set<String> asked = new HashSet<>();
        Set<String> paths = new HashSet<>(Set.of(program.path()));
        List<Loaded> found = new ArrayList<>();
        Deque<Loaded> left = new ArrayDeque<>();
        left.add(program);
        while (!left.isEmpty()) {
            Loaded by = left.remove();
            for (String name : by.file().needed()) {
                if (asked.size() >= MOST_LIBRARIES || !asked.add(name) || Libc.isPart(last(name))) {
                    continue;
                }
                Optional<Loaded> library = search.find(name, by);
                if (library.isEmpty()) {
                    missing.add(name);
                } else if (paths.add(library.get().path())) {
                    left.add(library.get());
                    found.add(library.get());
                }
            }
        }
        return found;
    }

    /** Where the libraries of a program are. */
    List<String> paths(String name) throws IOException {
        String real = files.resolve(name).orElseThrow(() -> new ElfException("is not there"));
        Loaded program = new Loaded(name, real, ElfReader.read(files.place(real), wanted), null);
        Libc libc = libc(program.file());
        return libraries(program, libc, new TreeSet<>()).stream()
                .map(Loaded::path)
                .toList();
    }

    private static Libc libc(ElfFile file) {
        return Libc.of(file.interpreter().orElse(String.join(" ", file.needed())));
    }

    private static void add(
            String name, ElfFile file, Set<String> known, TreeMap<String, ImmutableSortedSet<String>> libraries) {
        TreeSet<String> only = new TreeSet<>(file.imports());
        only.removeAll(known);
        if (!only.isEmpty()) {
            known.addAll(only);
            libraries.merge(
                    name,
                    ImmutableSortedSet.copyOf(only),
                    (one, other) -> ImmutableSortedSet.<String>naturalOrder()
                            .addAll(one)
                            .addAll(other)
                            .build());
        }
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
