package io.github.strait.elf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The folders in which a dynamic loader looks after those that the files name, in its order. */
final class LoaderFolders {
    private static final int MOST_FILES = 256;
    private static final int MOST_FOLDERS = 1024;
    private static final int LARGEST = 1 << 16;
    private static final ImmutableList<String> MUSL = ImmutableList.of("/lib", "/usr/local/lib", "/usr/lib");

    private final RootedFiles files;

    LoaderFolders(RootedFiles files) {
        this.files = files;
    }

    /** The folders of Debian's multiarch and of other distributions for an ABI, without a slash in front. */
    static ImmutableList<String> names(Arch arch) {
        for (List<String> row :
                TableResource.read(LoaderFolders.class, "library-folders.tsv").rows()) {
            if (row.get(0).equals(arch.label())) {
                return TableResource.words(row.get(1));
            }
        }
        return ImmutableList.of("lib");
    }

    /** The folders for a program of this ABI and libc. */
    ImmutableList<String> of(Arch arch, Libc libc, String interpreter) {
        return libc == Libc.MUSL ? musl(interpreter) : glibc(arch);
    }

    private ImmutableList<String> musl(String interpreter) {
        String name = interpreter.substring(interpreter.lastIndexOf('/') + 1).replace(".so.1", ".path");
        Optional<String> text = text("/etc/" + name);
        if (text.isEmpty()) {
            return MUSL;
        }
        ImmutableList.Builder<String> folders = ImmutableList.builder();
        for (String folder : text.get().split("[:\n]", MOST_FOLDERS)) {
            if (folder.startsWith("/")) {
                folders.add(folder.strip());
            }
        }
        return folders.build();
    }

    /** Instead of the loader's cache, which is made of the same folders. */
    private ImmutableList<String> glibc(Arch arch) {
        ImmutableSet.Builder<String> folders = ImmutableSet.builder();
        List<String> seen = new ArrayList<>();
        configured("/etc/ld.so.conf", seen, folders);
        for (String name : names(arch)) {
            folders.add("/" + name);
        }
        for (String name : names(arch)) {
            folders.add("/usr/" + name);
        }
        return folders.build().asList();
    }

    private void configured(String file, List<String> seen, ImmutableSet.Builder<String> folders) {
        if (seen.size() >= MOST_FILES || seen.contains(file)) {
            return;
        }
        seen.add(file);
        int count = 0;
        for (String whole : text(file).orElse("").split("\n", MOST_FOLDERS)) {
            String line = whole.replaceFirst("#.*", "").strip();
            if (line.startsWith("include ") || line.startsWith("include\t")) {
                String pattern = line.substring("include ".length()).strip();
                String absolute = pattern.startsWith("/") ? pattern : folder(file) + "/" + pattern;
                matching(absolute).forEach(name -> configured(name, seen, folders));
            } else if (line.startsWith("/") && ++count < MOST_FOLDERS) {
                folders.add(line);
            }
        }
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /** The files whose last part matches a pattern, sorted. */
    private TreeSet<String> matching(String pattern) {
        TreeSet<String> names = new TreeSet<>();
        String folder = folder(pattern);
        Optional<String> place = files.resolve(folder);
        if (place.isEmpty()) {
            return names;
        }
        String last = pattern.substring(folder.length() + 1);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(files.place(place.get()))) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (name != null && names.size() < MOST_FILES && matches(last, name.toString())) {
                    names.add(folder + "/" + name);
                }
            }
        } catch (IOException e) {
            return new TreeSet<>(); // no folder
        }
        return names;
    }

    /** Whether a name fits a pattern of {@code *} and {@code ?}, in at most as many steps as both lengths multiplied. */
    static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int behind = 0;
        int i = 0;
        while (i < name.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (wanted == '*') {
                star = at++;
                behind = i;
            } else if (wanted == '?' || wanted == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++behind;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private Optional<String> text(String file) {
        Optional<Path> place = files.resolve(file).map(files::place).filter(Files::isRegularFile);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(place.get())) {
            return Optional.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
