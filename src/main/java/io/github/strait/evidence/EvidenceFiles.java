package io.github.strait.evidence;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Remediation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that the user's arguments name: a directory stands for its files, a prefix for an {@code -ff} set. */
final class EvidenceFiles {
    /** Standard input. */
    static final String STDIN = "-";
    /** Of a name that {@link #isNoText}. */
    static final String NO_TEXT =
            "has a name that is not UTF-8, by which Java finds no file; rename it, or give it as standard input: -";

    /** {@code NAME.TID}, as strace names it; compressors add to that. */
    private static final Pattern WITH_TID = Pattern.compile("(.+)\\.(\\d{1,9})(?:\\.(?:gz|xz|zst))?");

    private EvidenceFiles() {}

    /**
     * The candidates, in the order of their names, each file once.
     *
     * @throws RefusalException when an argument names nothing
     */
    static List<EvidenceSource> find(List<String> arguments) {
        TreeMap<String, Boolean> files = new TreeMap<>();
        boolean stdin = false;
        for (String argument : arguments) {
            if (argument.equals(STDIN)) {
                stdin = true;
            } else {
                add(argument, files);
            }
        }
        List<EvidenceSource> candidates = group(files);
        if (stdin) {
            candidates.add(new EvidenceSource(STDIN, List.of(STDIN), List.of(0), false));
        }
        return candidates;
    }

    private static void add(String argument, Map<String, Boolean> files) {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            List<String> inside = list(path, file -> true);
            if (inside.isEmpty()) {
                throw error(argument, "is a directory without traces; name the files, or " + Remediation.RECORD);
            }
            inside.forEach(file -> files.putIfAbsent(file, true));
        } else if (Files.exists(path)) {
            files.put(argument, false);
        } else {
            Path directory = path.getParent() == null ? Path.of("") : path.getParent();
            String name = String.valueOf(path.getFileName());
            List<String> set = Files.isDirectory(directory) ? list(directory, file -> isMember(file, name)) : List.of();
            if (set.isEmpty()) {
                throw error(
                        argument,
                        isNoText(argument)
                                ? NO_TEXT
                                : "does not exist; name a trace, a directory, or the NAME of -ff -o NAME");
            }
            set.forEach(file -> files.put(file, false));
        }
    }

    /** Whether the name came from bytes that are not UTF-8, for which Java has this character, and by which it finds no file. */
    static boolean isNoText(String name) {
        return name.indexOf('\uFFFD') >= 0;
    }

    private static boolean isMember(Path file, String name) {
        Matcher matcher = WITH_TID.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() && matcher.group(1).equals(name);
    }

    private static List<String> list(Path directory, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .filter(wanted)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw error(directory.toString(), "cannot be listed (" + e.getMessage() + ")");
        }
    }

    private static RefusalException error(String name, String what) {
        return new RefusalException(Diagnostic.error("no-evidence", SourcePosition.ofFile(name), what));
    }

    private static List<EvidenceSource> group(Map<String, Boolean> files) {
        TreeMap<String, List<String>> sets = new TreeMap<>();
        for (String file : files.keySet()) {
            Matcher matcher = WITH_TID.matcher(file);
            sets.computeIfAbsent(matcher.matches() ? matcher.group(1) + ".*" : file, key -> new ArrayList<>())
                    .add(file);
        }
        List<EvidenceSource> candidates = new ArrayList<>();
        sets.forEach((name, members) -> {
            members.sort(Comparator.comparingInt(EvidenceFiles::tid).thenComparing(Comparator.naturalOrder()));
            List<Integer> tids = members.stream().map(EvidenceFiles::tid).toList();
            boolean inDirectory = members.stream().allMatch(file -> files.getOrDefault(file, false));
            candidates.add(new EvidenceSource(name, List.copyOf(members), tids, inDirectory));
        });
        return candidates;
    }

    private static int tid(String file) {
        Matcher matcher = WITH_TID.matcher(file);
        return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    }
}
