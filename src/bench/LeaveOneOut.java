import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.api.Arguments;
import io.github.strait.api.DerivationRequest;
import io.github.strait.api.Strait;
import io.github.strait.argument.Argument;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.Place;
import io.github.strait.argument.Tier;
import io.github.strait.bpf.FilterCompiler;
import io.github.strait.bpf.PossibleDecisions;
import io.github.strait.bpf.Program;
import io.github.strait.evidence.Evidence;
import io.github.strait.format.Formats;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Capability;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Measures conditions on arguments: whether they deny a run of a program what its other runs do not show, and what they
 * keep from an attacker. Prints Markdown, and what is denied on standard error. Ends with status 1 when {@code safe} denies
 * a run whose calls are all allowed by their names, but for what {@code exceptions.tsv} explains.
 */
final class LeaveOneOut {
    /** All recordings are of it. */
    private static final Arch ABI = Arch.X86_64;

    private static final Path FOLDER = Path.of("src/bench/arguments.d");
    private static final Path DOCKER = Path.of("src/test/resources/io/github/strait/lint/docker-like.json");
    private static final KernelVersion KERNEL = KernelVersion.parse("6.1");

    /** A column of the tables. */
    private enum Way {
        NAMES("names alone"),
        EXACT("exact"),
        EXACT_ALL("exact, all rows"),
        SAFE("**safe**"),
        STRICT("strict");

        private final String title;

        Way(String title) {
            this.title = title;
        }
    }

    /** The runs of one program. */
    private record Traced(String name, ImmutableList<Run> runs) {}

    /** A call that an exploit needs. */
    private record Primitive(String name, String group, String call, ImmutableList<Long> values) {}

    private LeaveOneOut() {}

    public static void main(String[] words) throws IOException {
        List<Traced> programs = programs();
        Set<String> broken = leaveOneOut(programs);
        primitives(programs);
        Set<String> explained = new TreeSet<>();
        for (List<String> exception : table(FOLDER.resolve("exceptions.tsv"))) {
            explained.add(exception.get(0) + "\t" + exception.get(1));
        }
        if (!broken.equals(explained)) {
            System.err.println("denied in runs whose calls were all known: " + broken + ", explained are " + explained);
            System.exit(1);
        }
    }

    private static List<Traced> programs() throws IOException {
        List<Traced> programs = new ArrayList<>();
        for (Path file : files("*.json.zst")) {
            String name = file.getFileName().toString().replace(".json.zst", "");
            programs.add(new Traced(name, Strait.read(file).observation().runs()));
        }
        return programs;
    }

    private static List<Path> files(String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var found = Files.newDirectoryStream(FOLDER, glob)) {
            found.forEach(files::add);
        }
        return files.stream().sorted().toList();
    }

    // --- leave one run out ---------------------------------------------------------------------------------------

    /**
     * Prints how many runs of each program meet a denial under the profile of its others.
     *
     * @return what {@code safe} denies in runs whose calls were all known, after the run
     */
    private static Set<String> leaveOneOut(List<Traced> programs) {
        Set<String> broken = new TreeSet<>();
        Map<Way, Integer> denied = new EnumMap<>(Way.class);
        Map<Way, Integer> deniedOfKnown = new EnumMap<>(Way.class);
        int known = 0;
        int runs = 0;
        heading("| program | runs |", List.of(Way.values()));
        for (Traced program : programs) {
            Map<Way, Integer> own = new EnumMap<>(Way.class);
            for (Run held : program.runs()) {
                Map<Way, Set<String>> found = denials(program, held);
                boolean isKnown = found.get(Way.NAMES).isEmpty();
                known += isKnown ? 1 : 0;
                runs++;
                String run = held.source().replace(".strace.zst", "");
                if (isKnown) {
                    found.get(Way.SAFE).forEach(what -> broken.add(run + "\t" + what));
                }
                found.forEach((way, what) -> {
                    int one = what.isEmpty() ? 0 : 1;
                    own.merge(way, one, Integer::sum);
                    denied.merge(way, one, Integer::sum);
                    deniedOfKnown.merge(way, isKnown ? one : 0, Integer::sum);
                    if (one > 0) {
                        System.err.println(run + "\t" + way + "\t" + what);
                    }
                });
            }
            row("| " + program.name() + " | " + program.runs().size() + " |", own.values());
        }
        row("| **all** | " + runs + " |", percent(denied.values(), runs));
        row("| of those whose calls were all known | " + known + " |", percent(deniedOfKnown.values(), known));
        System.out.println();
        return broken;
    }

    private static List<String> percent(Collection<Integer> counts, int of) {
        return counts.stream()
                .map(count -> count + " (" + Math.round(100.0 * count / of) + " %)")
                .toList();
    }

    /** What the run would be denied under profiles of the others: by names the calls, else those that the names allow. */
    private static Map<Way, Set<String>> denials(Traced program, Run held) {
        List<Run> others =
                program.runs().stream().filter(run -> run != held).toList();
        Observation observation = Observation.of(others);
        Judge names = Judge.of(observation, Arguments.NONE);
        Judge safe = Judge.of(observation, Arguments.SAFE);
        Judge strict = Judge.of(observation, Arguments.STRICT);
        Map<Way, Set<String>> denials = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            denials.put(way, new TreeSet<>());
        }
        calls(Observation.of(List.of(held))).forEach((call, seen) -> {
            if (!names.allows(call, Argument.ALL_UNKNOWN)) {
                denials.get(Way.NAMES).add(call);
                return;
            }
            if (!safe.allows(call, Argument.ALL_UNKNOWN) && !falls(call, safe)) {
                denials.get(Way.SAFE).add(call);
            }
            if (!strict.allows(call, Argument.ALL_UNKNOWN) && !falls(call, strict)) {
                denials.get(Way.STRICT).add(call);
            }
            for (Place place : Catalogue.places(call, ABI)) {
                ArgumentValues values = seen.arguments().get(place.toString());
                if (place.isMemory() || values == null) {
                    continue;
                }
                for (ArgumentTuple tuple : values.seen().keySet()) {
                    String what = call + "(" + place + ": " + tuple + ")";
                    List<Argument> arguments = arguments(place, tuple);
                    add(denials.get(Way.EXACT), what, !isExact(observation, call, place, tuple, Tier.SAFE));
                    add(denials.get(Way.EXACT_ALL), what, !isExact(observation, call, place, tuple, Tier.STRICT));
                    add(denials.get(Way.SAFE), what, !safe.allows(call, arguments));
                    add(denials.get(Way.STRICT), what, !strict.allows(call, arguments));
                }
            }
        });
        return denials;
    }

    /** Whether it is clone3, whose callers take ENOSYS for an older kernel, and what they then call is allowed. */
    private static boolean falls(String call, Judge judge) {
        return call.equals("clone3") && judge.allows("clone", Argument.ALL_UNKNOWN);
    }

    private static void add(Set<String> denials, String what, boolean isDenied) {
        if (isDenied) {
            denials.add(what);
        }
    }

    /** The known parts of the registers; what the kernel does not read may be anything. */
    private static List<Argument> arguments(Place place, ArgumentTuple tuple) {
        List<Argument> arguments = new ArrayList<>(Argument.ALL_UNKNOWN);
        for (int i = 0; i < place.registers().size(); i++) {
            long value = tuple.values().get(i);
            boolean isWhole = place.bits() == Long.SIZE && !place.isPointer();
            boolean isNull = place.isPointer() && value == 0;
            // of a pointer that is not NULL any address will do
            Argument known = isWhole || isNull
                    ? Argument.of(value)
                    : place.isPointer() ? Argument.of(0x7f0012345678L) : Argument.low(value);
            arguments.set(place.registers().get(i), known);
        }
        return arguments;
    }

    /** Whether a list of what was seen allows the tuple: where something is not known there is no list. */
    private static boolean isExact(Observation seen, String call, Place place, ArgumentTuple tuple, Tier most) {
        boolean isListed = Catalogue.of(call, ABI).stream()
                .anyMatch(row -> row.place().equals(place) && row.tier().compareTo(most) <= 0);
        SyscallObservation calls = calls(seen).get(call);
        ArgumentValues values = calls == null ? null : calls.arguments().get(place.toString());
        return !isListed
                || values == null
                || values.more()
                || values.unknown() > 0
                || values.seen().containsKey(tuple);
    }

    private static ImmutableSortedMap<String, SyscallObservation> calls(Observation observation) {
        return observation.architectures().containsKey(ABI)
                ? observation.architectures().get(ABI).syscalls()
                : ImmutableSortedMap.of();
    }

    /** A profile, and what its filter says. */
    private record Judge(Profile profile, Program filter) {
        static Judge of(Observation observation, Arguments compared) {
            Evidence evidence = new Evidence(observation, ImmutableList.of(), ImmutableList.of());
            DerivationRequest request =
                    DerivationRequest.builder().args(compared).build();
            return of(request.derive(evidence).derivation().plain());
        }

        static Judge of(Profile profile) {
            return new Judge(profile, FilterCompiler.compile(profile));
        }

        /** Whether the call is allowed with some values of the arguments that are not known. */
        boolean allows(String call, List<Argument> arguments) {
            OptionalInt number = SyscallTable.of(ABI).number(call);
            return number.isEmpty()
                    || PossibleDecisions.of(filter, ABI, number.getAsInt(), arguments).stream()
                            .anyMatch(decision -> decision.action().permits());
        }

        boolean allows(Primitive primitive) {
            long[] values = primitive.values().stream().mapToLong(Long::longValue).toArray();
            int number = SyscallTable.of(ABI).number(primitive.call()).orElseThrow();
            return profile.decide(SeccompData.of(ABI, number, values)).action().permits();
        }
    }

    // --- primitives ----------------------------------------------------------------------------------------------

    /** Prints how many of the primitives each way leaves open. */
    private static void primitives(List<Traced> programs) throws IOException {
        List<Primitive> primitives = read(FOLDER.resolve("primitives.tsv"));
        Judge docker = Judge.of(Formats.read(DOCKER.toString(), Files.readAllBytes(DOCKER))
                .profile()
                .resolve(ABI, Capability.ofDocker(), KERNEL));
        Map<String, List<Predicate<Primitive>>> ways = new LinkedHashMap<>();
        for (String way : List.of("Docker's default", "names alone", "exact", "**safe**", "strict")) {
            ways.put(way, new ArrayList<>());
        }
        for (Traced program : programs) {
            Observation all = Observation.of(program.runs());
            Judge names = Judge.of(all, Arguments.NONE);
            Judge safe = Judge.of(all, Arguments.SAFE);
            Judge strict = Judge.of(all, Arguments.STRICT);
            ways.get("Docker's default").add(docker::allows);
            ways.get("names alone").add(names::allows);
            ways.get("exact").add(primitive -> names.allows(primitive) && isExact(all, primitive));
            ways.get("**safe**").add(safe::allows);
            ways.get("strict").add(strict::allows);
        }
        heading("| primitives of | times programs |", ways.keySet());
        Map<String, List<Primitive>> groups = new TreeMap<>();
        primitives.forEach(each -> groups.computeIfAbsent(each.group(), key -> new ArrayList<>())
                .add(each));
        groups.forEach((group, members) -> row(
                "| " + group + " | " + members.size() * programs.size() + " |", open(ways.values(), members)));
        row("| **all** | " + primitives.size() * programs.size() + " |", open(ways.values(), primitives));
        System.out.println();
        heading("| program | primitives |", ways.keySet());
        for (int i = 0; i < programs.size(); i++) {
            int program = i;
            row(
                    "| " + programs.get(i).name() + " | " + primitives.size() + " |",
                    ways.values().stream()
                            .map(way -> primitives.stream().filter(way.get(program)).count())
                            .toList());
        }
        for (Primitive each : primitives) {
            List<Long> open = open(ways.values(), List.of(each));
            System.err.println(each.name() + "\t" + open);
        }
    }

    private static List<Long> open(Collection<List<Predicate<Primitive>>> ways, List<Primitive> primitives) {
        return ways.stream()
                .map(way -> way.stream()
                        .mapToLong(program -> primitives.stream().filter(program).count())
                        .sum())
                .toList();
    }

    /** Whether a list of what was seen at the places of the safe rows allows it. */
    private static boolean isExact(Observation seen, Primitive primitive) {
        for (CatalogueRow row : Catalogue.of(primitive.call(), ABI)) {
            Place place = row.place();
            if (!place.isMemory()) {
                Long[] values = place.registers().stream()
                        .map(register -> place.cut(primitive.values().get(register)))
                        .toArray(Long[]::new);
                if (!isExact(seen, primitive.call(), place, ArgumentTuple.of(values), Tier.SAFE)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Primitive> read(Path file) throws IOException {
        return table(file).stream().map(LeaveOneOut::primitive).toList();
    }

    private static Primitive primitive(List<String> cells) {
        List<Long> values = Stream.of(cells.get(3).split(" "))
                .map(value -> Long.parseUnsignedLong(value, 16))
                .toList();
        return new Primitive(cells.get(0), cells.get(1), cells.get(2), ImmutableList.copyOf(values));
    }

    /** The rows of a table, without comments and the head. */
    private static List<List<String>> table(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        }
    }

    // --- tables --------------------------------------------------------------------------------------------------

    private static void heading(String head, Collection<?> columns) {
        StringBuilder line = new StringBuilder(head);
        for (Object column : columns) {
            line.append(' ').append(column instanceof Way way ? way.title : column).append(" |");
        }
        System.out.println(line);
        System.out.println("|---|" + "---:|".repeat(columns.size() + 1));
    }

    private static void row(String head, Collection<?> cells) {
        StringBuilder line = new StringBuilder(head);
        cells.forEach(cell -> line.append(' ').append(cell).append(" |"));
        System.out.println(line);
    }
}
