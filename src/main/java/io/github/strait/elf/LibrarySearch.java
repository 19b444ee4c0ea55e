package io.github.strait.elf;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds libraries as the dynamic loader of a program does, without the variables of its environment. */
final class LibrarySearch {
    private static final int MOST_PARENTS = 16;
    /** Files that are looked for; a usual program takes some hundreds. */
    private static final int MOST_LOOKS = 1 << 14;

    /** Characters of a path; the kernel takes no longer one. */
    private static final int LONGEST = 4096;

    private final RootedFiles files;
    private final Predicate<String> wanted;
    private final Map<String, Optional<ElfFile>> read = new HashMap<>();
    private final Map<String, Boolean> there = new HashMap<>();
    private final ElfFile program;
    private final boolean isMusl;
    private final Arch arch;
    private final ImmutableList<String> usual;
    private int looks;

    LibrarySearch(RootedFiles files, Predicate<String> wanted, ElfFile program, Libc libc) {
        this.files = files;
        this.wanted = wanted;
        this.program = program;
        this.isMusl = libc == Libc.MUSL;
        this.arch = program.arch().orElse(Arch.X86_64);
        this.usual =
                new LoaderFolders(files).of(arch, libc, program.interpreter().orElse(""));
    }

    /**
     * A file that was loaded.
     *
     * @param name the last part of the name that it was asked for by
     * @param path without symbolic links, from the root
     * @param parent the file that asked for it first; null for the program
     */
    record Loaded(
            String name,
            String path,
            ElfFile file,
            @Nullable Loaded parent) {
        String folder() {
            return path.substring(0, Math.max(1, path.lastIndexOf('/')));
        }
    }

    /** Finds a library that a loaded file asks for. */
    Optional<Loaded> find(String name, Loaded by) {
        if (name.contains("/")) {
            for (String path : expand(name, by)) {
                Optional<Loaded> found = at(path, by);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        for (String folder : folders(by)) {
            if (!isThere(folder)) {
                continue;
            }
            Optional<Loaded> found = at(folder + "/" + name, by);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isThere(String folder) {
        return there.computeIfAbsent(
                folder, name -> looks++ < MOST_LOOKS && files.resolve(name).isPresent());
    }

    /** A file of the same class, byte order and machine; others are passed over. */
    private Optional<Loaded> at(String path, Loaded by) {
        return path.startsWith("/") && looks++ < MOST_LOOKS
                ? files.resolve(path)
                        .flatMap(real -> read.computeIfAbsent(real, this::load)
                                .filter(file -> file.format().equals(program.format()))
                                .map(file -> new Loaded(last(path), real, file, by)))
                : Optional.empty();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Optional<ElfFile> load(String real) {
        try {
            return Optional.of(ElfReader.read(files.place(real), wanted));
        } catch (IOException e) {
            return Optional.empty(); // the loader passes it over too, or fails
        }
    }

    private List<String> folders(Loaded by) {
        List<String> folders = new ArrayList<>();
        if (isMusl || by.file().runpath().isEmpty()) {
            int depth = 0;
            for (Loaded each = by; each != null && depth++ < MOST_PARENTS; each = each.parent()) {
                if (isMusl || each.file().runpath().isEmpty()) {
                    add(each.file().rpath(), each, folders);
                }
                if (isMusl) {
                    add(each.file().runpath(), each, folders);
                }
            }
        }
        if (!isMusl) {
            add(by.file().runpath(), by, folders);
        }
        folders.addAll(usual);
        return folders;
    }

    private void add(ImmutableList<String> from, Loaded by, List<String> folders) {
        for (String folder : from) {
            folders.addAll(expand(folder, by));
        }
    }

    /** The names that the loader's words in a path can stand for. */
    private List<String> expand(String path, Loaded by) {
        String words = path.replace("${ORIGIN}", "$ORIGIN").replace("${LIB}", "$LIB");
        long origins = (words.length() - words.replace("$ORIGIN", "").length()) / "$ORIGIN".length();
        if (words.length() + origins * by.folder().length() > LONGEST) {
            return List.of();
        }
        String known = words.replace("$ORIGIN", by.folder());
        if (!known.contains("$LIB")) {
            return List.of(known);
        }
        List<String> paths = new ArrayList<>();
        for (String name : LoaderFolders.names(arch)) {
            paths.add(known.replace("$LIB", name));
        }
        return paths;
    }
}
